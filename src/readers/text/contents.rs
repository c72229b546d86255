//! Tables of contents: lines before the text that come again in it as headings, and the ranks they give to those.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::context::Surroundings;
use super::features::Features;
use super::headings::{self, Kind};
use super::lexicon::Meaning;
use super::lines::Line;

/// Lines of headings' form that stand together before the text and come again later.
pub(super) fn contents(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let opening = features.iter().position(|feature| feature.whole == Some(Meaning::Contents));
    // The letters of a heading without number and page, as one number (FNV-1a): a book has many.
    let plain = |index: usize| -> u64 {
        let text = &lines[index].text[features[index].number.map_or(0, |number| number.rest)..];
        let cut = text.trim_end_matches(|c: char| {
            c.is_ascii_digit()
                || matches!(c, '.' | '．' | '…' | '·' | '・' | '-' | '—' | '（' | '）' | '(' | ')')
                || c.is_whitespace()
        });
        let letters = cut.chars().filter(|c| !c.is_whitespace());
        letters.fold(0xCBF2_9CE4_8422_2325, |hash, c| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x100_0000_01B3))
    };
    let mut last_at: HashMap<u64, usize> = HashMap::new();
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| line.chars <= 50) {
        if features[index].number.is_some() || opening.is_some() {
            last_at.insert(plain(index), index);
        }
    }
    if let Some(opening) = opening {
        paged(lines, opening, around);
    }
    let again = |index: usize| lines[index].chars <= 60 && last_at.get(&plain(index)).is_some_and(|last| *last > index);
    let mut start = opening.map_or(0, |opening| opening + 1);
    while start < lines.len().min(opening.map_or(60, |opening| opening + 2)) {
        let mut end = start;
        let mut listed: BTreeSet<u64> = BTreeSet::new();
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
            list(features, start..end, &plain, around);
            return;
        }
        start += 1;
    }
}

/// Mark what a magazine lists of itself: lines below the word for it that end with the number of a page each.
fn paged(lines: &[Line], opening: usize, around: &mut [Surroundings]) {
    let page = |line: &Line| -> Option<u32> {
        let roman = line.text.trim_end_matches(|c: char| ('Ⅰ'..='Ⅻ').contains(&c) || c == 'I' || c == 'V');
        if roman.len() < line.text.len() && roman.ends_with([' ', '\u{3000}']) {
            return Some(0);
        }
        let words = line.text.trim_end_matches(|c: char| c.is_ascii_digit());
        let parted =
            words.ends_with([' ', '\u{3000}', '.', '…', '·', '/', 'P']) && words.chars().any(char::is_alphabetic);
        parted.then(|| line.text[words.len()..].parse().ok()).flatten()
    };
    let pages: Vec<u32> = lines[opening + 1..].iter().take(60).map_while(page).collect();
    if pages.len() >= 3 && pages.is_sorted() {
        around[opening..=opening + pages.len()].iter_mut().for_each(|around| around.contents = true);
    }
}

/// Give the headings below a table of contents the ranks it lists them with.
fn list(features: &[Features], entries: Range<usize>, plain: &impl Fn(usize) -> u64, around: &mut [Surroundings]) {
    let kinds: Vec<Kind> = entries
        .clone()
        .map(|index| features[index].number.map_or(Kind::Bare, |number| Kind::Numbered(number.family, number.value)))
        .collect();
    let mut ranks: HashMap<u64, usize> = HashMap::new();
    for (index, level) in entries.clone().zip(headings::levels(&kinds, false)) {
        ranks.insert(plain(index), level);
    }
    for (index, around) in around.iter_mut().enumerate().skip(entries.end) {
        if ranks.is_empty() {
            break;
        }
        if let Some(level) = ranks.remove(&plain(index)) {
            around.listed = level.min(6) as u8;
        }
    }
}

/// One line that differs among lines that come again still belongs to the contents.
fn again_after_gap(again: &impl Fn(usize) -> bool, index: usize, count: usize) -> bool {
    index + 2 < count && again(index + 1) && again(index + 2) && index > 0 && again(index - 1)
}
