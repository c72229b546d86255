//! Writes plain text: the words and what can be shown with characters, for reading, search and comparison.
//!
//! A paragraph is a line, blocks are parted by a blank line, notes stand at the end.

use unicode_width::UnicodeWidthStr;

use super::{Artifact, WriteError, Writer};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Block, BlockKind, Document, Inline, ListItem, ListMarks, NumberDelimiter, Row, RubyPair, Table};
use crate::edition::Edition;
use crate::format::Format;
use crate::options::WriteOptions;

pub struct TextWriter;

impl Writer for TextWriter {
    fn format(&self) -> Format {
        Format::Text
    }

    fn write(
        &self,
        document: &Document,
        _: &Edition,
        _: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let mut text = TextBlocks { text: String::new(), indent: String::new(), in_block: false, diagnostics };
        text.head(document);
        text.blocks(&document.blocks, false);
        for (label, blocks) in &document.notes {
            text.item(&format!("[{label}] "), blocks, false);
        }
        let mut text = text.text;
        if !text.is_empty() {
            text.push('\n');
        }
        Ok(Artifact { bytes: text.into_bytes(), ..Artifact::default() })
    }
}

struct TextBlocks<'a> {
    text: String,
    indent: String,
    /// Something stands on this line already.
    in_block: bool,
    diagnostics: &'a mut Diagnostics,
}

impl TextBlocks<'_> {
    /// Title, authors and date, where the blocks do not begin with them.
    fn head(&mut self, document: &Document) {
        let metadata = &document.metadata;
        if document.title_heading().is_none()
            && let Some(title) = &metadata.title
        {
            self.line(title, false);
        }
        let authors: Vec<&str> = metadata.authors().collect();
        if !authors.is_empty() {
            self.line(&authors.join("、"), false);
        }
        if let Some(date) = &metadata.date {
            self.line(date, !authors.is_empty());
        }
    }

    fn line(&mut self, words: &str, tight: bool) {
        if self.in_block {
            self.text.push_str(if tight { "\n" } else { "\n\n" });
            self.text.push_str(&self.indent);
        }
        self.in_block = true;
        let broken = words.replace('\n', &format!("\n{}", self.indent));
        self.text.push_str(&broken);
    }

    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        blocks.iter().for_each(|block| self.block(block, tight));
    }

    fn block(&mut self, block: &Block, tight: bool) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                self.line(&words(content), tight)
            }
            BlockKind::Quote { blocks, attribution } => {
                self.blocks(blocks, tight);
                if !attribution.is_empty() {
                    self.line(&format!("——{}", words(attribution)), true);
                }
            }
            BlockKind::List { marks, tight: is_tight, items } => self.list(*marks, items, *is_tight, tight),
            BlockKind::Definitions { items } => {
                for item in items {
                    item.terms.iter().for_each(|term| self.line(&words(term), tight));
                    item.definitions.iter().for_each(|blocks| self.item("  ", blocks, true));
                }
            }
            BlockKind::Table(table) => self.table(table, tight),
            BlockKind::Code { text, .. } | BlockKind::Math { tex: text } => self.line(text, tight),
            BlockKind::Figure { blocks, caption } => {
                self.blocks(blocks, tight);
                if !caption.is_empty() {
                    self.line(&words(caption), tight);
                }
            }
            BlockKind::Verse { lines } => {
                let lines: Vec<String> = lines.iter().map(|line| words(line)).collect();
                self.line(&lines.join("\n"), tight);
            }
            BlockKind::Box { title, blocks, .. } => {
                if !title.is_empty() {
                    self.line(&words(title), tight);
                }
                self.blocks(blocks, tight);
            }
            BlockKind::ThematicBreak => self.line("＊　＊　＊", tight),
            BlockKind::PageBreak => {}
            BlockKind::Raw { format, .. } => {
                let message = format!("raw {format} is no text and was left out");
                self.diagnostics.warn(Loss::Dropped, "raw-source", None, message);
            }
        }
    }

    fn list(&mut self, marks: ListMarks, items: &[ListItem], is_tight: bool, tight: bool) {
        for (index, item) in items.iter().enumerate() {
            let mark = match (item.done, marks) {
                (Some(done), _) => if done { "☑ " } else { "☐ " }.to_owned(),
                (None, ListMarks::Bullet) => "• ".to_owned(),
                (None, ListMarks::Ordered { start, delimiter, .. }) => {
                    let number = u64::from(start) + index as u64;
                    match delimiter {
                        NumberDelimiter::Period | NumberDelimiter::None => format!("{number}. "),
                        NumberDelimiter::Parenthesis => format!("{number}) "),
                        NumberDelimiter::Parentheses => format!("（{number}）"),
                        NumberDelimiter::Comma => format!("{number}、"),
                    }
                }
            };
            self.item(&mark, &item.blocks, if index == 0 { tight } else { is_tight });
        }
    }

    /// Blocks behind a mark, indented to its width.
    fn item(&mut self, mark: &str, blocks: &[Block], tight: bool) {
        self.line(mark, tight);
        self.in_block = false;
        let before = self.indent.len();
        self.indent.push_str(&" ".repeat(mark.width()));
        self.blocks(blocks, tight);
        self.indent.truncate(before);
        self.in_block = true;
    }

    /// Cells with tabs between them, so that a sheet takes them.
    fn table(&mut self, table: &Table, tight: bool) {
        if !table.caption.is_empty() {
            self.line(&words(&table.caption), tight);
        }
        let rows = table.head.iter().chain(&table.body).chain(&table.foot);
        let row = |row: &Row| -> String {
            let cells = row.cells.iter().map(|cell| cell.blocks.iter().map(block_words).collect::<Vec<_>>().join(" "));
            cells.collect::<Vec<_>>().join("\t")
        };
        let lines: Vec<String> = rows.map(row).collect();
        self.line(&lines.join("\n"), tight);
    }
}

/// All words of a block in one line, for a cell.
fn block_words(block: &Block) -> String {
    let mut diagnostics = Diagnostics::new();
    let mut text =
        TextBlocks { text: String::new(), indent: String::new(), in_block: false, diagnostics: &mut diagnostics };
    text.block(block, true);
    text.text.replace(['\n', '\t'], " ")
}

/// The words of inlines; readings in brackets, notes by their labels, pictures by their alternatives.
fn words(inlines: &[Inline]) -> String {
    inlines.iter().map(word).collect()
}

fn word(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => text.clone(),
        Inline::Ruby { pairs, .. } => {
            let pair = |pair: &RubyPair| match pair.annotation.as_str() {
                "" => pair.base.clone(),
                annotation => format!("{}（{annotation}）", pair.base),
            };
            pairs.iter().map(pair).collect()
        }
        Inline::Image(image) if image.alternative.is_empty() => String::new(),
        Inline::Image(image) => format!("［{}］", image.alternative),
        Inline::NoteReference(label) => format!("[{label}]"),
        Inline::LineBreak => "\n".to_owned(),
        Inline::Raw { .. } => String::new(),
        wrapper => words(wrapper.children()),
    }
}
