//! Footnotes: lists of notes at the end of a text or chapter, and their marks in the text above.

use std::collections::{BTreeMap, BTreeSet};

use super::Analysis;
use super::labels::Label;
use super::numeral::arabic;
use crate::document::{Block, Inline, NoteId};

/// The notes of a file.
pub(super) struct Notes {
    /// Line, number and name of each note, in order of lines.
    known: Vec<(usize, u32, NoteId)>,
    attached: BTreeSet<usize>,
    found: BTreeMap<NoteId, Vec<Block>>,
}

impl Notes {
    /// The notes among the lines of the body. Names are their numbers; a number that comes again gets a suffix.
    pub fn of(analysis: &Analysis, body: &[usize]) -> Notes {
        let mut times: BTreeMap<u32, u32> = BTreeMap::new();
        let mut known = Vec::new();
        let mut above: Option<usize> = None;
        for index in body {
            if analysis.labelled[*index].label != Label::Note {
                above = Some(*index);
                continue;
            }
            if above.is_some_and(|above| is_bibliography(&analysis.lines[above].text)) {
                continue;
            }
            let Some(number) = analysis.features[*index].number else { continue };
            let time = times.entry(number.value).or_default();
            *time += 1;
            let name = if *time == 1 { number.value.to_string() } else { format!("{}-{time}", number.value) };
            known.push((*index, number.value, name));
        }
        Notes { known, attached: BTreeSet::new(), found: BTreeMap::new() }
    }

    /// A text as inlines, the marks of notes that follow it as references.
    pub fn inlines(&mut self, text: String, line: usize) -> Vec<Inline> {
        if self.known.is_empty() {
            return vec![Inline::Text(text)];
        }
        let mut inlines = Vec::new();
        let mut written = 0;
        for (start, end, value) in marks(&text) {
            let after = self.known.partition_point(|(note, ..)| *note <= line);
            let Some((note, _, name)) = self.known[after..].iter().find(|(_, number, _)| *number == value) else {
                continue;
            };
            // A mark at the very start is a number of the line itself.
            if start == 0 {
                continue;
            }
            if start > written {
                inlines.push(Inline::Text(text[written..start].to_owned()));
            }
            inlines.push(Inline::NoteReference(name.clone()));
            self.attached.insert(*note);
            written = end;
        }
        if written == 0 {
            return vec![Inline::Text(text)];
        }
        if written < text.len() {
            inlines.push(Inline::Text(text[written..].to_owned()));
        }
        inlines
    }

    pub fn is_attached(&self, line: usize) -> bool {
        self.attached.contains(&line)
    }

    pub fn put(&mut self, line: usize, block: Block) {
        if let Ok(at) = self.known.binary_search_by_key(&line, |(note, ..)| *note) {
            self.found.entry(self.known[at].2.clone()).or_default().push(block);
        }
    }

    pub fn take(&mut self) -> BTreeMap<NoteId, Vec<Block>> {
        std::mem::take(&mut self.found)
    }
}

/// Works are cited by number from many places: their list stays a list.
fn is_bibliography(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    ["参考文献", "參考文獻", "参考资料", "參考資料", "引用文献", "references", "bibliography", "참고문헌"]
        .iter()
        .any(|word| bare.ends_with(word))
}

/// Marks of notes in running text: `[1]` `〔1〕` `［注1］` `（注1）` `①` `¹`, with their byte ranges.
fn marks(text: &str) -> Vec<(usize, usize, u32)> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        let found = match c {
            '[' | '［' | '〔' | '【' | '（' | '(' => bracketed(text, end, matches!(c, '（' | '(')),
            '①'..='⑳' => Some((end, c as u32 - '①' as u32 + 1)),
            '¹' | '²' | '³' | '⁴'..='⁹' => superscript(&text[at..]).map(|(value, bytes)| (at + bytes, value)),
            _ => None,
        };
        match found {
            Some((end, value)) => {
                marks.push((at, end, value));
                at = end;
            }
            None => at = end,
        }
    }
    marks
}

fn bracketed(text: &str, inner: usize, needs_word: bool) -> Option<(usize, u32)> {
    let rest = &text[inner..];
    let word = if rest.starts_with(['注', '註']) { 3 } else { 0 };
    if needs_word && word == 0 {
        return None;
    }
    let (value, bytes) = arabic(&rest[word..])?;
    let close = rest[word + bytes..].chars().next().filter(|c| "]］〕】）)".contains(*c))?;
    (value < 2000).then_some((inner + word + bytes + close.len_utf8(), value))
}

fn superscript(text: &str) -> Option<(u32, usize)> {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|one| one == c);
    let digits: Vec<(u32, usize)> =
        text.chars().map_while(|c| digit(c).map(|value| (value as u32, c.len_utf8()))).take(3).collect();
    let value = digits.iter().fold(0, |value, (digit, _)| value * 10 + digit);
    Some((value, digits.iter().map(|(_, bytes)| bytes).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_every_form_are_found() {
        let values = |text: &str| marks(text).into_iter().map(|(_, _, value)| value).collect::<Vec<_>>();
        assert_eq!(values("渡口[1]的船〔2〕已（注3）开④了⁵，见[a]和(6)"), [1, 2, 3, 4, 5]);
    }
}
