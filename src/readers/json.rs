//! Reads the model's own JSON.

use super::json_syntax::model;
use super::{ReadError, Reader};
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;

pub struct JsonReader;

impl Reader for JsonReader {
    fn format(&self) -> Format {
        Format::Json
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let start = head.trim_ascii_start();
        start.starts_with(b"{") && start[1..].trim_ascii_start().starts_with(b"\"banxin\"")
    }

    fn read(&self, source: &Source, options: &ReadOptions, _: &mut Diagnostics) -> Result<Document, ReadError> {
        model(source.bytes(), &options.limits)
    }
}
