//! One run of inlines to the paragraphs it really is: pages part paragraphs with `<br><br>` and indents too.

use super::convert::is_blank;
use crate::document::white_space::{is_ideographic, settle};
use crate::document::{Inline, plain_text};

/// The paragraphs in a run of raw inlines, settled. A single line break stays one, unless the lines are paragraphs by
/// their indent or their length.
pub fn split(line: Vec<Inline>) -> Vec<Vec<Inline>> {
    let lines = lines(line);
    let all_are_paragraphs = are_paragraphs(&lines);
    let mut paragraphs: Vec<Vec<Inline>> = Vec::new();
    for line in lines {
        match paragraphs.last_mut() {
            Some(before) if !all_are_paragraphs && line.breaks == 1 && !line.indented => {
                before.push(Inline::LineBreak);
                before.extend(line.content);
            }
            _ => paragraphs.push(line.content),
        }
    }
    paragraphs.into_iter().map(settle).filter(|paragraph| !is_blank(paragraph)).collect()
}

struct Line {
    content: Vec<Inline>,
    /// Line breaks before it.
    breaks: usize,
    /// Starts with white space that a typist puts before a paragraph.
    indented: bool,
}

fn lines(line: Vec<Inline>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut content = Vec::new();
    let mut breaks = 0;
    let close = |content: &mut Vec<Inline>, breaks: usize, lines: &mut Vec<Line>| {
        let content = std::mem::take(content);
        let indented = is_indented(&content);
        lines.push(Line { content, breaks, indented });
    };
    for inline in line {
        if inline != Inline::LineBreak {
            content.push(inline);
            continue;
        }
        if !is_blank(&content) {
            close(&mut content, breaks, &mut lines);
            breaks = 0;
        }
        // What is blank between two breaks is an empty line; an indent before text that follows was already parted.
        content.clear();
        breaks += 1;
    }
    if !is_blank(&content) {
        close(&mut content, breaks, &mut lines);
    }
    lines
}

/// Two no-break spaces or an ideographic one at the start.
fn is_indented(content: &[Inline]) -> bool {
    let text = plain_text(&content[..content.len().min(3)]);
    let spaces = text.chars().take_while(|c| c.is_whitespace());
    let width: usize =
        spaces.map(|c| if c == '\u{3000}' { 2 } else { usize::from(c == '\u{a0}' || c == '\u{2003}') }).sum();
    width >= 2
}

/// Whether lines parted by single breaks are as long as paragraphs and end like them.
fn are_paragraphs(lines: &[Line]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let texts: Vec<String> = lines.iter().map(|line| plain_text(&line.content)).collect();
    let length: usize = texts
        .iter()
        .map(|text| text.trim().chars().map(|c| if is_ideographic(c) { 2 } else { 1 }).sum::<usize>())
        .sum();
    let ended = texts
        .iter()
        .filter(|text| text.trim_end().ends_with(['。', '！', '？', '”', '」', '…', '.', '!', '?', '：', ':', '；']));
    length / lines.len() >= 70 && ended.count() * 10 >= lines.len() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_texts(parts: &[&str]) -> Vec<String> {
        let mut line = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                line.push(Inline::LineBreak);
            }
            line.push(Inline::text(*part));
        }
        split(line).iter().map(|paragraph| plain_text(paragraph)).collect()
    }

    #[test]
    fn empty_lines_and_indents_part_paragraphs_single_breaks_do_not() {
        assert_eq!(split_texts(&["甲", "\n ", "乙"]), ["甲", "乙"]);
        assert_eq!(split_texts(&["\u{3000}\u{3000}甲。", "\u{3000}\u{3000}乙。"]), ["甲。", "乙。"]);
        assert_eq!(split_texts(&["床前", "看月"]), ["床前\n看月"]);
    }
}
