//! What can be seen of a line only beside others: runs of numbers, speakers who come back, stanzas, repeated lines.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::cells::cells;
use super::features::{Ends, Features};
use super::lexicon::Meaning;
use super::lines::Line;
use super::number::Family;
use super::posts::{Post, posts, speakers_alone};
use super::runs::runs;

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
    /// Neighbouring lines look like rows of the same table.
    pub row: bool,
    /// Line of a table of contents: it comes again later as a heading.
    pub contents: bool,
    /// In a long run of short lines without any punctuation: a menu, or a list of links.
    pub menu: bool,
    /// Neighbouring lines have the form `term: meaning`.
    pub terms: bool,
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
}

impl Habits {
    /// Where nothing is long enough to be surely running text, sentences and stanzas are the text.
    fn with_verse(mut self, features: &[Features], around: &[Surroundings]) -> Habits {
        if self.first_text >= features.len() {
            let text = |index: &usize| {
                matches!(around[*index].group, Group::Regular | Group::Free) || features[*index].ends == Ends::Sentence
            };
            self.first_text = (0..features.len()).find(text).unwrap_or(features.len());
            self.last_text = (0..features.len()).rev().find(text).unwrap_or(0);
        }
        self
    }

    fn with_chrome(mut self, features: &[Features]) -> Habits {
        let of_the_site = |index: &usize| features[*index].of_the_site();
        self.head_chrome = (0..self.first_text.min(features.len())).filter(of_the_site).count();
        let below = self.last_text + 1..features.len();
        self.tail_from = below.clone().find(of_the_site).unwrap_or(features.len());
        self.tail_chrome = below.filter(of_the_site).count();
        self
    }
}

/// Surroundings of every line, and the habits of the file.
pub(super) fn survey(lines: &[Line], features: &[Features]) -> (Vec<Surroundings>, Habits) {
    let mut around = vec![Surroundings::default(); lines.len()];
    let habits = habits(lines, features);
    runs(lines, features, &mut around);
    speakers(lines, features, &mut around);
    speakers_alone(lines, features, &mut around);
    posts(lines, features, habits, &mut around);
    repetitions(lines, &mut around);
    menus(lines, features, &mut around);
    related(lines, features, &mut around);
    rows(lines, features, &mut around);
    cells(lines, features, &mut around);
    groups(lines, features, habits, &mut around);
    terms(lines, features, &mut around);
    let habits = habits.with_verse(features, &around);
    let habits = habits.with_chrome(features);
    echoes(lines, features, habits, &mut around);
    contents(lines, features, &mut around);
    (around, habits)
}

/// Whether a line is surely running text.
pub(super) fn is_text(line: &Line, features: &Features) -> bool {
    let enough = if line.text.is_ascii() { 100 } else { 30 };
    let notice = line.chars < enough * 6
        && features.start.is_some_and(|word| matches!(word.meaning, Meaning::Footer | Meaning::Sharing));
    let ended = line.chars >= enough && features.ends == Ends::Sentence && features.anywhere.is_none();
    (ended || line.chars >= enough * 2) && !notice
}

