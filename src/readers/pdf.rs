//! Reads back the PDFs that carry the document they were made from (ISO 19005-3 §6.8): those of `--pdf-standard a-3a`
//! and `a-4f`. The pages themselves are not read: what was a heading or a note can no longer be told for certain.

use lopdf::{Dictionary, Document as File, LoadOptions, Object};

use super::json_syntax::model;
use super::{ReadError, Reader};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, MODEL_FILE};
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;

pub struct PdfReader;

impl Reader for PdfReader {
    fn format(&self) -> Format {
        Format::Pdf
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.starts_with(b"%PDF-")
    }

    fn read(&self, source: &Source, options: &ReadOptions, _: &mut Diagnostics) -> Result<Document, ReadError> {
        let most = usize::try_from(options.limits.bytes).unwrap_or(usize::MAX);
        let file = open(source.bytes(), most)?;
        let json = embedded(&file, most)?;
        model(&json, &options.limits)
    }
}

fn unusable(message: impl Into<String>) -> ReadError {
    ReadError::Unusable(message.into())
}

fn open(bytes: &[u8], most: usize) -> Result<File, ReadError> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(unusable("no PDF: it does not begin with %PDF-"));
    }
    let file = File::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(most))
        .map_err(|error| unusable(format!("no PDF we can read: {error}")))?;
    if file.is_encrypted() || file.was_encrypted() {
        return Err(unusable("the PDF is locked with a password"));
    }
    Ok(file)
}

/// The bytes of the model among the files the PDF carries.
fn embedded(file: &File, most: usize) -> Result<Vec<u8>, ReadError> {
    let is_model = |object: &&Object| object.as_dict().is_ok_and(names_the_model);
    let specification = file.objects.values().find(is_model).and_then(|object| object.as_dict().ok());
    let specification = specification.ok_or_else(|| {
        unusable(
            "this PDF does not carry the document it was made from, and its pages alone do not tell what was a heading \
             or a note; convert its source, or write PDFs with --pdf-standard a-3a to have them read back",
        )
    })?;
    let stream = specification
        .get_deref(b"EF", file)
        .and_then(Object::as_dict)
        .and_then(|files| files.get_deref(b"F", file))
        .and_then(Object::as_stream)
        .map_err(|error| unusable(format!("the document the PDF carries is damaged: {error}")))?;
    stream.get_plain_content_with_limit(most).map_err(|error| {
        unusable(format!("the document the PDF carries is damaged or larger than {most} bytes: {error}"))
    })
}

/// Whether a file specification is that of the model (ISO 32000-1 §7.11.3).
fn names_the_model(dictionary: &Dictionary) -> bool {
    let name = dictionary.get(b"F").and_then(Object::as_str);
    dictionary.has(b"EF") && name.is_ok_and(|name| name == MODEL_FILE.as_bytes())
}
