//! Groups of short lines: stanzas with their heads, and slogans after a colon.

use std::ops::{Range, RangeInclusive};

use super::context::{Group, Surroundings};
use super::features::{Ends, Features};
use super::habits::Habits;
use super::lexicon::Meaning;
use super::lines::Line;
use super::names::is_byline;
use super::signs::Signs;

/// Stanzas and slogans: three or more short lines together.
pub(super) fn groups(lines: &[Line], features: &[Features], habits: Habits, around: &mut [Surroundings]) {
    let rows: Vec<bool> =
        around.iter().map(|around| around.row || around.columns > 0 || around.speaker_alone || around.item).collect();
    let linked: Vec<bool> =
        around.iter().map(|around| around.related > 1 || around.listed > 0 || around.contents).collect();
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
            && !linked[index]
            && line.chars > 1
            && !line.text.starts_with(['#', '＃'])
            && !(line.signs.any(Signs::SLASH) && line.text.contains(" / "))
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
    let slogans = slogans(lines, features, habits, short);
    let verse = is_verse_file(lines, features, &spans, habits);
    for (start, end) in spans {
        let start = start + headed(lines, features, start, end);
        for part in parted(features, start, end) {
            if verse { verse_group(lines, part, around) } else { judge_group(lines, features, habits, part, around) }
        }
    }
    let word = |index: &usize| lines[*index].chars == 1 && lines[*index].text.chars().all(char::is_alphabetic);
    if verse {
        for index in (1..lines.len()).filter(word) {
            // Right below another line, and over none of a stanza, it ends one.
            let over = around.get(index + 1).is_some_and(|below| below.group != Group::None);
            let ends = lines[index].blanks == 0 && around[index - 1].group == Group::Free && !over;
            around[index].group = if ends { Group::Free } else { Group::Head };
        }
    }
    announced(lines, features, around);
    couplets(lines, features, around);
    for (start, end) in slogans {
        around[start..end].iter_mut().for_each(|around| around.group = Group::Slogans);
    }
}

/// Whether a file is nothing but poems: short open lines in groups that blank lines part, and hardly any prose.
fn is_verse_file(lines: &[Line], features: &[Features], spans: &[(usize, usize)], habits: Habits) -> bool {
    let own = |index: &usize| !features[*index].of_the_site() && features[*index].meta.is_none();
    let all = (0..lines.len()).filter(own).count();
    let within = |(start, end): &(usize, usize)| {
        let open = (*start..*end).filter(|at| features[*at].ends != Ends::Sentence && own(at)).count();
        if end - start >= 2 { open } else { 0 }
    };
    let grouped: usize = spans.iter().map(within).sum();
    let stanzas = spans.iter().filter(|(start, end)| end - start >= 2).count();
    let chars: u32 = spans.iter().flat_map(|(start, end)| *start..*end).map(|at| lines[at].chars).sum();
    let count = spans.iter().map(|(start, end)| end - start).sum::<usize>().max(1) as u32;
    let words = !lines.iter().any(|line| line.text.contains('\t'));
    habits.grouped
        && habits.texts <= 1
        && stanzas >= 4
        && grouped >= 10
        && grouped * 10 >= all * 7
        && chars <= count * 14
        && words
}

/// How many lines of a group on top of the file are above its poem: up to the name of who wrote it.
fn headed(lines: &[Line], features: &[Features], start: usize, end: usize) -> usize {
    let signs = |at: &usize| *at > 0 && features[*at].ends == Ends::Open && is_byline(&lines[*at].text);
    let named = (start..end.min(6)).find(signs).filter(|at| at + 2 < end);
    named.map_or(0, |at| at + 1 - start)
}

/// Mark lines of equal clauses right below what announces them: 正是：, 诗曰：.
fn announced(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    for above in 0..lines.len().saturating_sub(2) {
        if features[above].ends != Ends::Colon || features[above + 1].ends == Ends::Open || lines[above + 1].chars > 24
        {
            continue;
        }
        let Some(first) = clause(&lines[above + 1].text) else { continue };
        let verse = |at: &usize| {
            let plain = features[*at].ends != Ends::Open && !features[*at].speaks && features[*at].number.is_none();
            plain && clause(&lines[*at].text) == Some(first)
        };
        let end = (above + 1..lines.len()).find(|at| !verse(at)).unwrap_or(lines.len());
        if end - above > 2 {
            around[above + 1..end].iter_mut().for_each(|around| around.group = Group::Regular);
        }
    }
}

/// Mark verses in prose by their form alone: two pairs or more of lines of as many characters, the first of each pair
/// with a comma and the second with a full stop at its end.
fn couplets(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let verse = |at: usize, ends: Ends, count: usize| {
        features.get(at).is_some_and(|feature| feature.ends == ends && !feature.speaks && lines[at].chars <= 8)
            && of_a_verse(&lines[at].text, count)
    };
    let mut at = 0;
    while at + 3 < lines.len() {
        let count = if features[at].ends == Ends::Comma && lines[at + 1].chars <= 8 {
            lines[at + 1].chars as usize - usize::from(lines[at + 1].chars > 0)
        } else {
            0
        };
        let pair = |at: usize| verse(at, Ends::Comma, count) && verse(at + 1, Ends::Sentence, count);
        let pairs = if count >= 5 { (0..).take_while(|pairs| pair(at + pairs * 2)).count() } else { 0 };
        if pairs >= 2 {
            around[at..at + pairs * 2].iter_mut().for_each(|around| around.group = Group::Regular);
            // What announces them is prose.
            if at > 0 && features[at - 1].ends == Ends::Colon {
                around[at - 1].group = Group::None;
            }
        }
        at += (pairs * 2).max(1);
    }
}

