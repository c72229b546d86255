//! The habits of a whole file: where its running text begins and ends, how it indents, what the site adds around it.

use std::collections::HashMap;
use std::ops::Range;

use super::context::{Group, Role, Surroundings};
use super::evidence::is_fact;
use super::features::{Ends, Features, SHORT};
use super::lexicon::{Key, Meaning};
use super::lines::Line;
use super::number::Family;

/// Of the whole file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    /// Most paragraphs begin with an indentation of so many columns; 0 when they do not.
    pub indent: u16,
    /// Some neighbouring lines have blank lines between them and some have not.
    pub grouped: bool,
    /// First and last line of running text.
    pub first_text: usize,
    pub last_text: usize,
    /// Lines with notes' marks, enough to be a list of notes.
    pub notes: bool,
    /// More characters of Latin letters than of Han.
    pub latin: bool,
    /// Lines of running text.
    pub texts: usize,
    /// Lines above the text that are surely of the site.
    pub head_chrome: usize,
    /// The first line below the text that is surely of the site, and how many there are from it on.
    pub tail_from: usize,
    pub tail_chrome: usize,
    /// A line below the text says who edited it, or that it ends.
    pub tail_ended: bool,
    /// The first line below the text from which on nothing but the site's lines stand: links, comments, a footer.
    pub tail_sure: usize,
    /// The first line of what the page has below its article; the number of lines where that cannot be told.
    pub below: usize,
}

impl Habits {
    /// Where nothing is long enough to be surely running text, sentences and stanzas are the text.
    pub fn with_verse(mut self, features: &[Features], around: &[Surroundings]) -> Habits {
        let of_verse = |around: &Surroundings| matches!(around.group, Group::Regular | Group::Free | Group::Head);
        let verses = around.iter().filter(|around| of_verse(around)).count();
        if self.texts <= 1 && verses >= 10 && verses * 2 > features.len() {
            let first = around.iter().position(of_verse).unwrap_or(self.first_text);
            let last = around.iter().rposition(of_verse).unwrap_or(self.last_text);
            (self.first_text, self.last_text) = (self.first_text.min(first), self.last_text.max(last));
        }
        if self.first_text >= features.len() {
            let text = |index: &usize| {
                let said = features[*index].ends == Ends::Sentence && !features[*index].of_the_site();
                said || matches!(around[*index].group, Group::Regular | Group::Free)
            };
            self.first_text = (0..features.len()).find(text).unwrap_or(features.len());
            self.last_text = (0..features.len()).rev().find(text).unwrap_or(0);
        }
        self
    }

    /// The text goes on below its last long sentence as far as lists, tables, turns and short sentences do, up to the
    /// first line of the site.
    pub fn with_structure(mut self, lines: &[Line], features: &[Features], around: &[Surroundings]) -> Habits {
        let of_the_text = |at: usize| {
            let sentence = features[at].ends == Ends::Sentence && lines[at].chars >= 10;
            let one = around[at].row || around[at].columns > 0 || around[at].speaker || around[at].terms;
            sentence || one || matches!(around[at].role, Role::Item | Role::Heading | Role::Mark)
        };
        for at in self.last_text + 1..features.len() {
            let ended = features[at].whole == Some(Meaning::End) || around[at].comment || around[at].related > 0;
            let dated = features[at].meta.as_ref().is_some_and(|meta| meta.keys == 0 && meta.left_over == 0);
            // A word that menus have may head a part of the text: 时间轴 over its rows.
            let heads =
                features[at].whole == Some(Meaning::Navigation) && at + 1 < features.len() && of_the_text(at + 1);
            if features[at].of_the_site() && !heads || ended || dated || lines[at].furniture {
                break;
            }
            if of_the_text(at) {
                self.last_text = at;
            }
        }
        self
    }

    pub fn with_chrome(mut self, lines: &[Line], features: &[Features]) -> Habits {
        // The address of a place stands among the facts of it.
        let fact = |index: usize| {
            let contact = features[index].start.is_some_and(|word| word.meaning == Meaning::Contact);
            let near = &lines[index.saturating_sub(2)..(index + 3).min(lines.len())];
            contact && near.iter().any(|line| is_fact(&line.text))
        };
        let of_the_site = |index: &usize| features[*index].of_the_site() && !fact(*index);
        // Who edited the text, or that it ends, is said below it: what follows is the site's.
        let ends = |index: &usize| {
            let edited = features[*index].meta.as_ref().is_some_and(|meta| {
                meta.left_over <= 2 && meta.pieces.first().is_some_and(|piece| piece.key == Key::Editor)
            });
            // 编辑于 2020-02-02, below an answer.
            let revised = features[*index].meta.as_ref().is_some_and(|meta| {
                let word = meta.pieces.first().map(|piece| piece.word.as_str());
                meta.left_over <= 2 && matches!(word, Some("编辑于" | "編輯於" | "最后编辑于"))
            });
            edited || revised || features[*index].whole == Some(Meaning::End)
        };
        self.head_chrome = (0..self.first_text.min(features.len())).filter(of_the_site).count();
        let below = self.last_text + 1..features.len();
        self.tail_from = below.clone().find(|at| of_the_site(at) || ends(at)).unwrap_or(features.len());
        self.tail_ended = below.clone().any(|at| ends(&at));
        self.tail_chrome = below.clone().filter(of_the_site).count();
        self.tail_sure = below.clone().find(|at| closes(&features[*at])).unwrap_or(features.len());
        // Notes and what was read stand below the links at times.
        if let Some(noted) = below.rev().find(|at| heads_notes(&lines[*at], &features[*at])) {
            let first = (noted + 1..features.len()).find(|at| closes(&features[*at]));
            self.tail_sure = first.unwrap_or(features.len());
        }
        self
    }
}

