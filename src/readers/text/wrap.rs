//! Joins lines that were broken to a fixed width, also across pages.
//!
//! A text is taken for hard-wrapped when most of its longer lines end within a few columns of the same width and not at
//! the end of a sentence. There a full line goes on in the next one unless that one is indented, numbered or set apart.

use std::collections::HashMap;

use super::features::{is_page_number, may_be_page_number};
use super::lines::Line;
use super::number::{Family, number};
use super::signs::Signs;

/// Lines with their continuations joined to them, and how many were joined.
pub(super) fn unwrap(lines: Vec<Line<'_>>) -> (Vec<Line<'_>>, usize) {
    let width = wrapped_width(&lines).or_else(|| unfinished_width(&lines));
    let furniture = furniture(&lines, width.is_some());
    if width.is_none() && !furniture.iter().any(|is| *is) {
        return (lines, 0);
    }
    let layout = Layout::of(&lines, width);
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut joined = 0;
    // The last line of the text itself in `out`, its width as the source has it, and what stands between.
    let mut last: Option<(usize, usize, bool)> = None;
    for (line, furniture) in lines.into_iter().zip(furniture) {
        if furniture {
            last = last.map(|(index, columns, _)| (index, columns, true));
            out.push(Line { furniture, ..line });
            continue;
        }
        let columns = line.columns() + line.indent as usize;
        if let Some((index, before, across)) = last
            && layout.goes_on(&out[index], before, &line, across)
        {
            join(&mut out[index], &line);
            joined += 1;
            last = Some((index, columns, false));
            continue;
        }
        last = Some((out.len(), columns, false));
        out.push(line);
    }
    (out, joined)
}

/// The width a text was wrapped to, in columns.
fn wrapped_width(lines: &[Line]) -> Option<usize> {
    let mut counts = [0usize; 130];
    let (mut long, mut longer) = (0usize, 0usize);
    for line in lines {
        let columns = line.columns() + line.indent as usize;
        if is_drawn(line) {
            continue;
        }
        if columns >= 130 {
            longer += 1;
        } else if columns >= 24 {
            long += 1;
            counts[columns] += 1;
        }
    }
    if long < 4 || longer * 10 > long {
        return None;
    }
    // The widest stretch of a few columns that holds most lines.
    let slack = if lines.iter().take(200).all(|line| line.text.is_ascii()) { 12 } else { 5 };
    let near = |width: usize| counts[width.saturating_sub(slack)..=width].iter().sum::<usize>();
    let width = (24..130).max_by_key(|width| (near(*width), *width))?;
    let width = (width.saturating_sub(slack)..=width).rev().find(|width| counts[*width] > 0)?;
    let beyond: usize = counts[(width + 3).min(130)..].iter().sum();
    let inside =
        |line: &&Line| (width.saturating_sub(slack)..=width + 2).contains(&(line.columns() + line.indent as usize));
    let full = lines.iter().filter(inside).count();
    let unfinished = lines.iter().filter(inside).filter(|line| !ends_sentence(&line.text)).count();
    // The last line of a paragraph that is set apart ends a sentence anyway: where there are such, the others tell.
    let tight = lines.windows(2).filter(|pair| inside(&&pair[0]) && pair[1].blanks == 0);
    let (going, open) =
        tight.fold((0, 0), |(all, open), pair| (all + 1, open + usize::from(!ends_sentence(&pair[0].text))));
    let apart = going >= 3 && going < full && open * 4 >= going * 3;
    let most = full * 20 >= long * 9 && full >= 3;
    (most && beyond * 6 <= long && (unfinished * 2 >= full || apart)).then_some(width)
}

/// The width at which sentences are cut off: prose hardly ever ends a line without a mark, but for headings and the
/// like, and these are of any length.
fn unfinished_width(lines: &[Line]) -> Option<usize> {
    const SLACK: usize = 7;
    let mut counts = [0usize; 130];
    let mut finished = 0usize;
    let (mut widest, mut prose) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|line| !is_set_apart(line)) {
        let columns = line.columns() + line.indent as usize;
        widest.push(columns);
        if ends_sentence(&line.text) {
            finished += 1;
        } else if (24..130).contains(&columns) {
            counts[columns] += 1;
            prose.push((columns, line.text.contains(['，', '。', '、', '；', ',', '：'])));
        }
    }
    let near = |width: usize| counts[width.saturating_sub(SLACK)..=width].iter().sum::<usize>();
    let width = (24..130).max_by_key(|width| (near(*width), std::cmp::Reverse(*width)))?;
    let inside = |columns: &usize| (width.saturating_sub(SLACK)..=width).contains(columns);
    let with_marks = prose.iter().filter(|(columns, marks)| inside(columns) && *marks).count();
    let beyond = widest.iter().filter(|columns| **columns > width + 3).count();
    // Verses are far shorter than lines that are cut off.
    let marked = prose.iter().filter(|(columns, marks)| columns * 2 >= width && *marks).count();
    let most = near(width) >= 3 && with_marks * 10 >= marked * 7;
    (most && finished > 0 && beyond * 4 <= near(width) && with_marks * 5 >= near(width) * 2).then_some(width)
}

