//! Which characters a document sets in which face.

use crate::document::{Block, BlockKind, BoxRole, Document, Inline};

/// A set of characters: a bit for each code point up to the highest met.
#[derive(Clone, Default)]
pub struct Characters(Vec<u64>);

impl Characters {
    fn add(&mut self, text: &str) {
        for character in text.chars() {
            let code = character as usize;
            if code / 64 >= self.0.len() {
                self.0.resize(code / 64 + 1, 0);
            }
            self.0[code / 64] |= 1 << (code % 64);
        }
    }

    /// In order of code point; controls and spaces are left out, because no face need set them.
    pub fn iter(&self) -> impl Iterator<Item = char> {
        let of_word = |(index, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| (index * 64 + bit) as u32)
        };
        let words = self.0.iter().enumerate().filter(|(_, word)| **word != 0);
        words.flat_map(of_word).filter_map(char::from_u32).filter(|one| !one.is_control() && *one != '\u{FEFF}')
    }
}

/// The characters of each face a book may carry.
#[derive(Default)]
pub struct Usage {
    /// All of them.
    pub text: Characters,
    pub strong: Characters,
    pub heading: Characters,
    pub caption: Characters,
    pub kai: Characters,
    pub code: Characters,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Body,
    Strong,
    Heading,
    Caption,
    Kai,
    Code,
}

/// Characters of the whole document; `words`, which the writer adds, may stand anywhere.
pub fn usage(document: &Document, words: &str) -> Usage {
    let mut usage = Usage::default();
    for set in [&mut usage.text, &mut usage.heading, &mut usage.caption] {
        set.add(words);
    }
    usage.blocks(&document.blocks, Style::Body);
    document.notes.values().for_each(|blocks| usage.blocks(blocks, Style::Body));
    usage
}

impl Usage {
    fn add(&mut self, text: &str, style: Style) {
        self.text.add(text);
        match style {
            Style::Body => {}
            Style::Strong => self.strong.add(text),
            Style::Heading => self.heading.add(text),
            Style::Caption => self.caption.add(text),
            Style::Kai => self.kai.add(text),
            Style::Code => self.code.add(text),
        }
    }

    fn blocks(&mut self, blocks: &[Block], style: Style) {
        for block in blocks {
            self.block(&block.kind, style);
        }
    }

    fn block(&mut self, kind: &BlockKind, style: Style) {
        match kind {
            BlockKind::Heading { content, .. } => self.inlines(content, Style::Heading),
            BlockKind::Paragraph { content, .. } => self.inlines(content, style),
            BlockKind::Quote { blocks, attribution } => {
                self.blocks(blocks, Style::Kai);
                self.inlines(attribution, Style::Kai);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks, style)),
            BlockKind::Definitions { items } => {
                for item in items {
                    item.terms.iter().for_each(|term| self.inlines(term, Style::Strong));
                    item.definitions.iter().for_each(|blocks| self.blocks(blocks, style));
                }
            }
            BlockKind::Table(table) => {
                self.inlines(&table.caption, Style::Caption);
                let cells = |rows: &[crate::document::Row], usage: &mut Usage, style| {
                    rows.iter().flat_map(|row| &row.cells).for_each(|cell| {
                        usage.blocks(&cell.blocks, if cell.heads_row { Style::Strong } else { style });
                    });
                };
                cells(&table.head, self, Style::Strong);
                cells(&table.body, self, style);
                cells(&table.foot, self, style);
            }
            BlockKind::Code { text, .. } => self.add(text, Style::Code),
            BlockKind::Figure { blocks, caption } => {
                self.blocks(blocks, style);
                self.inlines(caption, Style::Caption);
            }
            BlockKind::Verse { lines } => lines.iter().for_each(|line| self.inlines(line, Style::Kai)),
            BlockKind::Box { role, title, blocks } => {
                self.inlines(title, Style::Heading);
                let kai =
                    matches!(role, BoxRole::Epigraph | BoxRole::Dedication | BoxRole::EditorNote | BoxRole::Abstract);
                self.blocks(blocks, if kai { Style::Kai } else { style });
            }
            BlockKind::Math { tex } => self.add(tex, Style::Body),
            BlockKind::Raw { text, .. } => self.add(text, style),
            BlockKind::ThematicBreak | BlockKind::PageBreak => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline], style: Style) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Math(text) => self.add(text, style),
                Inline::Raw { text, .. } => self.add(text, style),
                Inline::Code(text) => self.add(text, Style::Code),
                Inline::Ruby { pairs, .. } => pairs.iter().for_each(|pair| {
                    self.add(&pair.base, style);
                    self.add(&pair.annotation, style);
                }),
                Inline::Image(image) => self.add(&image.alternative, style),
                Inline::Strong(content) if style == Style::Body => self.inlines(content, Style::Strong),
                Inline::Emphasis(content) if style == Style::Body => self.inlines(content, Style::Kai),
                other => self.inlines(other.children(), style),
            }
        }
    }
}
