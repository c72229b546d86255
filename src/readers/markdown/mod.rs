//! Reads Markdown: CommonMark 0.31.2 and what is in common use beside it, with emphasis and line joins that suit CJK text.
//!
//! Front matter is taken off first, emphasis beside CJK punctuation is prepared ([`emphasis`]), the parser's events become
//! blocks ([`blocks`]) and inlines ([`inlines`]), and raw HTML that has a meaning becomes part of the model.

mod autolinks;
mod blocks;
mod emphasis;
mod front_matter;
mod inlines;
mod raw_inline;
mod soft_breaks;
mod tags;

use pulldown_cmark::{Options, Parser};

use super::{ReadError, Reader};
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::encoding;
use crate::format::Format;
use crate::options::{MarkdownFlavour, ReadOptions};
use crate::source::Source;
use blocks::Builder;
use emphasis::Marked;

pub struct MarkdownReader;

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
        let events = Parser::new_ext(&marked.text, extensions(flavour)).into_offset_iter();
        let builder = Builder::new(events, &marked, text, body, flavour, diagnostics);
        let (blocks, notes) = builder.build();
        document.blocks = blocks;
        document.notes = notes;
        Ok(document)
    }
}

/// What the parser is asked to know beside CommonMark.
fn extensions(flavour: MarkdownFlavour) -> Options {
    let gfm = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    match flavour {
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
