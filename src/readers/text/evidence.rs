//! What speaks for and against each label of a line, in points, with the reason.
//!
//! Ten points decide a case alone; two or three tip a balance. A label that nothing speaks for is not offered.

use super::context::{Group, Habits, Role, Surroundings, is_text, is_title_like};
use super::features::{Ends, Features};
use super::labels::{LABELS, Label, Zone};
use super::lexicon::{Key, Meaning};
use super::lines::Line;
use super::number::Family;

/// Points of each label of one line.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    points: [i16; LABELS],
    /// Kept only when asked for.
    reasons: Option<Vec<Reason>>,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub label: Label,
    pub points: i32,
    pub because: &'static str,
}

const NOT_OFFERED: i16 = i16::MIN;

impl Scores {
    fn new(explained: bool) -> Scores {
        Scores { points: [NOT_OFFERED; LABELS], reasons: explained.then(Vec::new) }
    }

    /// The points of a label, if it is offered.
    pub fn of(&self, label: Label, _: Zone) -> Option<i32> {
        let points = self.points[label as usize];
        (points != NOT_OFFERED).then_some(i32::from(points))
    }

    pub fn compact(&self) -> [i16; LABELS] {
        self.points
    }

    pub fn into_reasons(self) -> Vec<Reason> {
        self.reasons.unwrap_or_default()
    }

    /// Add points to a label, offering it.
    fn offer(&mut self, label: Label, points: i32, because: &'static str) {
        let entry = &mut self.points[label as usize];
        *entry = (if *entry == NOT_OFFERED { 0 } else { *entry }).saturating_add(points as i16);
        self.note(label, points, because);
    }

    /// Add points to a label if it is offered.
    fn weigh(&mut self, label: Label, points: i32, because: &'static str) {
        let entry = &mut self.points[label as usize];
        if *entry != NOT_OFFERED {
            *entry = entry.saturating_add(points as i16);
            self.note(label, points, because);
        }
    }

    fn note(&mut self, label: Label, points: i32, because: &'static str) {
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason { label, points, because });
        }
    }
}

/// Everything that is known of a file's lines.
pub(super) struct Evidence<'a> {
    pub lines: &'a [Line<'a>],
    pub features: &'a [Features],
    pub around: &'a [Surroundings],
    pub habits: Habits,
}