/// A line of a table, a head of a letter or post, an address: it is not wrapped with the others.
fn is_set_apart(line: &Line) -> bool {
    is_keyed(line)
        || line.indent >= 10
        || line.signs.any(Signs::BAR | Signs::BLANK) && line.raw.contains(['\t', '|'])
        || line.signs.any(Signs::SPACES) && line.raw.contains("   ")
        || line.text.starts_with(['※', '>', '['])
        || is_drawn(line)
}

fn is_drawn(line: &Line) -> bool {
    let worded = Signs::HAN | Signs::LETTER | Signs::DIGIT;
    line.text.len() >= 3 && !line.signs.any(worded) && !line.text.contains(char::is_alphanumeric)
}

fn ends_in_address(text: &str) -> bool {
    let last = text.rsplit([' ', '：', '\u{3000}']).next().unwrap_or(text);
    last.contains("://") || last.contains("www.")
}

/// `发信人: …`: a statement of its own, not running text.
fn is_keyed(line: &Line) -> bool {
    if !line.signs.any(Signs::COLON) {
        return false;
    }
    let head = line.text.char_indices().take(8).find(|(_, c)| *c == ':' || *c == '：');
    head.is_some_and(|(at, _)| at > 0) && line.chars < 80 && !line.text.contains(['。', '，'])
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '」', '』', '）', ')', '"'])
        .ends_with(['。', '！', '？', '!', '?', '.', '：', ':', '；', '…'])
}

/// Page numbers, and lines repeated beside them or beside form feeds.
fn furniture(lines: &[Line], wrapped: bool) -> Vec<bool> {
    let mut is: Vec<bool> = lines.iter().map(|line| may_be_page_number(line) && is_page_number(&line.text)).collect();
    let feeds = lines.iter().filter(|line| line.new_page).count();
    if wrapped || feeds > 0 {
        bare_page_numbers(lines, &mut is);
    }
    if feeds + is.iter().filter(|is| **is).count() < 2 {
        return is;
    }
    let beside: Vec<usize> = (0..lines.len())
        .filter(|index| {
            let at = |near: usize| is.get(near).copied().unwrap_or(false);
            lines[*index].chars <= 30
                && (lines[*index].new_page
                    || at(index + 1)
                    || at(index.wrapping_sub(1))
                    || lines.get(index + 1).is_some_and(|next| next.new_page))
        })
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    beside.iter().for_each(|index| *counts.entry(lines[*index].text.as_ref()).or_default() += 1);
    for index in beside {
        let spread = wrapped && lines[index].raw.contains("    ");
        is[index] |= counts[lines[index].text.as_ref()] >= 2 || spread;
    }
    is
}

/// Digits alone that count up through a wrapped or paged text.
fn bare_page_numbers(lines: &[Line], is: &mut [bool]) {
    let digits = |line: &Line| -> Option<u32> {
        let text = line.text.as_ref();
        (text.len() <= 4 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    let found: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(index, line)| Some((index, digits(line)?))).collect();
    let counting =
        found.len() >= 2 && found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1 && pair[1].0 > pair[0].0 + 3);
    if counting && found[0].0 > 2 {
        found.iter().for_each(|(index, _)| is[*index] = true);
    }
}

/// How the paragraphs of a wrapped text are told apart.
struct Layout {
    width: Option<usize>,
    slack: usize,
    /// Indentation of a line that goes on.
    base: u16,
    /// Paragraphs begin with an indentation, or have blank lines between them.
    marked: bool,
}

impl Layout {
    fn of(lines: &[Line], width: Option<usize>) -> Layout {
        let mut indents: HashMap<u16, usize> = HashMap::new();
        lines.iter().for_each(|line| *indents.entry(line.indent).or_default() += 1);
        let mut indents: Vec<(usize, u16)> = indents.into_iter().map(|(indent, count)| (count, indent)).collect();
        indents.sort_unstable_by(|left, right| right.cmp(left));
        let base = indents.iter().take(2).map(|(_, indent)| *indent).min().unwrap_or(0);
        let indented = lines.iter().filter(|line| line.indent >= base + 2).count();
        let apart = lines.iter().filter(|line| line.blanks > 0).count();
        let ascii = lines.iter().take(200).all(|line| line.text.is_ascii());
        Layout {
            width,
            slack: if ascii { 14 } else { 7 },
            base,
            marked: indented * 20 >= lines.len() || apart * 20 >= lines.len(),
        }
    }

