//! Evidence for the title: its own form, what stands around it, and what of it comes again in the text.

use super::about::is_meta;
use super::sites::{is_site_name, is_slashed_path};
use super::{Evidence, Scores};
use crate::readers::text::context::{Group, Role};
use crate::readers::text::echoes::TITLE_WITHIN;
use crate::readers::text::features::{Ends, Features};
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::{Key, Meaning, bodies, whole};
use crate::readers::text::number::Family;
use crate::readers::text::posts::{Post, is_timing};
use crate::readers::text::signs::Signs;

impl Evidence<'_> {
    pub(super) fn title(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        if index > 40.max(self.habits.first_text.min(TITLE_WITHIN))
            || line.chars > self.long(index, 64)
            || feature.rule
            || feature.page_number
        {
            return;
        }
        if index > 0 && is_timing(&self.lines[index - 1].text) {
            return;
        }
        let t = Label::Title;
        scores.offer(t, 1, "early in the file");
        if line.chars >= self.long(index, 6) {
            scores.weigh(t, 2, "long enough for a title");
        }
        let words = line.text.split_whitespace().count();
        if self.habits.head_chrome > 0 && if line.text.is_ascii() { words < 3 } else { line.chars < 4 } {
            scores.weigh(t, -4, "a word or two, among lines of a site");
        }
        if self.names_the_site(index) {
            scores.weigh(t, -8, "over a menu, and another line stands right above the text");
        }
        let crumbs = |text: &str| [">", "＞", "›", "»", "→"].iter().any(|mark| text.contains(mark));
        if index > 0 && self.lines[index - 1].chars <= 60 && crumbs(&self.lines[index - 1].text) && !crumbs(&line.text)
        {
            scores.weigh(t, 6, "right below the breadcrumbs");
        }
        let path = |at: usize| {
            self.lines[at].chars <= 24
                && self.lines[at].signs.any(Signs::SLASH)
                && is_slashed_path(&self.lines[at].text)
        };
        if index > 0 && path(index - 1) && !path(index) {
            scores.weigh(t, 6, "right below the breadcrumbs");
        }
        if self.features.get(index + 1).is_some_and(|next| next.whole == Some(Meaning::Navigation)) {
            scores.weigh(t, -2, "navigation follows");
        }
        if bodies::names_a_body(&line.text) {
            scores.weigh(t, -8, "the name of a body");
        }
        if line.text.starts_with("By ") {
            scores.weigh(t, -8, "names an author");
        }
        if index + 1 == self.habits.first_text && line.chars >= self.long(index, 8) {
            scores.weigh(t, 4, "right above the text");
        }
        let near = self.habits.first_text.saturating_sub(index);
        if self.habits.texts > 0 && near > 40 {
            scores.weigh(t, -3, "far above the text");
        }
        match around.echoed {
            Some(5..) => scores.weigh(t, 5, "most of its words come again in the text"),
            Some(2..) => scores.weigh(t, 3, "some of its words come again in the text"),
            Some(0) if line.chars >= self.long(index, 4) => scores.weigh(t, -1, "its words do not come again"),
            _ => {}
        }
        if line.chars >= 2
            && self.lines.get(self.habits.first_text).is_some_and(|first| named_first(&first.text, &line.text))
        {
            scores.weigh(t, 12, "the text begins with it");
        }
        if feature.of_the_site() {
            scores.weigh(t, -8, "words of a site");
        }
        match feature.ends {
            Ends::Open => scores.weigh(t, 4, "no mark at its end"),
            Ends::Sentence if line.text.ends_with(['！', '？', '!', '?', '”', '」']) => {}
            Ends::Sentence => scores.weigh(t, -9, "ends like a sentence"),
            Ends::Colon | Ends::Comma => scores.weigh(t, -10, "something follows its mark"),
        }
        if is_meta(feature) {
            scores.weigh(t, -14, "a meta line");
        }
        if feature.meta.as_ref().is_some_and(|meta| meta.keys > 0) {
            scores.weigh(t, -6, "has the key of a meta line");
        }
        let keyed =
            |at: usize| self.features.get(at).and_then(|feature| feature.colon).is_some_and(|colon| colon <= 12);
        if keyed(index) && (keyed(index + 1) || index > 0 && keyed(index - 1)) {
            scores.weigh(t, -12, "one of several keys with their values");
        }
        if self.byline(index).is_some() && self.byline(index + 1).is_none() {
            scores.weigh(t, -8, "as short as a name, where a name stands");
        }
        let opens = self.around.get(index + 1).is_some_and(|below| below.post == Post::Opening);
        if opens || self.features.get(index + 1).is_some_and(is_meta) || self.byline(index + 1).is_some() {
            scores.weigh(t, 8, "a meta line follows");
        } else if (index + 2..index + 4).any(|next| self.features.get(next).is_some_and(is_meta)) {
            scores.weigh(t, 3, "meta lines are near");
        }
        if let Some(number) = feature.number {
            let division = number.family.names_a_division() || number.family == Family::Bullet;
            let counts = number.family == Family::Blank && around.role == Role::Lone;
            let paper = TITLE_ENDINGS.iter().any(|ending| line.text.ends_with(ending));
            let alone = division && paper && self.is_only_one(index, number.family);
            let chapter =
                number.family.is_of_a_book() && index < self.habits.first_text && !self.is_below_a_name(index);
            let points = if alone || chapter && self.is_only_one(index, number.family) {
                -3
            } else if division {
                -12
            } else {
                -5
            };
            scores.weigh(t, if counts { 0 } else { points }, "begins with a number or bullet");
        }
        let later = self.lines[index + 1..].iter().take(8).any(|later| later.text == line.text);
        if later {
            scores.weigh(t, -6, "comes again below");
        }
        if self.underlined(index) || self.lines.get(index + 1).is_some_and(|below| is_starred(&below.text)) {
            scores.weigh(t, 10, "underlined");
        }
        let mut words = line.text.split_whitespace();
        let first = words.next().and_then(whole).is_some_and(Meaning::is_of_the_site);
        if first && words.count() == 1 && line.chars <= 8 {
            scores.weigh(t, -10, "a section of the site");
        }
        if index < self.habits.first_text && crumbs(&line.text) && !line.text.starts_with(['>', '＞']) {
            scores.weigh(t, -8, "breadcrumbs");
        }
        if self.is_named_by_key(index) {
            scores.weigh(t, -10, "another line says what the title is");
        }
        if feature.ends == Ends::Sentence && index > 0 && !line.text.ends_with(['？', '！', '?', '!', '”', '」']) {
            let (above, over) = (&self.lines[index - 1], &self.features[index - 1]);
            let titled = over.ends == Ends::Open && above.chars >= self.long(index - 1, 5) && over.meta.is_none();
            if titled && !over.of_the_site() && over.number.is_none() {
                scores.weigh(t, -8, "a sentence below what may be the title");
            }
        }
        if line.text.starts_with(['#', '＃']) {
            scores.weigh(t, -8, "a tag");
        }
        let timed = feature
            .meta
            .as_ref()
            .is_some_and(|meta| meta.pieces.iter().any(|piece| piece.key == Key::Date && piece.value.contains('T')));
        if timed {
            scores.weigh(t, -14, "an hour in it");
        }
        let copied = |below: &crate::readers::text::lines::Line| {
            below.chars <= 8 && (below.text.contains("复制链接") || below.text.contains("複製鏈接"))
        };
        if self.lines.get(index + 1).is_some_and(copied) {
            scores.weigh(t, 12, "a link to copy its address follows");
        }
        if index > 0 && self.lines[..index].iter().any(|before| site_title_of(&before.text, &line.text)) {
            scores.weigh(t, 10, "the page's title named it");
        }
        if TITLE_ENDINGS.iter().any(|ending| line.text.ends_with(ending)) {
            scores.weigh(t, 6, "ends like the title of a paper");
        }
        if is_site_name(&line.text, line.chars) {
            scores.weigh(t, -9, "a site's name");
        }
        if line.text.starts_with('《') && line.text.ends_with('》') {
            scores.weigh(t, 4, "a book's name");
        }
        if names_book_and_author(&line.text) {
            scores.weigh(t, -24, "a book and its author");
        }
        if line.text.starts_with(['（', '(']) && line.text.ends_with(['）', ')']) {
            scores.weigh(t, -10, "in brackets as a whole");
        }
        if feature.whole == Some(Meaning::Heading) || feature.whole == Some(Meaning::Contents) {
            scores.weigh(t, -8, "names a part of an article");
        }
        if around.repeated >= 4 {
            scores.weigh(t, -2, "comes again and again");
        }
        let text_indent = self.lines.get(self.habits.first_text).map_or(0, |text| text.indent);
        if line.indent >= text_indent + 4 {
            scores.weigh(t, 3, "in the middle");
        }
        if feature.sentences > 0 {
            scores.weigh(t, -4, "more than one sentence");
        }
        if index > self.habits.first_text {
            scores.weigh(t, -10, "below running text");
        }
        if around.group == Group::Regular || around.group == Group::Slogans || around.row {
            scores.weigh(t, -4, "one of several alike");
        }
        if feature.address {
            scores.weigh(t, -8, "an address");
        }
    }

    /// Whether a line above the text says with a key that the title is another.
    fn is_named_by_key(&self, index: usize) -> bool {
        let above = &self.features[..self.habits.first_text.min(40).min(self.features.len())];
        above.iter().any(|feature| {
            feature.meta.as_ref().is_some_and(|meta| {
                let named = meta.pieces.first().filter(|piece| piece.key == Key::Title && meta.keys == 1);
                named.is_some_and(|piece| piece.value != self.lines[index].text && piece.value.chars().count() >= 4)
            })
        })
    }

    /// Whether a line stands above that may be the name of the whole.
    fn is_below_a_name(&self, index: usize) -> bool {
        (0..index).any(|at| {
            let (line, feature) = (&self.lines[at], &self.features[at]);
            let crumbs = line.text.contains(['>', '»', '|', '_', '＞', '›', '：']);
            (2..=20).contains(&line.chars)
                && feature.ends == Ends::Open
                && feature.number.is_none()
                && !crumbs
                && !feature.of_the_site()
                && feature.meta.is_none()
                && !is_site_name(&line.text, line.chars)
        })
    }

    /// A line between a title that comes again in the text and the lines about the article.
    pub(super) fn subtitle(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        if index == 0 || index > self.habits.first_text || index > TITLE_WITHIN {
            return;
        }
        let (above, over) = (&self.lines[index - 1], &self.features[index - 1]);
        let plain = feature.number.is_none()
            && feature.meta.is_none()
            && feature.whole.is_none()
            && !feature.of_the_site()
            && !feature.rule
            && !around.row
            && !around.menu
            && !around.speaker
            && matches!(feature.ends, Ends::Open | Ends::Sentence)
            && (self.long(index, 6)..=self.long(index, 50)).contains(&line.chars)
            && !is_site_name(&line.text, line.chars)
            && self.byline(index).is_none();
        let asks = above.text.ends_with(['？', '！', '?', '!', '”', '」']);
        let of_menu = above.text.split_whitespace().next().and_then(whole).is_some_and(Meaning::is_of_the_site);
        // The title of an entry, however short: its text begins with it.
        let entry = self.lines.get(self.habits.first_text).is_some_and(|first| named_first(&first.text, &above.text));
        let titled = (over.ends == Ends::Open || asks)
            && !of_menu
            && (above.chars >= self.long(index - 1, 5) || entry && above.chars >= 2)
            && over.number.is_none()
            && !is_meta(over)
            && !over.of_the_site()
            && !is_site_name(&above.text, above.chars)
            && !above.text.contains(['|', '｜', '>', '»'])
            && (self.habits.latin && feature.ends == Ends::Sentence
                || self.around[index - 1].echoed >= Some(2).max(around.echoed.map(|own| own.saturating_sub(3))));
        if !plain || !titled || named_first(&line.text, &above.text) {
            return;
        }
        // A year alone over what happened in it is a heading.
        let about = |feature: &Features| {
            let dated = |meta: &crate::readers::text::meta::MetaLine| {
                meta.keys > 0 || meta.pieces.iter().any(|piece| piece.key != Key::Date || piece.value.len() >= 10)
            };
            is_meta(feature) && feature.meta.as_deref().is_some_and(dated)
        };
        let follows = (index + 1..index + 3).find(|at| self.features.get(*at).is_some_and(about));
        let buttons = self.features.get(index + 1).is_some_and(Features::of_the_site);
        let points = match follows {
            Some(_) => 8,
            None if self.byline(index + 1).is_some() => 8,
            None if buttons && feature.ends == Ends::Open => {
                if entry {
                    9
                } else {
                    3
                }
            }
            None => return,
        };
        scores.offer(Label::Subtitle, points, "between a title and the lines about the article");
    }

    /// Whether a line on top has a menu below it, and a line that may be the title stands nearer the text.
    fn names_the_site(&self, index: usize) -> bool {
        let menu = |at: usize| {
            let shared = self.features.get(at).and_then(|feature| feature.whole);
            self.is_among_words(at) && !matches!(shared, Some(Meaning::Sharing | Meaning::Counter | Meaning::Comments))
        };
        let first = self.habits.first_text.min(self.lines.len());
        let titled = || {
            (first.saturating_sub(4).max(index + 3)..first).any(|at| {
                let feature = &self.features[at];
                let plain = feature.meta.is_none() && feature.number.is_none() && feature.whole.is_none();
                self.lines[at].chars >= self.long(at, 6)
                    && feature.ends == Ends::Open
                    && plain
                    && !feature.of_the_site()
            })
        };
        index < 3 && menu(index + 1) && menu(index + 2) && titled()
    }
}

