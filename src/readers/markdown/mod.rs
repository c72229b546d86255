//! Reads Markdown: CommonMark 0.31.2 and what is in common use beside it, with emphasis and line joins that suit CJK text.
//!
//! Front matter is taken off first, emphasis beside CJK punctuation is prepared ([`emphasis`]), the parser's events become
//! blocks ([`blocks`]) and inlines ([`inlines`]), and raw HTML that has a meaning becomes part of the model.

mod attributes;
mod blocks;
mod containers;
mod emphasis;
mod front_matter;
mod html_blocks;
mod inlines;
mod lists;
mod raw_inline;
mod soft_breaks;
mod spans;
mod tables;
mod tags;

use std::cell::Cell;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser};

use super::{ReadError, Reader};
use crate::diagnostics::Diagnostics;
use crate::document::{BlockKind, Document, Level, walk_blocks_mut};
use crate::encoding;
use crate::format::Format;
use crate::options::{Limits, MarkdownFlavour, ReadOptions, StopSign};
use crate::source::Source;
use blocks::Builder;
use emphasis::Marked;

pub struct MarkdownReader;

/// Bytes of markup allowed for each node that is allowed: a link with its text has four and more.
const MARKS_PER_NODE: usize = 4;

impl Reader for MarkdownReader {
    fn format(&self) -> Format {
        Format::Markdown
    }

    fn read(
        &self,
        source: &Source,
        options: &ReadOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, ReadError> {
        let decoded = encoding::decode(source.bytes(), None, options.encoding.as_deref(), diagnostics);
        let text: &str = &decoded.text;
        bound(text, &options.limits)?;
        let flavour = options.markdown;
        let mut document = Document::default();
        document.provenance.encoding = Some(decoded.encoding.to_owned());
        let body = match flavour {
            MarkdownFlavour::CommonMark => 0,
            _ => front_matter::read(text, &mut document.metadata, diagnostics),
        };
        let marked = match flavour {
            MarkdownFlavour::CommonMark | MarkdownFlavour::Gfm => Marked::strict(&text[body..]),
            MarkdownFlavour::Banxin | MarkdownFlavour::Pandoc => Marked::cjk_friendly(&text[body..]),
        };
        let parser = Parser::new_ext(&marked.text, extensions(flavour, options.wikilinks)).into_offset_iter();
        // The document is counted exactly once it is read; one much too large must not be built first.
        let most = options.limits.nodes.saturating_add(options.limits.nodes / 16);
        let left = Cell::new(most);
        let events = Events { parser, stop: &options.limits.stop, left: &left };
        let builder = Builder::new(events, &marked, text, body, options, diagnostics);
        let (blocks, notes) = builder.build();
        if left.get() == 0 {
            let message = format!("the document has more than {most} nodes; raise --limit-nodes to allow it");
            return Err(ReadError::Unusable(message));
        }
        document.blocks = blocks;
        document.notes = notes;
        shift_headings(&mut document);
        Ok(document)
    }
}

/// Do what the front matter asks to be done to the levels of headings (`shift-heading-level-by`, as in Quarto).
fn shift_headings(document: &mut Document) {
    let Some(shift) = document.metadata.extra.get(SHIFT_KEY).and_then(|value| value.parse::<i8>().ok()) else { return };
    document.metadata.extra.remove(SHIFT_KEY);
    walk_blocks_mut(&mut document.blocks, &mut |block| {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = Level::clamped(usize::try_from(i16::from(level.get() as i8) + i16::from(shift)).unwrap_or(0));
        }
    });
}

const SHIFT_KEY: &str = "shift-heading-level-by";

/// Bytes that may begin a node.
const MARKS: [bool; 256] = {
    let (marks, mut table) = (*b"\n*_~&\\[]<>!`|$^{}-+#:", [false; 256]);
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Errors when there are more marks than a document of the allowed size can have: the parser keeps something for each.
fn bound(text: &str, limits: &Limits) -> Result<(), ReadError> {
    let most = limits.nodes.saturating_mul(MARKS_PER_NODE);
    if text.len() <= most {
        return Ok(());
    }
    let marks = text.bytes().filter(|byte| MARKS[usize::from(*byte)]).count();
    if marks > most {
        let message = format!("it has {marks} lines and marks, more than {most}; raise --limit-nodes to allow it");
        return Err(ReadError::Unusable(message));
    }
    Ok(())
}

/// The parser's events with their bytes, until the stop sign goes up or there are too many.
struct Events<'a> {
    parser: OffsetIter<'a>,
    stop: &'a StopSign,
    /// How many more may make a node; 0 when one too many came.
    left: &'a Cell<usize>,
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.stop.is_up() || self.left.get() == 0 {
            return None;
        }
        let next = self.parser.next();
        if let Some((Event::Start(_) | Event::Text(_) | Event::Code(_) | Event::InlineHtml(_), _)) = next {
            self.left.set(self.left.get() - 1);
        }
        next
    }
}

/// What the parser is asked to know beside CommonMark.
fn extensions(flavour: MarkdownFlavour, wikilinks: bool) -> Options {
    let wikilinks = if wikilinks { Options::ENABLE_WIKILINKS } else { Options::empty() };
    let gfm = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    wikilinks
        | match flavour {
            MarkdownFlavour::CommonMark => Options::empty(),
            MarkdownFlavour::Gfm => gfm | Options::ENABLE_MATH,
            MarkdownFlavour::Banxin | MarkdownFlavour::Pandoc => {
                gfm | Options::ENABLE_MATH
                    | Options::ENABLE_HEADING_ATTRIBUTES
                    | Options::ENABLE_DEFINITION_LIST
                    | Options::ENABLE_SUPERSCRIPT
                    | Options::ENABLE_SUBSCRIPT
            }
        }
}
