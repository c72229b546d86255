//! Writes Markdown as a careful person does: one way to say each thing, no needless escapes, nothing that merges.
//!
//! Metadata becomes front matter ([`front_matter`]), blocks go through [`blocks`] into an [`output::Output`] that knows
//! what stands before each line, inlines through [`inlines`]: flattened, their delimiters chosen ([`emphasis`]), their
//! text escaped ([`escape`]) and put into lines ([`lines`]).

mod assemble;
mod attributes;
mod blocks;
mod code;
mod containers;
mod dialect;
mod emphasis;
mod escape;
mod front_matter;
mod html;
mod inlines;
mod lines;
mod links;
mod lists;
mod notes;
mod output;
mod plain;
mod references;
mod survey;
mod tables;
mod without_html;

use super::{Artifact, Companion, WriteError, Writer};
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::edition::Edition;
use crate::format::Format;
use crate::options::{PicturePlace, WriteOptions};

pub struct MarkdownWriter;

impl Writer for MarkdownWriter {
    fn format(&self) -> Format {
        Format::Markdown
    }

    fn write(
        &self,
        document: &Document,
        _: &Edition,
        options: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let dialect = dialect::Dialect::of(&options.markdown);
        let without_html = (!dialect.writes_html).then(|| without_html::without_html(document, &dialect, diagnostics));
        let document = without_html.as_ref().unwrap_or(document);
        let plain = plain::plain(document, &dialect);
        let document: &Document = &plain;
        let mut text = String::new();
        let shift = if dialect.front_matter { survey::heading_shift(document) } else { 0 };
        if dialect.front_matter {
            text.push_str(&front_matter::write(document, shift));
        }
        let body = blocks::write(document, &dialect, shift, options, diagnostics);
        if !text.is_empty() && !body.is_empty() {
            text.push('\n');
        }
        text.push_str(&body);
        Ok(Artifact { bytes: text.into_bytes(), companions: companions(document, options), ..Artifact::default() })
    }
}

/// The pictures beside the text: `article.images/…`. Without a name to put them under there are none.
fn companions(document: &Document, options: &WriteOptions) -> Vec<Companion> {
    if options.stem.is_empty() || options.markdown.pictures == PicturePlace::Inside {
        return Vec::new();
    }
    let resources = document.resources.iter();
    let companion = |(id, resource): (&String, &crate::document::Resource)| Companion {
        path: picture_path(options, id),
        bytes: resource.data.to_vec(),
    };
    resources.map(companion).collect()
}

/// Where a picture goes, relative to the Markdown file.
fn picture_path(options: &WriteOptions, id: &str) -> String {
    format!("{}.images/{id}", options.stem)
}
