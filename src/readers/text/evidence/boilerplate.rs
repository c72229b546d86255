//! Evidence that a line is the site's: words of menus, buttons and footers, and where the line stands.

use super::contacts::is_fact;
use super::{Evidence, Scores};
use crate::readers::text::context::Group;
use crate::readers::text::context::Role;
use crate::readers::text::dates;
use crate::readers::text::features::{Ends, Features};
use crate::readers::text::habits::is_text;
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::{Meaning, whole};
use crate::readers::text::names::{is_byline, is_name};
use crate::readers::text::number::Family;
use crate::readers::text::signs::Signs;

impl Evidence<'_> {
    pub(super) fn boilerplate(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let b = Label::Boilerplate;
        scores.offer(b, -9, "nothing says that it is not of the article");
        if index < 4 && index < self.habits.first_text {
            scores.weigh(b, 3, "at the top of the file");
        }
        if line.chars > self.long(index, 24) {
            scores.weigh(b, -((line.chars - self.long(index, 24)).min(60) as i32) / 3, "long for a site's line");
        }
        if feature.ends == Ends::Sentence && feature.anywhere.is_none() && feature.whole != Some(Meaning::End) {
            let notice = feature.of_the_site() && (index < self.habits.first_text || index > self.habits.last_text);
            scores.weigh(b, if notice { 0 } else { -8 }, "ends like a sentence");
        }
        if feature.ends == Ends::Open
            && feature.commas > 0
            && line.text.ends_with(['～', '~'])
            && !feature.of_the_site()
        {
            scores.weigh(b, -10, "a sentence with a drawn-out end");
        }
        if feature.page_number || around.role == Role::Page || line.furniture {
            scores.weigh(b, 26, "page number or running head");
        }
        if index < 4 && is_journal_head(&line.text) {
            scores.weigh(b, 20, "a journal's volume and number");
        }
        self.by_words(index, scores);
        self.by_place(index, scores);
        self.by_form(index, scores);
        self.site_names(index, scores);
        self.beside_chrome(index, scores);
    }

    /// What the words of a line say of it.
    fn by_words(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        let b = Label::Boilerplate;
        let chrome = |meaning: Meaning| {
            use Meaning::*;
            Some(match meaning {
                Navigation => "a word of navigation",
                Sharing => "a word of sharing",
                Footer => "a word of a footer",
                Contact => "a contact line",
                Counter => "a counter",
                Pager => "a link to other pages",
                Comments => "a word of comments",
                Related => "opens links to other pages",
                _ => return None,
            })
        };
        if let Some(because) = feature.whole.and_then(chrome) {
            let heads = self.heads_its_text(index) || self.heads_whom_to_ask(index);
            scores.weigh(b, if heads { 4 } else { 18 }, because);
        } else if let Some(because) = feature.start.map(|word| word.meaning).and_then(chrome) {
            let outside = index < self.habits.first_text || index > self.habits.last_text;
            let signed = feature.start.is_some_and(|word| word.meaning == Meaning::Contact)
                && (self.closes_below(index)
                    || self.is_beside_facts(index)
                    || self.is_added_in_brackets(index)
                    || self.is_among_facts(index)
                    || self.says_whom_to_ask(index));
            let points = if line.chars <= if outside { 70 } else { 40 } { 15 } else { 9 };
            scores.weigh(b, if signed { 0 } else { points }, because);
            let phrase =
                feature.start.is_some_and(|word| word.meaning == Meaning::Footer && word.end - word.start >= 18);
            let asks =
                feature.start.is_some_and(|word| word.end - word.start >= 15 && word.meaning != Meaning::Contact);
            if asks && !phrase && line.chars <= 40 {
                scores.weigh(b, if feature.ends == Ends::Sentence { 16 } else { 10 }, "a phrase that only sites have");
            }
            if phrase && index > self.habits.last_text {
                scores.weigh(b, 12, "a sentence that only footers have");
            }
        }
        if let Some(because) = feature.anywhere.and_then(chrome) {
            scores.weigh(b, 16, because);
            if feature.anywhere == Some(Meaning::Footer)
                && index > self.habits.last_text
                && feature.ends == Ends::Sentence
            {
                scores.weigh(b, 8, "a sentence that only footers have");
            }
        }
    }

    /// What stands around a line, and on which side of the text it is.
    fn by_place(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let b = Label::Boilerplate;
        if around.related > 1 && feature.ends != Ends::Sentence && index > self.habits.first_text {
            let points = if index > self.habits.last_text && index >= self.habits.tail_sure { 24 } else { 9 };
            scores.weigh(b, points, "in a list of links");
        }
        if around.menu && index < self.habits.first_text {
            scores.weigh(b, 8, "one of many short lines above the text");
        } else if around.menu && index > self.habits.last_text {
            // A list of names may end an article: when unsure, it stays.
            scores.weigh(b, 3, "one of many short lines below the text");
        }
        if index > self.habits.last_text && line.chars <= 24 && is_tag(&line.text) {
            scores.weigh(b, 14, "a tag below the text");
        }
        if index < self.habits.first_text
            && self.habits.texts >= 2
            && around.echoed < Some(5)
            && self.is_among_words(index)
        {
            scores.weigh(b, 7, "a word or two, like its neighbours");
        }
        let follows_tag = line.text.starts_with("+ ") || line.text.starts_with("＋ ");
        if follows_tag && line.chars <= 12 && index < self.habits.first_text {
            scores.weigh(b, 14, "a tag to follow");
        }
        if index < self.habits.first_text {
            self.rows_of_words(index, scores);
        }
    }

    /// What a line looks like.
    fn by_form(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let b = Label::Boilerplate;
        if feature.address && line.chars <= 60 {
            scores.weigh(b, 5, "an address");
        }
        let counts = || !line.text.contains(char::is_alphabetic) && line.text.contains(|c: char| c.is_ascii_digit());
        let beside_site = index > 0 && self.features[index - 1].of_the_site();
        if line.chars <= 8 && beside_site && around.role != Role::Mark && counts() {
            scores.weigh(b, 12, "a count beside a button");
        }
        if index > self.habits.last_text && line.chars <= 40 && self.says_how_to_reach(index) {
            scores.weigh(b, 12, "how to reach someone, below the text");
        }
        let below_site = index > 0 && self.features[index - 1].whole.is_some_and(Meaning::is_of_the_site);
        if feature.anywhere == Some(Meaning::Sharing) && below_site && !self.features[index - 1].pressed {
            scores.weigh(b, 8, "the page asks, below a word of sharing");
        }
        if feature.start.is_some_and(|word| word.meaning == Meaning::Aside) && feature.whole.is_none() {
            scores.weigh(b, -12, "opens a box and fills it");
        }
        if line.chars <= 120 && is_push(&line.text) {
            scores.weigh(b, 30, "what a reader pushed up or down");
        }
        if line.chars > 12 && ["作者有话", "作者有話", "题外话"].iter().any(|word| line.text.starts_with(word))
        {
            scores.weigh(b, -16, "the writer adds something");
        }
        if around.related == 2 && feature.ends == Ends::Open && line.chars <= 40 && feature.number.is_none() {
            scores.weigh(b, 9, "right below what opens links");
        }
        if index > self.habits.last_text && line.chars <= 40 && self.is_row_of_tags(index) {
            scores.weigh(b, 16, "words of the text in a row, below it");
        }
        if index > self.habits.last_text && line.chars <= 60 && line.text.contains('〒') {
            scores.weigh(b, 12, "an address, below the text");
        }
        if index > self.habits.last_text && line.chars <= 60 && names_a_file(&line.text) {
            scores.weigh(b, 14, "a file, below the text");
        }
        let account = (index.saturating_sub(2)..index).any(|at| self.lines[at].text.starts_with("以下文章来源"));
        if account && index < self.habits.first_text && feature.meta.is_none() {
            scores.weigh(b, 18, "the account a post came from, and its motto");
        }
        if around.comment {
            scores.weigh(b, 30, "among the comments of readers");
        }
    }

    /// Whether a line is two words or more, each of which the text has, right over the site's lines: 渡口 老船 河口.
    fn is_row_of_tags(&self, index: usize) -> bool {
        let (line, feature, around) = self.get(index);
        let plain = line.signs.any(Signs::SPACE | Signs::BLANK)
            && feature.ends == Ends::Open
            && feature.number.is_none()
            && feature.meta.is_none()
            && feature.colon.is_none()
            && !around.row;
        if !plain || !self.features.get(index + 1).is_some_and(Features::of_the_site) {
            return false;
        }
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let short = |word: &&str| (2..=8).contains(&word.chars().count()) && word.chars().all(char::is_alphanumeric);
        let said = |word: &&str| self.lines[..index].iter().rev().take(400).any(|above| above.text.contains(*word));
        words.len() >= 2
            && words.iter().all(short)
            && words.iter().filter(|word| is_name(word)).count() * 2 <= words.len()
            && words.iter().filter(|word| said(word)).count() * 3 >= words.len() * 2
    }

    /// Rows of a few words above the text: sections of the site.
    fn rows_of_words(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let b = Label::Boilerplate;
        let words = line.text.split_whitespace();
        let row = line.text.contains([' ', '\u{3000}'])
            && words.clone().count() >= 4
            && words.clone().all(|word| word.chars().count() <= 6);
        let named = words.clone().filter(|word| is_name(word)).count() * 2 >= words.clone().count();
        let plain = feature.meta.is_none()
            && !around.row
            && !named
            && !line.text.contains(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c))
            && !line.text.contains(['，', '。', '、', '：'])
            && !line.text.is_ascii();
        let category = words.clone().count() == 2
            && line.chars <= 8
            && words.clone().next().is_some_and(|first| whole(first).is_some_and(Meaning::is_of_the_site));
        if category && !is_byline(&line.text) {
            scores.weigh(b, 12, "a section of the site");
        }
        if row && plain && !self.habits.latin && around.echoed < Some(5) {
            scores.weigh(b, 9, "a row of words above the text");
        }
    }

    /// Whether what may be a button stands alone over text, in the article: 来信内容, 回复内容.
    pub(super) fn heads_its_text(&self, index: usize) -> bool {
        let of_the_site = |at: usize| self.features.get(at).is_some_and(Features::of_the_site);
        let below = self.features.get(index + 1);
        let over_text = below.is_some_and(|next| matches!(next.ends, Ends::Sentence | Ends::Colon))
            && self.lines[index + 1].chars > self.lines[index].chars * 2;
        self.features[index].pressed
            && index > 2
            && over_text
            && !of_the_site(index + 1)
            && !of_the_site(index - 1)
            && !self.lines[index].text.contains(['[', '【', '|', '>'])
    }

    /// Whether a line and two of its neighbours, one after the other, are a word or two each: a menu without known words.
    pub(super) fn is_among_words(&self, index: usize) -> bool {
        let plain = |at: usize| {
            let (Some(line), Some(feature), Some(around)) =
                (self.lines.get(at), self.features.get(at), self.around.get(at))
            else {
                return false;
            };
            let few = if line.text.is_ascii() {
                line.chars <= 20 && line.text.split(' ').count() <= 2
            } else {
                line.chars <= 4
            };
            few && feature.ends == Ends::Open
                && feature.number.is_none()
                && feature.meta.is_none()
                && matches!(feature.whole, None | Some(Meaning::Navigation | Meaning::Sharing | Meaning::Related))
                && around.columns == 0
                && around.group == Group::None
        };
        plain(index)
            && (plain(index + 1) && plain(index + 2)
                || index > 0 && plain(index - 1) && (plain(index + 1) || index > 1 && plain(index - 2)))
    }

    /// Whether no other line is numbered by a family.
    pub(super) fn is_only_one(&self, index: usize, family: Family) -> bool {
        let of = |feature: &Features| feature.number.is_some_and(|number| number.family == family);
        let near = self.features[index + 1..].iter().take(2000);
        !self.features[..index].iter().any(of) && !near.into_iter().any(of)
    }

    /// Where a site's lines are sure, the short lines among them are the site's too.
    fn beside_chrome(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        let notice = feature.start.is_some_and(|word| word.meaning.is_of_the_site());
        let sentence = feature.ends == Ends::Sentence || feature.sentences > 0;
        let outside = index < self.habits.first_text || index > self.habits.last_text;
        if outside && is_text(line, feature) && !self.around[index].comment {
            // Running text outside the stretch that holds nearly all of it.
            scores.above = 26;
            scores.below = if index > self.habits.tail_from { 20 } else { 0 };
            return;
        }
        if index >= self.habits.below {
            // Who edited the text may be said there.
            scores.below = if feature.meta.is_some() { 9 } else { 26 };
            return;
        }
        if line.chars > self.long(index, 40) || (sentence && !notice) {
            return;
        }
        if index < self.habits.first_text {
            scores.above = (self.habits.head_chrome * 3).min(8) as i16;
        }
        if index >= self.habits.tail_from {
            // Notes, references and a date may stand below the end.
            let of_notes = feature.whole == Some(Meaning::Notes)
                || feature.number.is_some_and(|number| number.family == Family::Note);
            let figures = line.text.contains(char::is_numeric);
            let plain = !figures && feature.number.is_none() && feature.meta.is_none() && feature.whole.is_none();
            let ended = if self.habits.tail_ended && plain { 5 } else { 0 };
            let fact = is_fact(&line.text) || self.is_beside_facts(index);
            let boxed = feature
                .start
                .is_some_and(|word| matches!(word.meaning, Meaning::Aside | Meaning::EditorNote | Meaning::Abstract));
            let hour = line.chars <= 16 && line.text.contains(['時', '时']) && line.text.ends_with('分');
            let asked = hour
                || self.heads_whom_to_ask(index)
                || index > 0 && self.heads_whom_to_ask(index - 1)
                || feature.start.is_some_and(|word| word.meaning == Meaning::Contact)
                    && (self.says_whom_to_ask(index) || self.is_below_signature(index));
            scores.below = if of_notes || boxed || asked || fact && !self.around[index].menu {
                0
            } else {
                let sure = index >= self.habits.tail_sure && (self.habits.tail_chrome >= 3 || feature.of_the_site());
                (self.habits.tail_chrome * 3 + ended).min(9) as i16 + if sure { 6 } else { 0 }
            };
        }
    }
}

/// 第 12 卷第 3 期, Vol. 12 No. 3.
fn is_journal_head(text: &str) -> bool {
    let has = |word: &str| text.contains(word);
    let digits = text.contains(|c: char| c.is_ascii_digit());
    digits
        && (text.find('卷').is_some_and(|at| text[at..].contains('期')) && has("第")
            || has("Vol.") && has("No.")
            || has("ISSN")
            || has("Journal") && dates::find(text).is_some()
            || has("Journal of") && has("  "))
}

/// `推 kk0921: 膠帶真的要順時針 11/06 22:50`
fn is_push(text: &str) -> bool {
    let said = ["推 ", "噓 ", "→ "].iter().find_map(|mark| text.strip_prefix(mark));
    let who = said.and_then(|rest| rest.split_once(':')).map(|(who, _)| who.trim());
    who.is_some_and(|who| !who.is_empty() && who.len() <= 14 && who.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// 申请表.docx
fn names_a_file(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".wps", ".hwp", ".jpg", ".png"]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// `#渡口`, `# 渡口`, one or several.
fn is_tag(text: &str) -> bool {
    text.starts_with(['#', '＃', '+', '＋']) && !text.ends_with(['。', '！', '？']) && text.chars().count() > 1
}