fn habits(lines: &[Line], features: &[Features]) -> Habits {
    let mut indents: HashMap<u16, usize> = HashMap::new();
    let (mut texts, mut tight, mut apart, mut notes) = (0usize, 0usize, 0usize, 0usize);
    let mut habits = Habits { first_text: lines.len(), ..Habits::default() };
    let (mut bytes, mut chars) = (0usize, 0usize);
    for (index, (line, features)) in lines.iter().zip(features).enumerate() {
        if is_text(line, features) {
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
    let core = core(lines, features);
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

/// Mark the turns of speakers whose name stands before a colon at least twice, when there are two speakers.
fn speakers(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut turns: Vec<(usize, &str)> = Vec::new();
    for (index, (line, feature)) in lines.iter().zip(features).enumerate() {
        let Some(colon) = feature.colon.map(usize::from).or_else(|| far_colon(line)) else { continue };
        let name = line.text[..colon].trim_matches(['【', '】', '[', ']', ' ', '\u{3000}', '*']);
        let chars = name.chars().count();
        let is_name = (1..=10).contains(&chars) && !name.contains(['，', '。', '、', '“', '《', '的', '(', '（']);
        if is_name && feature.number.is_none() {
            *counts.entry(name).or_default() += 1;
            turns.push((index, name));
        }
    }
    let returning = |name: &str| counts.get(name).is_some_and(|count| *count >= 2);
    let mut names: Vec<&str> = turns.iter().map(|(_, name)| *name).filter(|name| returning(name)).collect();
    let turns_of_returning = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 || turns_of_returning < 4 {
        return;
    }
    for (index, name) in turns {
        around[index].speaker = returning(name);
    }
}

/// The colon after a speaker's name in a long line, whose words were not looked at.
fn far_colon(line: &Line) -> Option<usize> {
    let head = line.text.char_indices().take(12);
    head.filter(|(_, c)| *c == '：' || *c == ':').map(|(index, _)| index).find(|index| *index > 0)
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

/// Stanzas and slogans: three or more short lines together.
fn groups(lines: &[Line], features: &[Features], habits: Habits, around: &mut [Surroundings]) {
    let rows: Vec<bool> =
        around.iter().map(|around| around.row || around.columns > 0 || around.speaker_alone).collect();
    let short = |index: usize| {
        let (line, feature) = (&lines[index], &features[index]);
        let limit = if habits.latin { 60 } else { 24 };
        line.chars <= limit
            && feature.number.is_none()
            && feature.meta.is_none()
            && feature.whole.is_none()
            && feature.start.is_none()
            && feature.anywhere.is_none()
            && !feature.rule
            && !feature.page_number
            && !feature.address
            && feature.colon.is_none()
            && !rows[index]
    };
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        if !short(start) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while end < lines.len() && short(end) && (!habits.grouped || lines[end].blanks == 0) {
            end += 1;
        }
        spans.push((start, end));
        start = end;
    }
    let slogans = slogans(lines, features, short);
    for (start, end) in spans {
        judge_group(lines, features, habits, (start, end), around);
    }
    for (start, end) in slogans {
        around[start..end].iter_mut().for_each(|around| around.group = Group::Slogans);
    }
}

/// Two to six short lines after a colon, however they are spaced.
fn slogans(lines: &[Line], features: &[Features], short: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    for start in 1..lines.len() {
        if features[start - 1].ends != Ends::Colon || lines[start - 1].chars < 12 {
            continue;
        }
        let fits = |index: &usize| short(*index) && features[*index].ends == Ends::Open && lines[*index].chars <= 20;
        let end = (start..lines.len()).find(|index| !fits(index)).unwrap_or(lines.len());
        if (2..=6).contains(&(end - start)) {
            spans.push((start, end));
        }
    }
    spans
}

fn judge_group(
    lines: &[Line],
    features: &[Features],
    habits: Habits,
    (start, end): (usize, usize),
    around: &mut [Surroundings],
) {
    let count = end - start;
    let punctuated = |index: usize| features[index].ends != Ends::Open;
    let marks = (start..end).filter(|index| punctuated(*index)).count();
    // A title and a poet may stand on top without punctuation.
    let head = if marks * 2 > count { (start..end).take_while(|index| !punctuated(*index)).count().min(2) } else { 0 };
    let body = start + head..end;
    if body.len() < 2 {
        return;
    }
    let above = habits.texts > 0 && (start < habits.first_text || is_list(lines, start..end));
    if marks == 0 && (habits.texts >= 3 || above) && !is_unpunctuated_verse(lines, habits, body.clone()) {
        return;
    }
    let first = clause(&lines[body.start].text);
    let alike = |index: &usize| {
        let own = clause(&lines[*index].text);
        own.is_some() && (body.len() >= 4 || own == first)
    };
    let regular = body.clone().filter(alike).count();
    let dialogue = body.clone().filter(|index| features[*index].speaks).count();
    let sentences = body.clone().filter(|index| features[*index].ends == Ends::Sentence).count();
    let commas = body.clone().filter(|index| features[*index].ends == Ends::Comma).count();
    let group = if regular * 5 >= body.len() * 4 && (body.len() >= 4 || marks > 0) && dialogue == 0 {
        Group::Regular
    } else if body.len() >= 3
        && dialogue * 4 < body.len()
        && (sentences * 5 <= body.len() * 2 || commas * 4 >= body.len())
    {
        Group::Free
    } else {
        Group::None
    };
    if group != Group::None {
        around[body].iter_mut().for_each(|around| around.group = group);
        around[start..start + head].iter_mut().for_each(|around| around.group = Group::Head);
    }
}

/// Whether a third or more of some lines have figures: amounts and times, not verse.
fn is_list(lines: &[Line], range: Range<usize>) -> bool {
    let count = range.len();
    let figures = lines[range].iter().filter(|line| line.text.contains(|c: char| c.is_ascii_digit())).count();
    figures * 3 >= count
}

/// Beside prose, short lines without any mark are a menu, a list of links or the cells of a table; verse only within
/// the text and in lines of about one length.
fn is_unpunctuated_verse(lines: &[Line], habits: Habits, body: Range<usize>) -> bool {
    let within = body.start > habits.first_text && body.end <= habits.last_text;
    let lengths = lines[body].iter().map(|line| line.chars);
    let (least, most) = (lengths.clone().min().unwrap_or(0), lengths.max().unwrap_or(0));
    within && least >= 3 && most - least <= 2
}

/// The length of the clauses of a line of verse: one clause, two or more of equal length, each of four to seven
/// characters.
fn clause(text: &str) -> Option<usize> {
    if text.starts_with(['（', '(', '【', '[']) {
        return None;
    }
    let clauses: Vec<usize> = text
        .split(['，', '。', '！', '？', '；', '、', ',', ' ', '\u{3000}', '：'])
        .map(|clause| clause.chars().count())
        .filter(|chars| *chars > 0)
        .collect();
    let first = *clauses.first()?;
    ((4..=7).contains(&first) && clauses.iter().all(|chars| *chars == first)).then_some(first)
}

/// `term: meaning` on three lines or more, numbers alone between them passed over.
fn terms(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let is_term = |index: usize| {
        let feature = &features[index];
        let Some(colon) = feature.colon.map(usize::from).or_else(|| far_colon(&lines[index])) else { return false };
        let term = &lines[index].text[..colon];
        let meaning = lines[index].text[colon..].chars().count();
        !around[index].speaker
            && feature.start.is_none()
            && !term.contains(['，', '。', '“'])
            && meaning > 6
            && !lines[index].text[colon..].starts_with("：“")
            && feature.meta.as_ref().is_none_or(|meta| meta.left_over > 4)
    };
    let members: Vec<usize> = (0..lines.len()).filter(|index| is_term(*index)).collect();
    let near = |left: usize, right: usize| {
        right - left == 1
            || (right - left == 2 && features[left + 1].number.is_some_and(|number| number.family == Family::Alone))
    };
    let mut start = 0;
    while start < members.len() {
        let mut end = start + 1;
        while end < members.len() && near(members[end - 1], members[end]) {
            end += 1;
        }
        if end - start >= 2 {
            members[start..end].iter().for_each(|member| around[*member].terms = true);
        }
        start = end;
    }
}

/// Lines of headings' form that stand together before the text and come again later.
fn contents(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let opening = features.iter().position(|feature| feature.whole == Some(Meaning::Contents));
    let plain = |index: usize| -> String {
        let text = &lines[index].text[features[index].number.map_or(0, |number| number.rest)..];
        let cut =
            text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || ".．…·・-—（）()".contains(c));
        cut.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let mut last_at: HashMap<String, usize> = HashMap::new();
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| line.chars <= 50) {
        if features[index].number.is_some() || opening.is_some() {
            last_at.insert(plain(index), index);
        }
    }
    let again = |index: usize| lines[index].chars <= 60 && last_at.get(&plain(index)).is_some_and(|last| *last > index);
    let mut start = opening.map_or(0, |opening| opening + 1);
    while start < lines.len().min(opening.map_or(60, |opening| opening + 2)) {
        let mut end = start;
        let mut listed: BTreeSet<String> = BTreeSet::new();
        // A line that was listed already is the first heading itself.
        while end < lines.len()
            && (again(end) || (opening.is_some() && again_after_gap(&again, end, lines.len())))
            && listed.insert(plain(end))
        {
            end += 1;
        }
        if end - start >= 3 || (opening.is_some() && end > start + 1) {
            around[start..end].iter_mut().for_each(|around| around.contents = true);
            if let Some(opening) = opening {
                around[opening].contents = true;
            }
            return;
        }
        start += 1;
    }
}

/// One line that differs among lines that come again still belongs to the contents.
fn again_after_gap(again: &impl Fn(usize) -> bool, index: usize, count: usize) -> bool {
    index + 2 < count && again(index + 1) && again(index + 2) && index > 0 && again(index - 1)
}
