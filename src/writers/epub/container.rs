//! The ZIP container (EPUB 3.3 §4): `mimetype` first and stored, every entry with the same date and rights.
//!
//! Written with `zip` and not with epub-builder, whose package document cannot say what ours must: no `properties` on
//! manifest items (MathML, SVG), one role for all contributors, no language on navigation and package, no second
//! identifier, no page list, and an NCX without the book's identifier and title. What would be left of it is this file.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::writers::WriteError;

/// One file of the publication, by its path in the container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub path: String,
    pub data: std::borrow::Cow<'a, [u8]>,
}

impl<'a> Entry<'a> {
    pub fn text(path: impl Into<String>, text: String) -> Entry<'a> {
        Entry { path: path.into(), data: text.into_bytes().into() }
    }
}

/// Pack entries in their order.
pub fn pack(entries: &[Entry<'_>]) -> Result<Vec<u8>, WriteError> {
    let size: usize = entries.iter().map(|entry| entry.data.len()).sum();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size / 2)));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let stored = options.compression_method(CompressionMethod::Stored);
    let deflated = options.compression_method(CompressionMethod::Deflated).compression_level(Some(6));
    let broken = |error: zip::result::ZipError| WriteError::Unwritable(format!("the EPUB container: {error}"));
    zip.start_file("mimetype", stored).map_err(broken)?;
    zip.write_all(b"application/epub+zip").map_err(|error| broken(error.into()))?;
    for entry in entries {
        zip.start_file(entry.path.as_str(), if is_packed(&entry.path) { stored } else { deflated }).map_err(broken)?;
        zip.write_all(&entry.data).map_err(|error| broken(error.into()))?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

/// Whether a file of this name is compressed by itself already. PNG files often gain: many are written in haste.
fn is_packed(path: &str) -> bool {
    [".jpg", ".webp", ".gif"].iter().any(|extension| path.ends_with(extension))
}
