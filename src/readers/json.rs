//! Reads the model's own JSON.

use super::json_syntax::{deepest, malformed};
use super::{ReadError, Reader};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, MODEL_VERSION};
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;

pub struct JsonReader;

/// JSON levels one document may nest: a block takes up to five, an inline two.
const MAX_JSON_DEPTH: usize = 6 * crate::document::MAX_DEPTH;

impl Reader for JsonReader {
    fn format(&self) -> Format {
        Format::Json
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let start = head.trim_ascii_start();
        start.starts_with(b"{") && start[1..].trim_ascii_start().starts_with(b"\"banxin\"")
    }

    fn read(&self, source: &Source, _: &ReadOptions, _: &mut Diagnostics) -> Result<Document, ReadError> {
        if deepest(source.bytes()) > MAX_JSON_DEPTH {
            return Err(ReadError::Unusable(format!("nested deeper than {MAX_JSON_DEPTH} JSON levels")));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(source.bytes());
        deserializer.disable_recursion_limit();
        let document: Document = serde::Deserialize::deserialize(&mut deserializer).map_err(malformed)?;
        deserializer.end().map_err(malformed)?;
        if document.banxin > MODEL_VERSION {
            let version = document.banxin;
            return Err(ReadError::Unusable(format!(
                "the model is version {version}, newer than {MODEL_VERSION}; use a newer banxin"
            )));
        }
        Ok(document)
    }
}
