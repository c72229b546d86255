//! Writers: a [`Document`] in, one format out.

mod epub;
mod html;
mod json;
mod markdown;
mod pandoc;
mod pdf;
mod text;

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::edition::Edition;
use crate::format::Format;
use crate::options::{PageStart, WriteOptions};

/// Writes one format.
pub trait Writer: Sync {
    fn format(&self) -> Format;

    fn write(
        &self,
        document: &Document,
        edition: &Edition,
        options: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError>;
}

/// A main file and what goes beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artifact {
    pub bytes: Vec<u8>,
    pub companions: Vec<Companion>,
    /// Of formats with pages, where each begins.
    pub pages: Vec<PageStart>,
}

/// A file beside the main one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Relative to the main file, with `/`; never climbs out.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Why there is no artifact.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{0}")]
    Unwritable(String),
    #[error(
        "no font has {character} (U+{code:04X}); add a face with --font-dir or allow it with --missing-glyph report"
    )]
    MissingGlyph { character: char, code: u32 },
}

/// Every writer.
pub const WRITERS: &[&dyn Writer] = &[
    &json::JsonWriter,
    &markdown::MarkdownWriter,
    &pandoc::PandocWriter,
    &text::TextWriter,
    &pdf::PdfWriter,
    &html::HtmlWriter,
    &epub::EpubWriter,
];

/// The writer of a format, if there is one.
pub fn writer(format: Format) -> Option<&'static dyn Writer> {
    WRITERS.iter().copied().find(|writer| writer.format() == format)
}