/// Whether a line stands below whole pages: links to others, their comments, a footer.
pub(super) fn closes(feature: &Features) -> bool {
    use Meaning::{Comments, End, Footer, Pager, Related};
    let start = feature.start.map(|word| word.meaning);
    let of = |meaning: Option<Meaning>| matches!(meaning, Some(Pager | Related | Comments));
    of(feature.whole) && !feature.pressed
        || of(start)
        || matches!(feature.whole, Some(End))
        || matches!(start.or(feature.anywhere), Some(Footer | Pager))
}

/// Whether a line heads notes or the works that were read.
pub(super) fn heads_notes(line: &Line, feature: &Features) -> bool {
    const READ: &[&str] =
        &["参考", "参考文献", "參考文獻", "参考资料", "參考資料", "参考来源", "参考书目", "References", "Sources"];
    feature.whole == Some(Meaning::Notes) || READ.iter().any(|word| line.text.trim_end_matches([':', '：']) == *word)
}

/// Whether a line is surely running text.
pub(super) fn is_text(line: &Line, features: &Features) -> bool {
    let enough = if line.text.is_ascii() { 100 } else { 30 };
    let notice = line.chars < enough * 6
        && features.start.is_some_and(|word| matches!(word.meaning, Meaning::Footer | Meaning::Sharing));
    let ended = line.chars >= enough && features.ends == Ends::Sentence && features.anywhere.is_none();
    (ended || line.chars >= enough * 2) && !notice && !is_links(line, features)
}

/// Whether a line is a row of links or a site's imprint, long as it is: words between blanks and no mark of a sentence.
fn is_links(line: &Line, features: &Features) -> bool {
    if features.ends == Ends::Sentence || line.chars > 2000 {
        return false;
    }
    let imprint = features.of_the_site() && line.chars <= SHORT;
    let apart = || {
        let marks = line.text.contains(['，', '。', '；', '！', '？', '、', ',', '.', '…', '：']);
        let blanks = line.text.chars().filter(|c| matches!(c, ' ' | '\u{3000}' | '|' | '｜')).count() as u32;
        !marks && blanks >= 4 && blanks * 12 >= line.chars && !line.text.is_ascii()
    };
    imprint || apart()
}

pub(super) fn habits(lines: &[Line], features: &[Features], comments: usize) -> Habits {
    let mut indents: HashMap<u16, usize> = HashMap::new();
    let (mut texts, mut tight, mut apart, mut notes) = (0usize, 0usize, 0usize, 0usize);
    let mut habits = Habits { first_text: lines.len(), ..Habits::default() };
    let (mut bytes, mut chars) = (0usize, 0usize);
    for (index, (line, features)) in lines.iter().zip(features).enumerate() {
        if index < comments && is_text(line, features) {
            texts += 1;
            habits.texts += 1;
            *indents.entry(line.indent).or_default() += 1;
            habits.first_text = habits.first_text.min(index);
            habits.last_text = index;
        }
        *(if line.blanks == 0 { &mut tight } else { &mut apart }) += 1;
        notes += usize::from(features.number.is_some_and(|number| number.family == Family::Note));
        if index < 2000 {
            (bytes, chars) = (bytes + line.text.len(), chars + line.chars as usize);
        }
    }
    let mut common: Vec<(usize, u16)> = indents.into_iter().map(|(indent, count)| (count, indent)).collect();
    common.sort_unstable();
    if let Some((count, indent)) = common.last().filter(|(count, _)| *count * 5 >= texts * 3) {
        habits.indent = if *count > 0 { *indent } else { 0 };
    }
    let core = core(&lines[..comments], features);
    (habits.first_text, habits.last_text) = (core.start.max(habits.first_text), core.end.min(habits.last_text));
    habits.grouped = tight * 10 >= lines.len() && apart * 20 >= lines.len();
    habits.notes = notes >= 2;
    habits.latin = bytes < chars * 3 / 2;
    habits
}

/// First and last line of the stretch that is densest in running text, where next to none is outside of it; else all.
///
/// A notice about cookies far above the article, and one about rights far below it, are no part of its text.
fn core(lines: &[Line], features: &[Features]) -> Range<usize> {
    /// What a line that is no running text takes from a stretch, in characters.
    const COST: i64 = 25;
    /// How many times the text outside a stretch must go into that within.
    const RATIO: i64 = 20;
    let worth = |index: usize| {
        let han = if lines[index].text.is_ascii() { 3 } else { 1 };
        if is_text(&lines[index], &features[index]) { i64::from(lines[index].chars / han).min(400) } else { 0 }
    };
    let (mut sum, mut start, mut best, mut found) = (0, 0, 0, 0..lines.len());
    let mut total = 0;
    for index in 0..lines.len() {
        let own = worth(index);
        total += own;
        if sum <= 0 {
            (sum, start) = (0, index);
        }
        sum += if own > 0 { own } else { -COST };
        if sum > best {
            (best, found) = (sum, start..index);
        }
    }
    let within: i64 = (found.start..(found.end + 1).min(lines.len())).map(worth).sum();
    let texts = (found.start..(found.end + 1).min(lines.len())).filter(|index| worth(*index) > 0).count();
    if texts < 4 || (total - within) * RATIO > within { 0..lines.len() } else { found }
}
