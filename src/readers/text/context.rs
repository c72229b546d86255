//! What can be seen of a line only beside others: runs of numbers, speakers who come back, stanzas, repeated lines.

use std::collections::HashMap;
use std::ops::Range;

use super::cells::cells;
use super::comments;
use super::contents::contents;
use super::days::{Span, days};
use super::evidence::is_fact;
use super::features::{Ends, Features, SHORT};
use super::lexicon::{self, Key, Meaning};
use super::lines::Line;
use super::number::Family;
use super::posts::{Post, posts, speakers_alone};
use super::runs::runs;
use super::stanzas::groups;
use super::terms::{speakers, terms};

/// What a number does, seen from the whole run it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    None,
    /// Its family has no second member: the number may be part of the sentence.
    Lone,
    Heading,
    Item,
    /// A number alone on its line, before a section.
    Mark,
    /// A number alone on its line that is a page's.
    Page,
    /// An article of a law, 第一，: numbered text.
    Numbered,
}

/// What a group of short lines looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Group {
    #[default]
    None,
    /// Lines of equal clauses of four to seven characters.
    Regular,
    /// Short lines that do not end like sentences.
    Free,
    /// Head of a stanza: its title or its poet.
    Head,
    /// Two to six short lines after a colon.
    Slogans,
}

/// Of one line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings {
    pub role: Role,
    pub group: Group,
    /// A speaker's name before the colon comes back elsewhere.
    pub speaker: bool,
    /// How often the same short line occurs in the file, up to 255.
    pub repeated: u8,
    /// In a list of links to other pages: lines since its opening word, plus one; 0 outside.
    pub related: u8,
    /// Of the comments of readers below an article.
    pub comment: bool,
    /// The time a line names, where it is one of several that do so above text.
    pub dated: Span,
    /// One of several lines like 上午：石鼓镇, each over its text.
    pub keyed: bool,
    /// Neighbouring lines look like rows of the same table.
    pub row: bool,
    /// Line of a table of contents: it comes again later as a heading.
    pub contents: bool,
    /// The level a table of contents gives to this heading; 0 where none lists it.
    pub listed: u8,
    /// In a long run of short lines without any punctuation: a menu, or a list of links.
    pub menu: bool,
    /// Neighbouring lines have the form `term: meaning`.
    pub terms: bool,
    /// They are a glossary for sure.
    pub definitions: bool,
    /// Opens a post of a thread.
    pub post: Post,
    /// A speaker's name alone on its line, before what is said.
    pub speaker_alone: bool,
    /// Cell of a table of so many columns that has one cell a line; 0 for others.
    pub columns: u8,
    /// First cell of its row.
    pub opens_row: bool,
    /// How much of a line above the text comes again in the text, in tenths of its words; None for other lines.
    pub echoed: Option<u8>,
}

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
}

