//! The ZIP container (EPUB 3.3 §4): `mimetype` first and stored, every entry with the same date and rights.
//!
//! Written here and not by epub-builder or `zip`. epub-builder's package document cannot say what ours must: no
//! `properties` on manifest items (MathML, SVG), one role for all contributors, no language on navigation and package, no
//! second identifier, no page list, and an NCX without the book's identifier and title. `zip` cannot take entries that are
//! compressed already, and ours are, by a compressor made for the text they hold.

use super::deflate::Compressor;
use crate::writers::WriteError;

/// One file of the publication, by its path in the container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// ASCII.
    pub path: String,
    pub data: std::borrow::Cow<'a, [u8]>,
}

impl<'a> Entry<'a> {
    pub fn text(path: impl Into<String>, text: String) -> Entry<'a> {
        Entry { path: path.into(), data: text.into_bytes().into() }
    }
}

/// Pack entries in their order. Errors when they need more than the 4 GiB or 65,535 files a plain ZIP file can have:
/// EPUB readers need not know the large kind.
pub fn pack(entries: &[Entry<'_>]) -> Result<Vec<u8>, WriteError> {
    let size: usize = entries.iter().map(|entry| entry.data.len()).sum();
    let mut packing = Packing { out: Vec::with_capacity(size / 2), directory: Vec::new(), count: 0 };
    let media_type = b"application/epub+zip";
    packing.add("mimetype", media_type, None)?;
    let is_open = |entry: &&Entry<'_>| !is_packed(&entry.path);
    let longest = entries.iter().filter(is_open).map(|entry| entry.data.len()).max().unwrap_or(0);
    let mut compressor = Compressor::for_files_of(longest);
    for entry in entries {
        let compressed = is_open(&entry).then(|| compressor.compress(&entry.data));
        let smaller = compressed.filter(|compressed| compressed.len() < entry.data.len());
        packing.add(&entry.path, &entry.data, smaller.as_deref())?;
    }
    packing.finish()
}

/// Whether a file of this name is compressed by itself already. PNG files often gain: many are written in haste.
fn is_packed(path: &str) -> bool {
    [".jpg", ".webp", ".gif"].iter().any(|extension| path.ends_with(extension))
}

/// 1980-01-01, the first date a ZIP entry can have, in MS-DOS's form.
const DATE: u16 = 0x21;
/// Made on Unix, by version 2.0 of the format; read by it too.
const VERSION: u16 = 20;
const MADE_BY: u16 = 3 << 8 | VERSION;
/// A plain file that all may read.
const RIGHTS: u32 = 0o100_644 << 16;

/// A ZIP file as it grows (APPNOTE 6.3.10 §4.3).
struct Packing {
    out: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Packing {
    /// Add a file: stored, or with its DEFLATE stream.
    fn add(&mut self, path: &str, data: &[u8], compressed: Option<&[u8]>) -> Result<(), WriteError> {
        let packed = compressed.unwrap_or(data);
        let start = fits(self.out.len())?;
        let method: u16 = if compressed.is_some() { 8 } else { 0 };
        let name = path.as_bytes();
        let name_length = u16::try_from(name.len()).map_err(|_| too_large())?;
        let mut shared = Vec::with_capacity(26);
        for field in [VERSION, 0, method, 0, DATE] {
            shared.extend_from_slice(&field.to_le_bytes());
        }
        for field in [crc32fast::hash(data), fits(packed.len())?, fits(data.len())?] {
            shared.extend_from_slice(&field.to_le_bytes());
        }
        for field in [name_length, 0] {
            shared.extend_from_slice(&field.to_le_bytes());
        }
        self.out.extend_from_slice(b"PK\x03\x04");
        self.out.extend_from_slice(&shared);
        self.out.extend_from_slice(name);
        self.out.extend_from_slice(packed);
        self.directory.extend_from_slice(b"PK\x01\x02");
        self.directory.extend_from_slice(&MADE_BY.to_le_bytes());
        self.directory.extend_from_slice(&shared);
        // Comment, disk and inner attributes: none.
        self.directory.extend_from_slice(&[0; 6]);
        self.directory.extend_from_slice(&RIGHTS.to_le_bytes());
        self.directory.extend_from_slice(&start.to_le_bytes());
        self.directory.extend_from_slice(name);
        self.count = self.count.checked_add(1).ok_or_else(too_large)?;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        let (start, size) = (fits(self.out.len())?, fits(self.directory.len())?);
        self.out.append(&mut self.directory);
        self.out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.out.extend_from_slice(&self.count.to_le_bytes());
        self.out.extend_from_slice(&self.count.to_le_bytes());
        self.out.extend_from_slice(&size.to_le_bytes());
        self.out.extend_from_slice(&start.to_le_bytes());
        self.out.extend_from_slice(&[0; 2]);
        Ok(self.out)
    }
}

fn fits(size: usize) -> Result<u32, WriteError> {
    u32::try_from(size).map_err(|_| too_large())
}

fn too_large() -> WriteError {
    WriteError::Unwritable("the EPUB container: more than 4 GiB or 65,535 files".to_owned())
}

/// A container of one compressed file, for tests of the compressor.
#[cfg(test)]
pub fn packed_entry(path: &str, data: &[u8], compressed: &[u8]) -> Vec<u8> {
    let mut packing = Packing { out: Vec::new(), directory: Vec::new(), count: 0 };
    packing.add(path, data, Some(compressed)).expect("it is small");
    packing.finish().expect("it is small")
}
