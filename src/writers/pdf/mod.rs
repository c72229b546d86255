//! Writes PDF: lays the document out and hands the finished pages to a painter, which places them and decides nothing.

mod accessible;
mod date;
mod pack;
mod page_starts;
mod pictures;
mod press;
mod svg;

use self::page_starts::page_starts;
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::edition::Edition;
use crate::font::{Face, GlyphId};
use crate::format::Format;
use crate::layout::{Layout, lay_out};
use crate::options::{Limits, MissingGlyph, PdfOptions, WriteOptions};

use super::{Artifact, WriteError, Writer};

pub struct PdfWriter;

/// Puts finished pages into a file.
pub(crate) trait Painter {
    fn paint(&self, job: Job<'_>, diagnostics: &mut Diagnostics) -> Result<Vec<u8>, WriteError>;
}

/// What a painter is given.
pub(crate) struct Job<'a> {
    pub layout: Layout,
    pub document: &'a Document,
    pub edition: &'a Edition,
    pub options: &'a PdfOptions,
    /// Stands in for the title of a document without one.
    pub stem: &'a str,
    /// Its stop sign is looked at before each page.
    pub limits: &'a Limits,
}

impl Writer for PdfWriter {
    fn format(&self) -> Format {
        Format::Pdf
    }

    fn write(
        &self,
        document: &Document,
        edition: &Edition,
        options: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let mut own = Diagnostics::new();
        let layout = lay_out(document, edition, &options.limits, &mut own)
            .map_err(|error| WriteError::Unwritable(error.to_string()))?;
        let missing = own.entries().iter().find(|entry| entry.code == "missing-glyph").cloned();
        diagnostics.append(own);
        if let (Some(missing), MissingGlyph::Fail) = (missing, options.missing_glyph) {
            return Err(WriteError::Unwritable(missing.message));
        }
        let pages = if options.pdf.page_starts { page_starts(&layout) } else { Vec::new() };
        let (stem, limits) = (&options.stem, &options.limits);
        let job = Job { layout, document, edition, options: &options.pdf, stem, limits };
        let bytes = match options.pdf.press {
            Some(press) => press::Press(press).paint(job, diagnostics)?,
            None => accessible::Accessible.paint(job, diagnostics)?,
        };
        Ok(Artifact { bytes, pages, ..Artifact::default() })
    }
}

/// UTF-16 units of text that one glyph is mapped to at most: MuPDF drops a glyph from its map where there are more.
const MOST_MAPPED: usize = 8;

/// The glyph that stands for what a face has not: glyph 0 may not be shown (ISO 19005-2 §6.2.11.8).
fn substitute(face: &Face) -> GlyphId {
    ['□', '■', '?', ' '].into_iter().find_map(|character| face.glyph(character)).unwrap_or(GlyphId(1))
}
