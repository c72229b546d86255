//! What can be seen of a line only beside others: runs of numbers, speakers who come back, stanzas, repeated lines.

use std::collections::HashMap;

use super::below;
use super::cells::cells;
use super::comments;
use super::contents::contents;
use super::days::{Span, days};
use super::echoes::echoes;
use super::features::{Ends, Features};
use super::habits::{Habits, habits, is_text};
use super::items::items;
use super::lexicon::{self, Meaning};
use super::lines::Line;
use super::posts::{Post, posts, speakers_alone};
use super::rows::rows;
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
    /// Its cells are parted by single blanks.
    pub spaced: bool,
    /// Item of a list without marks.
    pub item: bool,
    /// A question of those that no line answers under a mark of its own.
    pub question: bool,
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

/// Surroundings of every line, and the habits of the file.
pub(super) fn survey(lines: &[Line], features: &[Features]) -> (Vec<Surroundings>, Habits) {
    let mut around = vec![Surroundings::default(); lines.len()];
    let comments = comments::start(lines, features, |index| is_text(&lines[index], &features[index]));
    let below = below::start(lines, features, comments);
    let habits = Habits { below, ..habits(lines, features, comments.min(below)) };
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
    items(lines, features, &mut around);
    groups(lines, features, habits, &mut around);
    terms(lines, features, &mut around);
    keyed(lines, features, &mut around);
    let habits = habits.with_verse(features, &around);
    let habits = habits.with_structure(lines, features, &around).with_chrome(lines, features);
    echoes(lines, features, habits, &mut around);
    (around, habits)
}

fn repetitions(lines: &[Line], around: &mut [Surroundings]) {
    // Each line's place among the different ones.
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counts: Vec<u8> = Vec::new();
    let mut short: Vec<(usize, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.chars <= 40) {
        let place = *places.entry(line.text.as_ref()).or_insert(counts.len());
        if place == counts.len() {
            counts.push(0);
        }
        counts[place] = counts[place].saturating_add(1);
        short.push((index, place));
    }
    short.into_iter().for_each(|(index, place)| around[index].repeated = counts[place]);
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
        let property = || lexicon::names_a_column(key) || lexicon::names_a_property(key) || lexicon::is_key(key);
        line.chars <= 20
            && feature.ends == Ends::Open
            && feature.colon.is_some()
            && plain
            && apart
            && below < lines.len()
            && features[below].ends == Ends::Sentence
            && features[below].colon.is_none()
            && lines[below].chars >= 16.max(line.chars * 2)
            && !property()
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
