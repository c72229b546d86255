//! The document model: the only thing readers and writers share.
//!
//! A [`Document`] is metadata, a list of [`Block`]s, the notes they refer to and the resources they show.
//! It serialises to versioned JSON (`docs/document.schema.json`); JSON out and in is the same document.

mod attributes;
mod block;
mod byline;
mod drawing;
mod fold;
mod inline;
mod language;
mod metadata;
mod outline;
mod resource;
mod table;
mod walk;
pub mod white_space;

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use attributes::{Attributes, Empty, Rare};
pub use block::{
    Block, BlockKind, BoxRole, DefinitionItem, Level, ListItem, ListMarks, NumberDelimiter, Numeral, ParagraphRole,
};
pub use byline::byline;
pub use drawing::LARGEST_DRAWING;
pub use fold::{Fold, Visit, fold_block, fold_blocks, fold_inline, fold_inlines, visit_block, visit_inline};
pub use inline::{Image, Inline, Link, RubyPair, RubyPosition, Span, plain_text};
pub use language::{Language, Region};
pub use metadata::{Contributor, Metadata};
pub use outline::{Outline, OutlineEntry, anchor_of_words};
pub use resource::{Resource, ResourceId};
pub use table::{Cell, ColumnAlignment, Row, Table};
pub use walk::{
    Extent, count_characters, count_nodes, depth, walk_blocks, walk_blocks_mut, walk_inlines, walk_inlines_mut,
};

/// Version of the JSON form. A reader refuses a newer one.
pub const MODEL_VERSION: u32 = 1;

/// Name of the model among the files that a PDF carries.
pub const MODEL_FILE: &str = "document.banxin.json";

/// Blocks or inlines nested deeper than this are flattened by readers, with a diagnostic.
pub const MAX_DEPTH: usize = 64;

/// A note's name within its document, such as `1` or `kangxi`.
pub type NoteId = String;

/// One article or book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// [`MODEL_VERSION`] of the program that wrote it.
    pub banxin: u32,
    #[serde(default)]
    pub metadata: Metadata,
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes by name; an `Inline::NoteReference` shows where each belongs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<NoteId, Vec<Block>>,
    /// Pictures and other files the document carries with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resources: BTreeMap<ResourceId, Resource>,
    #[serde(default, skip_serializing_if = "Provenance::is_empty")]
    pub provenance: Provenance,
}

impl Default for Document {
    fn default() -> Document {
        Document {
            banxin: MODEL_VERSION,
            metadata: Metadata::default(),
            blocks: Vec::new(),
            notes: BTreeMap::new(),
            resources: BTreeMap::new(),
            provenance: Provenance::default(),
        }
    }
}

impl Document {
    /// The title: of the metadata, else the heading that is the title.
    pub fn title(&self) -> Option<String> {
        let heading = || match &self.blocks[self.title_heading()?].kind {
            BlockKind::Heading { content, .. } => Some(plain_text(content).replace('\n', " ")),
            _ => None,
        };
        self.metadata.title.clone().or_else(heading)
    }

    /// Index of the top-level block that is the document's title: a first heading of level 1 without a second one of its
    /// level, whose words are the metadata's title where that has one. Writers set it as the title, once.
    pub fn title_heading(&self) -> Option<usize> {
        let first = self.blocks.first()?;
        let BlockKind::Heading { level: Level::FIRST, content } = &first.kind else { return None };
        let is_chapter = |block: &Block| matches!(block.kind, BlockKind::Heading { level: Level::FIRST, .. });
        if self.blocks.iter().skip(1).any(is_chapter) {
            return None;
        }
        let same = self.metadata.title.as_ref().is_none_or(|title| title.trim() == plain_text(content).trim());
        same.then_some(0)
    }
}

/// Where the document came from, and what of its source is not in its body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The source's format by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The source's character encoding by its WHATWG name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The language of the metadata was found out from the text; the source does not say it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub language_detected: bool,
    /// Lines and elements judged not to be part of the article: site chrome, counters, footers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
}

impl Provenance {
    fn is_empty(&self) -> bool {
        *self == Provenance::default()
    }
}

/// A piece of the source kept out of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    pub text: String,
    /// Why, in one word or two: `navigation`, `view count`.
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Where a block stood in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// First line, from 1.
    pub line: u32,
    /// Half-open byte range of the decoded (UTF-8) source.
    #[schemars(with = "u64")]
    pub start: u32,
    #[schemars(with = "u64")]
    pub end: u32,
}

impl Origin {
    /// The place that begins on a line (from 1) and covers a range of bytes. What lies beyond 4 GiB counts as 4 GiB.
    pub fn new(line: u32, bytes: Range<usize>) -> Origin {
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Origin { line, start: place(bytes.start), end: place(bytes.end) }
    }
}