impl Evidence<'_> {
    /// The points of one line; its reasons too when `explained`.
    pub fn scores(&self, index: usize, explained: bool) -> Scores {
        let mut scores = Scores::new(explained);
        self.paragraph(index, &mut scores);
        let line = &self.lines[index];
        if line.chars > 300 {
            return scores;
        }
        self.boilerplate(index, &mut scores);
        self.meta(index, &mut scores);
        self.title(index, &mut scores);
        self.heading(index, &mut scores);
        self.numbered(index, &mut scores);
        self.grouped(index, &mut scores);
        self.set_apart(index, &mut scores);
        self.ending(index, &mut scores);
        scores
    }

    fn get(&self, index: usize) -> (&Line<'_>, &Features, &Surroundings) {
        (&self.lines[index], &self.features[index], &self.around[index])
    }

    /// Length at which a line is long, in the script of the file.
    fn long(&self, han: u32) -> u32 {
        if self.habits.latin { han * 5 / 2 } else { han }
    }

    fn paragraph(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let p = Label::Paragraph;
        scores.offer(p, 0, "any line may be text");
        match feature.ends {
            Ends::Sentence => scores.weigh(p, 5, "ends like a sentence"),
            Ends::Colon | Ends::Comma => scores.weigh(p, 2, "ends with a mark"),
            Ends::Open if line.chars < self.long(12) => scores.weigh(p, -3, "short and open"),
            Ends::Open => {}
        }
        if line.chars >= self.long(40) {
            scores.weigh(p, 7, "long");
        } else if line.chars >= self.long(20) {
            scores.weigh(p, 2, "of middling length");
        }
        if feature.sentences > 0 {
            scores.weigh(p, 4, "has sentences in it");
        }
        if feature.rule || feature.page_number || around.role == Role::Page {
            scores.weigh(p, -14, "no words in it");
        }
        if feature.quoted && feature.ends == Ends::Sentence {
            scores.weigh(p, 3, "speech");
        }
    }

    fn boilerplate(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let b = Label::Boilerplate;
        scores.offer(b, -9, "nothing says that it is not of the article");
        if index < 4 && index < self.habits.first_text {
            scores.weigh(b, 3, "at the top of the file");
        }
        if line.chars > self.long(24) {
            scores.weigh(b, -((line.chars - self.long(24)).min(60) as i32) / 3, "long for a site's line");
        }
        if feature.ends == Ends::Sentence && feature.anywhere.is_none() {
            scores.weigh(b, -8, "ends like a sentence");
        }
        if feature.page_number || around.role == Role::Page {
            scores.weigh(b, 26, "page number");
        }
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
            scores.weigh(b, 18, because);
        } else if let Some(because) = feature.start.map(|word| word.meaning).and_then(chrome) {
            scores.weigh(b, if line.chars <= 40 { 15 } else { 9 }, because);
        }
        if let Some(because) = feature.anywhere.and_then(chrome) {
            scores.weigh(b, 16, because);
        }
        if around.related > 1 && feature.ends != Ends::Sentence {
            scores.weigh(b, 9, "in a list of links");
        }
        if feature.address && line.chars <= 60 {
            scores.weigh(b, 5, "an address");
        }
        self.site_names(index, scores);
    }

    /// Breadcrumbs, bars of links, site titles and running heads.
    fn site_names(&self, index: usize, scores: &mut Scores) {
        let (line, _, around) = self.get(index);
        let (b, text) = (Label::Boilerplate, line.text.as_ref());
        let before = index < self.habits.first_text;
        if line.chars > 80 {
            return;
        }
        let outside = before || index > self.habits.last_text;
        if line.chars <= 60
            && outside
            && !text.starts_with(['>', '＞'])
            && [">", "＞", "›", "»", "→"].iter().any(|mark| text.contains(mark))
        {
            scores.weigh(b, 12, "breadcrumbs");
        }
        let bars = text.matches(['|', '｜', '·', '•', '┊', '/']).count();
        if bars >= 3 && line.chars <= 80 && !around.row {
            scores.weigh(b, 9, "a bar of links");
        }
        // Korean words are that short in any sentence.
        let short =
            |word: &str| word.chars().count() <= 4 && !word.starts_with(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c));
        if text.contains([' ', '\u{3000}'])
            && text.split_whitespace().count() >= 5
            && text.split_whitespace().all(short)
            && !around.row
            && !self.habits.latin
        {
            scores.weigh(b, 9, "many single words");
        }
        if around.repeated >= 3 && line.chars <= 30 && !self.features[index].rule && self.running_head(index) {
            scores.weigh(b, 16, "repeated at the head or foot of pages");
        }
        if before && index < 6 {
            if is_site_name(&line.text, line.chars) {
                scores.weigh(b, 10, "a site's name");
            }
            if self.site_title(index) {
                scores.weigh(b, 14, "the page's title with the site's name after it");
            }
            let next_blank = self.lines.get(index + 1).is_some_and(|next| next.blanks > 0);
            if index == 0 && next_blank && line.chars <= 14 && self.title_follows() {
                scores.weigh(b, 4, "first line, and a title follows");
            }
        }
        if self.features[index].number.is_some_and(|number| number.family == Family::Bullet) && before && index < 30 {
            scores.weigh(b, 8, "a bullet before the text");
        }
        if self.features[index].number.is_some_and(|number| number.family == Family::Bullet)
            && index > self.habits.last_text
            && line.chars <= 40
            && self.in_chrome(index)
        {
            scores.weigh(b, 6, "a bullet among the site's lines");
        }
    }

    fn in_chrome(&self, index: usize) -> bool {
        let near = [index.wrapping_sub(1), index + 1];
        near.iter().filter_map(|near| self.features.get(*near)).any(|feature| {
            feature.anywhere.is_some()
                || feature.start.is_some_and(|word| {
                    matches!(word.meaning, Meaning::Contact | Meaning::Footer | Meaning::Sharing | Meaning::Related)
                })
                || matches!(feature.whole, Some(Meaning::Navigation | Meaning::Sharing | Meaning::Footer))
        })
    }

    /// A line repeated next to page numbers or page ends.
    fn running_head(&self, index: usize) -> bool {
        let page_end = |at: usize| {
            self.features.get(at).is_some_and(|feature| feature.page_number)
                || self.around.get(at).is_some_and(|around| around.role == Role::Page)
        };
        self.lines[index].new_page
            || page_end(index.wrapping_sub(1))
            || page_end(index + 1)
            || self.lines.get(index + 1).is_some_and(|next| next.new_page)
    }

    /// `title - site`, with the title again on a line of its own soon after.
    fn site_title(&self, index: usize) -> bool {
        let text = &self.lines[index].text;
        self.lines[index + 1..].iter().take(14).any(|later| {
            later.chars >= 3
                && text.strip_prefix(later.text.as_ref()).is_some_and(|rest| {
                    rest.trim_start().starts_with(['-', '_', '|', '｜', '—', '–', '·', '：', '【', '丨', '＿', '（'])
                })
        })
    }

    /// Whether one of the next lines is followed by meta lines.
    fn title_follows(&self) -> bool {
        (1..6).any(|index| self.features.get(index).is_some_and(is_meta))
    }

    fn meta(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        let m = Label::Meta;
        if index > 0 && index < 12 && index < self.habits.first_text && super::meta::is_byline(&line.text) {
            scores.offer(m, 12, "nothing but a name");
        }
        let Some(meta) = &feature.meta else { return };
        scores.offer(m, 2, "can be read as author, date or source");
        scores.weigh(m, 6 * meta.keys.min(3) as i32, "written out as key and value");
        let known = |key: Key| meta.pieces.iter().any(|piece| piece.key == key);
        if meta.keys == 0 && known(Key::Date) {
            scores.weigh(m, 5, "a date");
        }
        if meta.keys == 0 && index > self.habits.last_text {
            scores.weigh(m, -9, "below the text a date is its closing");
        }
        if meta.left_over > 0 {
            scores.weigh(m, -(meta.left_over.min(40) as i32), "words left over");
        }
        let wordy = meta.pieces.iter().any(|piece| {
            matches!(piece.key, Key::Author | Key::Editor | Key::Source) && piece.value.chars().count() > 24
        });
        if wordy || feature.sentences > 0 {
            scores.weigh(m, -12, "more than a name");
        }
        if meta.pieces.iter().any(|piece| piece.key == Key::Other || piece.key == Key::Title) && meta.keys == 1 {
            scores.weigh(m, -3, "a key of many uses");
        }
        if self.around[index].speaker {
            scores.weigh(m, -8, "the name comes back as a speaker");
        }
        if index <= self.habits.first_text || index > self.habits.last_text {
            scores.weigh(m, 3, "outside the running text");
        }
        if line.chars > 60 {
            scores.weigh(m, -3, "long");
        }
    }

    fn title(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        if index > 40 || line.chars > self.long(64) || feature.rule || feature.page_number {
            return;
        }
        let t = Label::Title;
        scores.offer(t, 1, "early in the file");
        if line.chars >= self.long(6) {
            scores.weigh(t, 2, "long enough for a title");
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
        if self.features.get(index + 1).is_some_and(is_meta) {
            scores.weigh(t, 8, "a meta line follows");
        } else if (index + 2..index + 4).any(|next| self.features.get(next).is_some_and(is_meta)) {
            scores.weigh(t, 3, "meta lines are near");
        }
        if let Some(number) = feature.number {
            let division = number.family.names_a_division() || number.family == Family::Bullet;
            scores.weigh(t, if division { -12 } else { -5 }, "begins with a number or bullet");
        }
        let later = self.lines[index + 1..].iter().take(8).any(|later| later.text == line.text);
        if later {
            scores.weigh(t, -6, "comes again below");
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

    fn heading(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        if line.chars > self.long(44) || feature.rule || feature.page_number {
            return;
        }
        let h = Label::Heading;
        scores.offer(h, -6, "headings are rare");
        match feature.ends {
            Ends::Open if line.chars <= self.long(18) => scores.weigh(h, 5, "short, without a mark at its end"),
            Ends::Open if line.chars <= self.long(28) => scores.weigh(h, 2, "without a mark at its end"),
            Ends::Open => scores.weigh(h, -4, "long for a heading"),
            Ends::Sentence if line.text.ends_with(['？', '?', '！', '!']) => {
                scores.weigh(h, -4, "a question or a call")
            }
            Ends::Sentence => scores.weigh(h, -14, "ends like a sentence"),
            Ends::Colon => scores.weigh(h, -3, "ends with a colon"),
            Ends::Comma => scores.weigh(h, -12, "something follows its mark"),
        }
        if feature.sentences > 0 || feature.commas > 1 {
            scores.weigh(h, -5, "marks of a sentence in it");
        }
        self.heading_by_neighbours(index, scores);
        match around.role {
            Role::Heading if is_title_like(self.lines, self.features, index) => {
                scores.weigh(h, 15, "numbered like other headings")
            }
            Role::Item => scores.weigh(h, -10, "numbered like the items of a list"),
            Role::Mark | Role::Page => scores.weigh(h, -12, "a number alone"),
            Role::Numbered => scores.weigh(h, -8, "numbered text"),
            _ => {}
        }
        match feature.whole {
            Some(Meaning::Heading | Meaning::Notes | Meaning::Glossary) => {
                scores.weigh(h, 10, "names a part of an article")
            }
            _ if feature.start.is_some_and(|word| word.meaning == Meaning::Heading) => {
                scores.weigh(h, 6, "names a part of an article")
            }
            _ => {}
        }
        if feature.meta.as_ref().is_some_and(|meta| meta.left_over <= 4) {
            scores.weigh(h, -8, "a meta line");
        }
        if feature.colon.is_some() && feature.number.is_none() {
            scores.weigh(h, -3, "a colon in it");
        }
        if around.speaker || around.terms {
            scores.weigh(h, -8, "begins with a speaker or a term");
        }
        if line.text.starts_with('【') && line.text.ends_with('】') && feature.whole.is_none() {
            scores.weigh(h, 5, "in heading brackets");
        }
        if line.text.starts_with(['■', '◆', '●', '▌', '▍', '★', '▶', '□', '◎'])
            && line.chars <= 24
            && feature.ends == Ends::Open
        {
            scores.weigh(h, 3, "after a heading's sign");
        }
    }

    fn heading_by_neighbours(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let h = Label::Heading;
        let Some(next) = self.lines.get(index + 1) else {
            scores.weigh(h, -9, "nothing follows");
            return;
        };
        let next_feature = &self.features[index + 1];
        if is_text(next, next_feature) || (next.chars > line.chars * 2 && next_feature.ends == Ends::Sentence) {
            scores.weigh(h, 5, "running text follows");
        } else if next_feature.ends == Ends::Sentence && next.chars > line.chars {
            scores.weigh(h, 3, "a longer sentence follows");
        } else if matches!(self.around[index + 1].group, Group::Regular | Group::Free | Group::Head)
            && around.group != self.around[index + 1].group
        {
            scores.weigh(h, 6, "a stanza follows");
        } else if self.around[index + 1].role == Role::Mark
            || matches!(self.around[index + 1].role, Role::Item | Role::Heading | Role::Numbered)
        {
            scores.weigh(h, 4, "numbered parts follow");
        } else if next_feature.ends == Ends::Open && next.chars <= self.long(20) && around.role != Role::Heading {
            scores.weigh(h, -3, "another short line follows");
        }
        if index > 0 {
            match self.features[index - 1].ends {
                Ends::Sentence => scores.weigh(h, 2, "a sentence ended before it"),
                Ends::Colon => scores.weigh(h, -5, "a colon announced it"),
                Ends::Comma => scores.weigh(h, -5, "the line before goes on"),
                Ends::Open => {}
            }
        }
        if self.habits.indent >= 2 && line.indent != self.habits.indent {
            scores.weigh(h, 3, "indented otherwise than paragraphs");
        }
        if self.habits.grouped && line.blanks > 0 && feature.ends == Ends::Open {
            scores.weigh(h, 2, "set apart by a blank line");
        }
        if matches!(around.group, Group::Regular | Group::Free) && self.habits.grouped {
            scores.weigh(h, -6, "one of several short lines");
        }
        if around.group == Group::Head {
            scores.weigh(h, 6, "on top of a stanza");
        }
        if around.repeated >= 3 && around.role != Role::Heading {
            scores.weigh(h, -4, "comes again and again");
        }
        if index < self.habits.first_text
            && around.role != Role::Heading
            && feature.whole.is_none()
            && index + 1 < self.habits.first_text
        {
            scores.weigh(h, -2, "no running text before it");
        }
    }

    fn numbered(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let Some(number) = feature.number else { return };
        match around.role {
            Role::Item => scores.offer(Label::Item, 18, "numbered like the items of a list"),
            Role::Heading if !is_title_like(self.lines, self.features, index) => {
                scores.offer(Label::Item, 12, "numbered, and a sentence");
            }
            Role::Lone if number.family == Family::Bullet && line.chars > 2 => {
                scores.offer(Label::Item, 4, "after a bullet")
            }
            Role::Mark => scores.offer(Label::SectionMark, 14, "a number alone, in sequence"),
            Role::Lone if number.family == Family::Alone => scores.offer(Label::SectionMark, 2, "a number alone"),
            Role::Numbered if number.family == Family::Note && self.habits.notes => {
                scores.offer(Label::Note, 12, "begins with a note's mark");
            }
            _ => {}
        }
        let of_the_site = feature.anywhere.is_some()
            || matches!(
                feature.whole.or(feature.start.map(|word| word.meaning)),
                Some(
                    Meaning::Navigation
                        | Meaning::Sharing
                        | Meaning::Footer
                        | Meaning::Contact
                        | Meaning::Related
                        | Meaning::Pager
                )
            );
        if of_the_site {
            scores.weigh(Label::Item, -8, "words of a site");
        }
        if number.family == Family::Circled && self.notes_opened(index) {
            scores.offer(Label::Note, 14, "in a list of notes");
        }
        let counted = matches!(
            number.family,
            Family::Decimal | Family::DecimalBrackets | Family::HalfBracket | Family::ChineseBrackets
        );
        if counted && self.notes_opened(index) {
            scores.offer(Label::Note, 14, "in a list of notes");
        }
    }

    /// Whether the nearest line above that is not numbered heads a list of notes.
    fn notes_opened(&self, index: usize) -> bool {
        let heads = |feature: &Features| feature.whole == Some(Meaning::Notes);
        self.features[..index].iter().rev().take(200).find(|feature| feature.number.is_none()).is_some_and(heads)
    }

    fn grouped(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        match around.group {
            Group::Regular => scores.offer(Label::Verse, 13, "clauses of equal length, line by line"),
            Group::Free => scores.offer(Label::Verse, if self.habits.grouped { 5 } else { 2 }, "short lines together"),
            Group::Slogans => scores.offer(Label::Centered, 10, "short lines after a colon"),
            Group::Head => scores.offer(Label::Centered, 2, "on top of a stanza"),
            Group::None => {}
        }
        if matches!(around.group, Group::Free | Group::Regular) && feature.ends == Ends::Comma {
            scores.offer(Label::Verse, 5, "a short line ends with a comma");
        }
        if around.row {
            scores.offer(Label::Row, 12, "as many cells as its neighbours");
        }
        if around.speaker {
            scores.offer(Label::Turn, 18, "a speaker who comes back");
        }
        if around.contents {
            scores.offer(Label::Contents, 20, "comes again later as a heading");
        }
        if around.terms && line.chars <= 300 {
            let after_number =
                index > 0 && self.features[index - 1].number.is_some_and(|number| number.family == Family::Alone);
            scores.offer(Label::Term, if after_number { 10 } else { 4 }, "a term and what it means");
            if self.glossary_opened(index) {
                scores.weigh(Label::Term, 8, "in a glossary");
            }
        }
    }

    /// Whether a line not far above opens a glossary or a box.
    fn glossary_opened(&self, index: usize) -> bool {
        self.features[..index]
            .iter()
            .rev()
            .take(120)
            .zip(self.around[..index].iter().rev())
            .find(|(feature, around)| {
                !around.terms && feature.number.is_none_or(|number| number.family != Family::Alone)
            })
            .is_some_and(|(feature, _)| matches!(feature.whole, Some(Meaning::Glossary | Meaning::Aside)))
    }

    fn set_apart(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        if feature.rule {
            scores.offer(Label::Separator, 14, "nothing but drawing characters");
        }
        match feature.whole {
            Some(Meaning::Aside) => scores.offer(Label::BoxTitle, 13, "opens a box"),
            Some(Meaning::EditorNote) => scores.offer(Label::BoxTitle, 15, "opens an editor's note"),
            Some(Meaning::Abstract) => scores.offer(Label::BoxTitle, 14, "opens an abstract"),
            Some(Meaning::End) if index > self.habits.first_text => {
                scores.weigh(Label::Boilerplate, 18, "says that the text ends")
            }
            _ => {}
        }
        match feature.start.map(|word| word.meaning) {
            Some(Meaning::Aside) if feature.whole.is_none() => {
                scores.offer(Label::BoxTitle, 10, "opens a box and fills it")
            }
            Some(Meaning::EditorNote | Meaning::Abstract) if feature.whole.is_none() => {
                scores.offer(Label::BoxTitle, 22, "a note or abstract on one line");
            }
            Some(Meaning::Caption) if line.chars <= 80 => scores.offer(Label::Caption, 9, "begins like a legend"),
            _ => {}
        }
        if is_numbered_legend(&line.text) && line.chars <= 60 && feature.ends != Ends::Sentence {
            scores.offer(Label::Caption, 12, "a numbered legend");
        }
        if line.text.starts_with(['>', '＞']) && line.chars > 1 {
            scores.offer(Label::Quote, 14, "marked as quoted");
        }
        if (line.text.starts_with("——") || line.text.starts_with("―"))
            && line.chars <= 40
            && index < self.habits.first_text
        {
            scores.offer(Label::Subtitle, 14, "a dash under the title");
        }
        if feature.ends == Ends::Colon
            && line.chars <= 80
            && index <= self.habits.first_text
            && is_salutation(&line.text)
        {
            scores.offer(Label::Salutation, 10, "addresses the reader");
        }
    }

    fn ending(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        if index <= self.habits.first_text || feature.number.is_some() || feature.ends != Ends::Open {
            return;
        }
        let dated =
            |feature: &Features| feature.meta.as_ref().is_some_and(|meta| meta.keys == 0 && meta.left_over == 0);
        let indented = line.indent >= self.habits.indent + 8;
        let near_end = index >= self.habits.last_text;
        if dated(feature) && near_end {
            scores.offer(Label::Closing, 10, "a date under the text");
        } else if near_end
            && line.chars <= 30
            && self.features.get(index + 1).is_some_and(dated)
            && feature.start.is_none()
            && feature.whole.is_none()
        {
            scores.offer(Label::Closing, 10, "signs above a date");
        } else if indented && near_end && line.chars <= 24 {
            scores.offer(Label::Closing, 8, "far to the right");
        }
    }
}

/// A few words that end like the name of a site or paper.
fn is_site_name(text: &str, chars: u32) -> bool {
    const ENDINGS: &[&str] = &[
        "网",
        "網",
        "网站",
        "網站",
        "日报",
        "日報",
        "报社",
        "门户",
        "門戶",
        "频道",
        "頻道",
        "ニュース",
        "新聞",
        "뉴스",
        "在线",
        "论坛",
        "論壇",
        "博客",
        "晚报",
        "晨报",
        "周刊",
        "小说网",
        "文库",
        "書屋",
        "书屋",
    ];
    chars <= 16 && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// 各县人民政府： 尊敬的读者： 林先生：
fn is_salutation(text: &str) -> bool {
    const STARTS: &[&str] =
        &["各", "尊敬", "亲爱", "親愛", "敬爱", "同志们", "朋友们", "老师们", "女士们", "广大", "Dear "];
    const ENDS: &[&str] = &[
        "您好",
        "你好",
        "同志",
        "先生",
        "女士",
        "朋友",
        "朋友们",
        "政府",
        "单位",
        "部门",
        "局",
        "委",
        "公司",
        "老师",
        "同学们",
        "大学",
        "学校",
    ];
    let bare = text.trim_end_matches(['：', ':']);
    !bare.contains("如下")
        && (STARTS.iter().any(|start| bare.starts_with(start)) || ENDS.iter().any(|end| bare.ends_with(end)))
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
];

/// Whether a line is surely about the article.
fn is_meta(feature: &Features) -> bool {
    feature.meta.as_ref().is_some_and(|meta| meta.left_over <= 6 && (meta.keys > 0 || meta.left_over == 0))
}

fn site_title_of(page_title: &str, title: &str) -> bool {
    title.chars().count() >= 3
        && page_title.len() > title.len()
        && page_title
            .strip_prefix(title)
            .is_some_and(|rest| rest.trim_start().starts_with(['-', '_', '|', '｜', '—', '–', '·', '丨', '＿']))
}

/// 图1, 表 2-1, Figure 3
fn is_numbered_legend(text: &str) -> bool {
    let rest = ["图", "圖", "表", "図", "Figure ", "Fig. ", "Table ", "그림 ", "표 "]
        .iter()
        .find_map(|word| text.strip_prefix(word));
    let Some(rest) = rest.map(str::trim_start) else { return false };
    let Some((_, bytes)) = super::numeral::numeral(rest) else { return false };
    let after = rest[bytes..].trim_start_matches(|c: char| c.is_ascii_digit() || "-.－—".contains(c));
    after.is_empty()
        || after.starts_with([' ', '\u{3000}', '：', ':', '.', '．', '、'])
        || (!after.starts_with(['所', '显', '可', '中', '明', '顯', '示', '是', '为', '的'])
            && after.chars().count() <= 24)
}