impl Habits {
    /// Where nothing is long enough to be surely running text, sentences and stanzas are the text.
    fn with_verse(mut self, features: &[Features], around: &[Surroundings]) -> Habits {
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
    fn with_structure(mut self, lines: &[Line], features: &[Features], around: &[Surroundings]) -> Habits {
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

    fn with_chrome(mut self, lines: &[Line], features: &[Features]) -> Habits {
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
            edited || features[*index].whole == Some(Meaning::End)
        };
        self.head_chrome = (0..self.first_text.min(features.len())).filter(of_the_site).count();
        let below = self.last_text + 1..features.len();
        self.tail_from = below.clone().find(|at| of_the_site(at) || ends(at)).unwrap_or(features.len());
        self.tail_ended = below.clone().any(|at| ends(&at));
        self.tail_chrome = below.filter(of_the_site).count();
        self
    }
}

/// Surroundings of every line, and the habits of the file.
pub(super) fn survey(lines: &[Line], features: &[Features]) -> (Vec<Surroundings>, Habits) {
    let mut around = vec![Surroundings::default(); lines.len()];
    let comments = comments::start(lines, features, |index| is_text(&lines[index], &features[index]));
    let habits = habits(lines, features, comments);
    runs(lines, features, &mut around);
    speakers(lines, features, &mut around);
    speakers_alone(lines, features, &mut around);
    posts(lines, features, habits, &mut around);
    if !around.iter().any(|around| around.post != Post::None) {
        around[comments..].iter_mut().for_each(|around| around.comment = true);
    }
    repetitions(lines, &mut around);
    days(lines, features, &mut around);
    menus(lines, features, &mut around);
    related(lines, features, &mut around);
    rows(lines, features, &mut around);
    cells(lines, features, &mut around);
    contents(lines, features, &mut around);
    groups(lines, features, habits, &mut around);
    terms(lines, features, &mut around);
    keyed(lines, features, &mut around);
    let habits = habits.with_verse(features, &around);
    let habits = habits.with_structure(lines, features, &around).with_chrome(lines, features);
    echoes(lines, features, habits, &mut around);
    (around, habits)
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

fn habits(lines: &[Line], features: &[Features], comments: usize) -> Habits {
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

/// Lines this far down may still be the title, when menus stand above it.
pub(super) const TITLE_WITHIN: usize = 300;

/// Bytes of running text in which the words of a title are looked for.
const ECHO: usize = 16 << 10;

/// How much of each line above the text comes again in the text: a title does, a menu does not.
fn echoes(lines: &[Line], features: &[Features], habits: Habits, around: &mut [Surroundings]) {
    if habits.texts == 0 {
        return;
    }
    let (mut known, mut bytes) = (Vec::new(), 0);
    for (line, feature) in lines.iter().zip(features).skip(habits.first_text) {
        if is_text(line, feature) {
            words(&line.text, &mut known);
            bytes += line.text.len();
        }
        if bytes > ECHO {
            break;
        }
    }
    known.sort_unstable();
    let mut own = Vec::new();
    for index in 0..habits.first_text.min(TITLE_WITHIN) {
        own.clear();
        words(&lines[index].text, &mut own);
        let again = own.iter().filter(|word| known.binary_search(word).is_ok()).count();
        around[index].echoed = (own.len() >= 2).then(|| (again * 10 / own.len()) as u8);
    }
}

/// The words of a text as numbers: two neighbouring characters of a script without spaces, or the letters of a word.
fn words(text: &str, out: &mut Vec<u64>) {
    let (mut before, mut word, mut length) = (None, 0u64, 0);
    for c in text.chars().chain([' ']) {
        if c.is_alphabetic() && c < '\u{2E80}' {
            word = word.wrapping_mul(0x100_0000_01B3) ^ u64::from(u32::from(c.to_ascii_lowercase()));
            (length, before) = (length + 1, None);
            continue;
        }
        if length > 3 {
            out.push(word | 1 << 63);
        }
        (word, length) = (0, 0);
        let joins = c.is_alphabetic().then_some(c);
        if let (Some(left), Some(right)) = (before, joins) {
            out.push(u64::from(u32::from(left)) << 32 | u64::from(u32::from(right)));
        }
        before = joins;
    }
}

fn repetitions(lines: &[Line], around: &mut [Surroundings]) {
    let mut counts: HashMap<&str, u8> = HashMap::new();
    for line in lines.iter().filter(|line| line.chars <= 40) {
        let count = counts.entry(line.text.as_ref()).or_default();
        *count = count.saturating_add(1);
    }
    for (line, around) in lines.iter().zip(around).filter(|(line, _)| line.chars <= 40) {
        around.repeated = counts.get(line.text.as_ref()).copied().unwrap_or(1);
    }
}

/// Mark short lines of two parts with a colon between them where two or more stand over a sentence at least twice as
/// long, and none of them beside another.
fn keyed(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let heads = |index: &usize| {
        let (line, feature) = (&lines[*index], &features[*index]);
        let plain = feature.number.is_none() && feature.meta.is_none() && feature.start.is_none();
        let apart = !around[*index].speaker && !around[*index].row && !around[*index].terms && !feature.of_the_site();
        let below = index + 1;
        let key = line.text[..feature.colon.map_or(0, usize::from)].trim();
        let property = lexicon::names_a_column(key) || lexicon::names_a_property(key) || lexicon::is_key(key);
        line.chars <= 20
            && !property
            && feature.ends == Ends::Open
            && feature.colon.is_some()
            && plain
            && apart
            && below < lines.len()
            && features[below].ends == Ends::Sentence
            && features[below].colon.is_none()
            && lines[below].chars >= 16.max(line.chars * 2)
    };
    let found: Vec<usize> = (1..lines.len()).filter(heads).collect();
    if found.len() >= 2 {
        found.iter().for_each(|index| around[*index].keyed = true);
    }
}

/// Short lines without punctuation that make a menu when so many stand together.
const MENU: usize = 10;

fn menus(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    if lines.iter().zip(features).filter(|(line, feature)| is_text(line, feature)).count() < 3 {
        return;
    }
    let plain =
        |index: usize| lines[index].chars <= 30 && features[index].ends == Ends::Open && features[index].commas == 0;
    let mut start = 0;
    while start < lines.len() {
        let end = (start..lines.len()).find(|index| !plain(*index)).unwrap_or(lines.len());
        if end - start >= MENU {
            around[start..end].iter_mut().for_each(|around| around.menu = true);
        }
        start = end + 1;
    }
}

/// Follow lists of links from their opening word to the first line of running text.
fn related(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut since = 0u8;
    for (index, (line, feature)) in lines.iter().zip(features).enumerate() {
        if feature.whole == Some(Meaning::Related) || feature.start.is_some_and(|word| word.meaning == Meaning::Related)
        {
            since = 1;
        } else if since > 0 && (line.chars > 60 || is_text(line, feature) || since > 40) {
            since = 0;
        } else if since > 0 {
            since += 1;
        }
        around[index].related = since;
    }
}

/// Neighbouring lines of as many cells are rows of a table: two with tabs or bars, three parted by blanks.
fn rows(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut start = 0;
    while start < lines.len() {
        let cells = features[start].cells;
        let mut end = start + 1;
        while end < lines.len() && cells >= 2 && features[end].cells.abs_diff(cells) <= 1 && features[end].cells >= 2 {
            end += 1;
        }
        let stated =
            features[start..end].iter().filter(|feature| feature.meta.as_ref().is_some_and(|meta| meta.keys > 0));
        let stated = stated.count() * 2 > end - start;
        let by_blanks = !lines[start].raw.contains(['\t', '|', '｜', '│']);
        let exact = features[start..end].iter().filter(|feature| feature.cells == cells).count();
        let enough = if by_blanks { end - start >= 3 && exact * 3 >= (end - start) * 2 } else { end - start >= 2 };
        let rules_between = cells >= 2 && enough && !stated;
        if rules_between {
            around[start..end].iter_mut().for_each(|around| around.row = true);
        }
        start = end;
    }
}
