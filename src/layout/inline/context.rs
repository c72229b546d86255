//! Quotes, dashes and dots that are written alike in Chinese and in Western text: which of them stand in Chinese.

use std::collections::BTreeSet;

use crate::document::Region;

use super::char_class::{CharClass, chinese_class_of, class_of};
use super::itemize::{Flow, Part};

/// Bytes of the marks that belong to Chinese text, and so take the Chinese face and its frame.
///
/// A mark is Chinese when it touches CJK text, across spaces and other such marks; closing quotes go with their opening
/// ones; what is undecided follows the paragraph.
pub(super) fn marks_in_chinese(flow: &Flow) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let has_marks = flow.text.contains(['“', '”', '‘', '’', '—', '…', '·', '•', '–']);
    if !has_marks {
        return found;
    }
    let characters: Vec<(usize, char)> = flow.text.char_indices().collect();
    let has_cjk = characters.iter().any(|(_, character)| is_cjk(*character));
    if !has_cjk && flow.styles.first().is_none_or(|style| style.region == Region::Western) {
        return found;
    }
    let mut runs = Runs { flow, next: 0 };
    let decide = Decision { characters: &characters, default: has_cjk };
    let mut open: Vec<(char, bool)> = Vec::new();
    for (index, (at, character)) in characters.iter().enumerate() {
        if chinese_class_of(*character).is_none() || runs.is_code(*at) {
            continue;
        }
        let chinese = match character {
            '“' | '‘' => {
                let chinese = decide.opening(index);
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push((*character, chinese));
                chinese
            }
            '’' if decide.is_apostrophe(index) => false,
            '”' | '’' => {
                let partner = if *character == '”' { '“' } else { '‘' };
                match open.iter().rposition(|(mark, _)| *mark == partner) {
                    Some(place) => {
                        let chinese = open[place].1;
                        open.truncate(place);
                        chinese
                    }
                    None => decide.touches(index),
                }
            }
            _ => decide.touches(index),
        };
        if chinese {
            found.insert(*at as u32);
        }
    }
    found
}

fn is_cjk(character: char) -> bool {
    class_of(character).is_cjk()
}

struct Runs<'a> {
    flow: &'a Flow,
    next: usize,
}

impl Runs<'_> {
    /// Whether the byte stands in code or mathematics; bytes are asked in ascending order.
    fn is_code(&mut self, at: usize) -> bool {
        while self.flow.runs.get(self.next).is_some_and(|(end, _)| *end as usize <= at) {
            self.next += 1;
        }
        let style = self.flow.runs.get(self.next).map(|(_, style)| &self.flow.styles[*style as usize]);
        style.is_some_and(|style| matches!(style.part, Part::Code | Part::Formula | Part::NoteMark))
    }
}

struct Decision<'a> {
    characters: &'a [(usize, char)],
    default: bool,
}

/// Opening quotes remembered for their closing ones.
const DEEPEST: usize = 16;
/// How far the neighbours of a mark are looked for; longer gaps follow the paragraph.
const REACH: usize = 8;

impl Decision<'_> {
    fn before(&self, index: usize) -> Option<char> {
        self.characters[..index].iter().rev().take(REACH).map(|one| one.1).find(|one| !is_transparent(*one))
    }

    fn after(&self, index: usize) -> Option<char> {
        self.characters[index + 1..].iter().take(REACH).map(|one| one.1).find(|one| !is_transparent(*one))
    }

    fn touches(&self, index: usize) -> bool {
        match (self.before(index), self.after(index)) {
            (None, None) => self.default,
            (before, after) => before.is_some_and(is_cjk) || after.is_some_and(is_cjk),
        }
    }

    fn opening(&self, index: usize) -> bool {
        match (self.before(index), self.after(index)) {
            (Some(before), _) if is_cjk(before) => true,
            (_, Some(after)) if is_cjk(after) => true,
            (None, _) => self.default,
            _ => false,
        }
    }

    fn is_apostrophe(&self, index: usize) -> bool {
        let near = |character: Option<&(usize, char)>| {
            character.is_some_and(|(_, one)| matches!(class_of(*one), CharClass::Letter | CharClass::Digit))
        };
        near(index.checked_sub(1).and_then(|before| self.characters.get(before)))
            && near(self.characters.get(index + 1))
    }
}

fn is_transparent(character: char) -> bool {
    chinese_class_of(character).is_some()
        || matches!(
            class_of(character),
            CharClass::Space | CharClass::FixedSpace | CharClass::Invisible | CharClass::Mark
        )
}