    /// Whether `next` goes on with the paragraph of `line`, whose last line is `columns` wide.
    fn goes_on(&self, line: &Line, columns: usize, next: &Line, across_page: bool) -> bool {
        if is_keyed(next) || is_keyed(line) || next.text.starts_with(['※', '>']) {
            return false;
        }
        // A frame of drawn lines, and an address that ends its line.
        if is_drawn(line) || is_drawn(next) || ends_in_address(&line.text) {
            return false;
        }
        if next.indent >= self.base + 2 || (next.blanks > 0 && !across_page) {
            return false;
        }
        let sentence = ends_sentence(&line.text);
        let numbered = number(&next.text).filter(|number| number.family != Family::Alone);
        if numbered.is_some_and(|number| {
            sentence
                || number.family.names_a_division()
                || number.family == Family::ChineseComma
                || number.family == Family::Bullet
        }) {
            return false;
        }
        let is_heading = number(&line.text).is_some_and(|number| number.family.names_a_division()) && line.chars < 20;
        if is_heading {
            return false;
        }
        match self.width {
            Some(width) if columns + self.slack.max(first_word(next)) >= width => {
                !sentence || (self.marked && !across_page)
            }
            Some(_) => false,
            None => across_page && !sentence && line.chars >= 15,
        }
    }
}

/// Columns that the first word of a line and the blank before it would take: a line is full when they do not fit.
fn first_word(line: &Line) -> usize {
    let word = line.text.split(' ').next().unwrap_or_default();
    if word.len() <= 30 && word.is_ascii() { word.len() + 1 } else { 0 }
}

/// Put a continuation at the end of a line: without space beside Han or kana, else with one.
pub(super) fn join(line: &mut Line, next: &Line) {
    let text = line.text.to_mut();
    let (left, right) = (text.chars().next_back(), next.text.chars().next());
    let hyphenated = text.ends_with('-')
        && text.chars().rev().nth(1).is_some_and(|c| c.is_ascii_lowercase())
        && right.is_some_and(|c| c.is_ascii_lowercase());
    if hyphenated {
        text.pop();
        line.chars -= 1;
    } else if left.is_some_and(takes_space) && right.is_some_and(takes_space) {
        text.push(' ');
        line.chars += 1;
    }
    text.push_str(&next.text);
    // Not counted anew: a paragraph may go on over a hundred thousand lines.
    line.chars += next.chars;
    line.signs = line.signs | next.signs | Signs::SPACE;
    line.end = next.end;
    // What is joined is no row of a table.
    line.raw = "";
}

/// Whether a line end beside a character is a space: beside letters of spaced scripts.
fn takes_space(c: char) -> bool {
    let cjk = matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}');
    !cjk && !matches!(c, '—' | '…' | '“' | '‘' | '”' | '’' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::text::lines::lines;

    fn joined(text: &str) -> Vec<String> {
        let (found, _) = lines(text);
        unwrap(found).0.into_iter().map(|line| line.text.into_owned()).collect()
    }

    #[test]
    fn full_lines_go_on_and_short_ones_end() {
        let text = "　　清晨的渡口很安静，只有水声一下一下地拍\n着木桩。老船工坐在船头，把缆绳一圈一圈地绕好，\n然后点上一锅烟。\n　　“今天不开船了。”他说，声音很低，像是说给\n自己听的，又像是说给远处的山听的。\n";
        let found = joined(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("拍着木桩。老船工坐在船头，把缆绳一圈一圈地绕好，然后点上一锅烟。"));
    }

    #[test]
    fn latin_words_keep_their_space_and_lose_their_hyphen() {
        let mut line = lines("the quiet ferry was wait-\n").0.remove(0);
        join(&mut line, &lines("ing for us").0[0]);
        assert_eq!(line.text, "the quiet ferry was waiting for us");
        join(&mut line, &lines("all").0[0]);
        assert_eq!(line.text, "the quiet ferry was waiting for us all");
    }

    #[test]
    fn paragraphs_of_any_length_are_left_alone() {
        let text = "短的一行。\n这是一行稍微长一些的文字，写的是渡口的清晨。\n还有更长的一行，写的是渡口的黄昏，船都靠了岸，人都回了家，只剩下水声一下一下地拍着木桩。\n";
        assert_eq!(joined(text).len(), 3);
    }
}
