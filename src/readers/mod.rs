//! Readers: one format in, a [`Document`] out.

mod epub;
pub mod html;
mod json;
mod json_syntax;
mod markdown;
mod pandoc;
mod pdf;
pub mod text;
mod xml;

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;

/// Reads one format. Text, Markdown and HTML always yield a document; structured formats may refuse.
pub trait Reader: Sync {
    fn format(&self) -> Format;

    /// Whether the first bytes of a file without a telling name are of this format.
    fn recognizes(&self, _head: &[u8]) -> bool {
        false
    }

    fn read(
        &self,
        source: &Source,
        options: &ReadOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, ReadError>;
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not well formed, at a place.
    #[error("{line}:{column}: {message}")]
    Malformed { line: u32, column: u32, message: String },
    #[error("{0}")]
    Unusable(String),
}

/// Every reader, in the order in which they are asked to recognise bytes.
pub const READERS: &[&dyn Reader] = &[
    &json::JsonReader,
    &pandoc::PandocReader,
    &epub::EpubReader,
    &pdf::PdfReader,
    &html::HtmlReader,
    &xml::XmlReader,
    &markdown::MarkdownReader,
    &text::TextReader,
];

/// The reader of a format, if there is one.
pub fn reader(format: Format) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.format() == format)
}

/// The format of a source: by its name, else by its first bytes, else text.
pub fn detect(source: &Source) -> Format {
    let named = Format::of_file_name(source.name()).filter(|format| reader(*format).is_some());
    named.unwrap_or_else(|| {
        let head = &source.bytes()[..source.bytes().len().min(4096)];
        READERS.iter().find(|reader| reader.recognizes(head)).map_or(Format::Text, |reader| reader.format())
    })
}
