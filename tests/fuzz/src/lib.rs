//! What the targets share.

use std::sync::{Arc, LazyLock};

use banxin::document::Document;
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{Limits, ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::{convert, readers, writers};

/// Small enough that a slow input is a find and not a big one.
fn limits() -> Limits {
    Limits { bytes: 1 << 20, nodes: 100_000, pixels: 1 << 20, pages: 200, ..Limits::default() }
}

static EDITION: LazyLock<Edition> = LazyLock::new(|| Edition {
    theme: Arc::default(),
    fonts: Arc::new(FontBook::bundled()),
    timestamp: DEFAULT_TIMESTAMP,
});

/// Read the bytes as one format.
pub fn read(format: Format, bytes: &[u8]) -> Option<Document> {
    let source = Source::from_bytes("fuzz", bytes.to_vec());
    let options = ReadOptions { limits: limits(), ..ReadOptions::default() };
    convert::read(&source, Some(format), &options).ok().map(|(document, _)| document)
}

/// Read with the reader the first byte chooses, and write.
pub fn convert(bytes: &[u8], to: Format) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let reader = readers::READERS[usize::from(*choice) % readers::READERS.len()];
    let Some(document) = read(reader.format(), rest) else { return };
    if writers::writer(to).is_some() {
        let options = WriteOptions { limits: limits(), ..WriteOptions::default() };
        let _ = convert::write(&document, to, &EDITION, &options);
    }
}