/// Whether a line is one clause of so many characters, or two of three where others have seven.
fn of_a_verse(text: &str, count: usize) -> bool {
    let mut clauses = text.split(MARKS).map(|clause| clause.chars().count()).filter(|chars| *chars > 0);
    match (clauses.next(), clauses.next(), clauses.next()) {
        (Some(first), None, None) => first == count,
        (Some(3), Some(3), None) => count == 7,
        _ => false,
    }
}

/// In a file of poems, lines together are a stanza, and a few words alone over a stanza their title.
fn verse_group(lines: &[Line], (start, end): (usize, usize), around: &mut [Surroundings]) {
    // On top of the file stand its title and who wrote it.
    let named = if start == 0 { 1 + lines[1..end].iter().take_while(|line| is_byline(&line.text)).count() } else { 0 };
    let start = start + named.min(end - start);
    let over = lines.get(end).is_some_and(|below| below.blanks > 0);
    let head = end - start == 1 && lines[start].chars <= 10 && over;
    around[start..end].iter_mut().for_each(|around| around.group = if head { Group::Head } else { Group::Free });
}

/// The poems among lines that stand together: where nearly all lines end with a mark, one that does not heads the next.
fn parted(features: &[Features], start: usize, end: usize) -> Vec<(usize, usize)> {
    let open = |index: &usize| features[*index].ends == Ends::Open;
    let heads = (start..end).filter(open).count();
    if heads * 3 > end - start {
        return vec![(start, end)];
    }
    let begins = |index: &usize| open(index) && features[*index - 1].ends == Ends::Sentence;
    let mut starts: Vec<usize> = std::iter::once(start).chain((start + 1..end).filter(begins)).collect();
    starts.push(end);
    starts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Two to six short lines after a colon, however they are spaced.
fn slogans(
    lines: &[Line],
    features: &[Features],
    habits: Habits,
    short: impl Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    for start in 1..lines.len() {
        if features[start - 1].ends != Ends::Colon || lines[start - 1].chars < 12 {
            continue;
        }
        let fits = |index: &usize| {
            let own_script = habits.latin || !lines[*index].text.is_ascii();
            short(*index)
                && features[*index].ends == Ends::Open
                && lines[*index].chars <= 20
                && own_script
                && !lists_names(&lines[*index].text)
        };
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
    let chrome = || features[end..].iter().take(3).any(Features::of_the_site);
    if habits.texts > 0 && start > habits.last_text && (marks == 0 || marks * 3 <= count && chrome()) {
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
    // Verses of unequal length, each with its full stop, over notes on them.
    let annotated = lines[end..].iter().zip(&features[end..]).take(4).any(|(line, feature)| {
        feature.whole == Some(Meaning::Notes)
            || EXPLAINED.iter().any(|word| line.text.trim_start_matches(['【', '[', '［']).starts_with(word))
    });
    let lyric = annotated
        && body.len() >= 3
        && dialogue == 0
        && body.clone().all(|index| clauses_within(&lines[index].text, 2..=9));
    let even = regular * 5 >= body.len() * 4 && (body.len() >= 4 || marks > 0) && dialogue == 0;
    // Short lines over sentences at least twice as long: headings and their text.
    let open = body.clone().filter(|index| features[*index].ends == Ends::Open).map(|index| lines[index].chars).max();
    let ended =
        body.clone().filter(|index| features[*index].ends == Ends::Sentence).map(|index| lines[index].chars).min();
    let headed = open.zip(ended).is_some_and(|(open, ended)| ended >= 14.max(open * 2));
    let group = if lyric || even {
        Group::Regular
    } else if !headed
        && body.len() >= 3
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

/// Words of two to four characters between blanks: a list of names.
pub(super) fn lists_names(text: &str) -> bool {
    let words = text.split([' ', '\u{3000}']).filter(|word| !word.is_empty());
    let name = |word: &str| word.chars().count() <= 4 && word.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    words.clone().count() >= 3 && words.into_iter().all(name)
}

/// What stands below a poem that is explained.
const EXPLAINED: &[&str] =
    &["注释", "注釋", "註釋", "译文", "譯文", "赏析", "賞析", "鉴赏", "鑑賞", "简析", "今译", "说明", "创作背景"];

/// Whether every clause of a line has so many characters.
fn clauses_within(text: &str, range: RangeInclusive<usize>) -> bool {
    let mut clauses = text.split(MARKS).map(|clause| clause.chars().count()).filter(|chars| *chars > 0).peekable();
    clauses.peek().is_some() && clauses.all(|chars| range.contains(&chars))
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

/// What parts the clauses of a verse.
const MARKS: [char; 10] = ['，', '。', '！', '？', '；', '、', ',', ' ', '\u{3000}', '：'];

/// The length of the clauses of a line of verse: one clause, two or more of equal length, each of four to seven
/// characters.
fn clause(text: &str) -> Option<usize> {
    if text.starts_with(['（', '(', '【', '[']) {
        return None;
    }
    let mut clauses = text.split(MARKS).map(|clause| clause.chars().count()).filter(|chars| *chars > 0);
    let first = clauses.next()?;
    ((4..=7).contains(&first) && clauses.all(|chars| chars == first)).then_some(first)
}
