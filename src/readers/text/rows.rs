//! Lines that are rows of a table: as many cells as their neighbours.

use super::context::Surroundings;
use super::features::{Ends, Features};
use super::lexicon;
use super::lines::Line;
use super::signs::Signs;
use super::words::Words;

/// Neighbouring lines of as many cells are rows of a table: two with tabs or bars, three parted by blanks.
pub(super) fn rows(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut start = 0;
    while start < lines.len() {
        let cells = features[start].cells;
        if cells < 2 {
            start += 1;
            continue;
        }
        let parted = |index: usize| ['\t', '|', '｜', '│'].into_iter().find(|mark| lines[index].raw.contains(*mark));
        let by = parted(start);
        let mut end = start + 1;
        while end < lines.len()
            && features[end].cells.abs_diff(cells) <= 1
            && features[end].cells >= 2
            && parted(end) == by
        {
            end += 1;
        }
        let stated =
            features[start..end].iter().filter(|feature| feature.meta.as_ref().is_some_and(|meta| meta.keys > 0));
        let stated = stated.count() * 2 > end - start;
        let by_blanks = !lines[start].raw.contains(['\t', '|', '｜', '│']);
        let exact = features[start..end].iter().filter(|feature| feature.cells == cells).count();
        let enough = if by_blanks { end - start >= 3 && exact * 3 >= (end - start) * 2 } else { end - start >= 2 };
        if enough && !stated && !is_counted_list(&lines[start..end]) {
            around[start..end].iter_mut().for_each(|around| around.row = true);
        }
        start = end;
    }
    spaced_rows(lines, features, around);
    facts(lines, features, around);
}

/// Fewest lines of a box of facts.
const FACTS: usize = 4;

/// Rows of a box of facts of an encyclopedia: `中文名：林小禾` over others of a key and its value.
fn facts(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    static FIRST: Words = Words::new(&["中文名", "外文名", "本名", "原名", "中文学名", "拉丁学名", "中文名称"]);
    let fact = |index: usize| {
        let (line, feature) = (&lines[index], &features[index]);
        let keyed = feature.colon.is_some_and(|colon| colon <= 18);
        keyed && line.chars <= 60 && feature.ends == Ends::Open && feature.number.is_none() && !feature.of_the_site()
    };
    let mut start = 0;
    while start < lines.len() {
        if !(lines[start].signs.any(Signs::COLON) && FIRST.begin(&lines[start].text) && fact(start)) {
            start += 1;
            continue;
        }
        let end = (start..lines.len()).find(|at| !fact(*at)).unwrap_or(lines.len());
        if end - start >= FACTS && !around[start..end].iter().any(|around| around.row) {
            around[start..end].iter_mut().for_each(|around| around.row = true);
        }
        start = end;
    }
}

/// Whether some lines are a number, a blank and a longer text each: works that were read, not a table.
fn is_counted_list(lines: &[Line]) -> bool {
    let parts = |line: &Line| {
        line.raw.split_once(['\t', ' ']).map(|(number, rest)| (number.trim().to_owned(), rest.trim().chars().count()))
    };
    let counts = |(offset, line): (usize, &Line)| {
        parts(line).is_some_and(|(number, rest)| number == (offset + 1).to_string() && rest >= 14)
            && !line.raw.trim().contains('\t')
            || parts(line).is_some_and(|(number, rest)| number == (offset + 1).to_string() && rest >= 14)
                && line.raw.matches('\t').count() == 1
    };
    lines.iter().enumerate().all(counts)
}

/// Fewest rows, their head among them, of a table whose cells only single blanks part.
const SPACED: usize = 3;

/// Rows of which single blanks part the cells: a head that names columns over lines of as many words, figures last.
fn spaced_rows(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let words = |index: usize| -> usize {
        let (line, feature) = (&lines[index], &features[index]);
        let plain = line.chars <= 60 && matches!(feature.ends, Ends::Open) && !around[index].row && !feature.rule;
        let marks = || line.text.contains(['，', '。', '；', '：', '！', '？', '、', '“', '｜', '|']);
        if !plain || !line.signs.any(Signs::SPACE | Signs::BLANK) || !line.text.contains([' ', '\u{3000}']) || marks() {
            return 0;
        }
        let count = line.text.split_whitespace().count();
        if line.text.split_whitespace().all(|word| word.chars().count() <= 12) { count } else { 0 }
    };
    let mut tables = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let columns = words(start);
        let mut end = start + 1;
        while end < lines.len() && columns >= 2 && words(end) == columns {
            end += 1;
        }
        if columns >= 2 && end - start >= SPACED && is_headed(lines, start, end, columns) {
            tables.push((start, end));
        }
        start = end;
    }
    for (start, end) in tables {
        for around in &mut around[start..end] {
            (around.row, around.spaced) = (true, true);
        }
    }
}

/// Whether the first of some lines names columns without a figure, and nearly all last cells below it are values.
fn is_headed(lines: &[Line], start: usize, end: usize, columns: usize) -> bool {
    let head = lines[start].text.as_ref();
    let figures = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let last = |index: usize| lines[index].text.split_whitespace().next_back().unwrap_or_default();
    let value = |index: &usize| figures(last(*index)) || matches!(last(*index), "—" | "－" | "-" | "无" | "無" | "/");
    let values = (start + 1..end).filter(value).count();
    let named = head.split_whitespace().any(lexicon::names_a_column);
    let plain = head.split_whitespace().all(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let mostly = values * 4 >= (end - start - 1) * 3;
    plain && mostly && (named || columns >= 3)
}