/// A line of stars, drawn under titles of press releases.
fn is_starred(text: &str) -> bool {
    text.chars().count() >= 5 && text.chars().all(|c| matches!(c, '*' | '＊'))
}

/// Words official papers and announcements end their titles with.
const TITLE_ENDINGS: &[&str] = &[
    "的通知",
    "的决定",
    "的决議",
    "的意见",
    "的公告",
    "的通报",
    "的报告",
    "的批复",
    "的函",
    "的请示",
    "的方案",
    "的办法",
    "实施细则",
    "条例",
    "的规定",
    "的通告",
    "管理办法",
    "倡议书",
    "公开信",
    "的说明",
    "的公示",
    "議事録",
    "会议纪要",
    "會議紀錄",
];

/// 《渡口》作者：林小禾
pub(super) fn names_book_and_author(text: &str) -> bool {
    let rest = text.strip_prefix('《').and_then(|rest| rest.split_once('》')).map(|(_, rest)| rest.trim_start());
    rest.is_some_and(|rest| ["作者：", "作者:", "著者：", "文/", "文／"].iter().any(|key| rest.starts_with(key)))
}

/// Whether a text begins with a title's words and goes on: `河口浮桥是…`.
pub(super) fn named_first(text: &str, title: &str) -> bool {
    text.strip_prefix(title).is_some_and(|rest| {
        rest.starts_with(['是', '（', '(', '，', '位', '为', '為', '指', '又', '即', '、', '簡', '简'])
    })
}

pub(super) fn site_title_of(page_title: &str, title: &str) -> bool {
    title.chars().count() >= 3
        && page_title.len() > title.len()
        && page_title
            .strip_prefix(title)
            .is_some_and(|rest| rest.trim_start().starts_with(['-', '_', '|', '｜', '—', '–', '·', '丨', '＿']))
}
