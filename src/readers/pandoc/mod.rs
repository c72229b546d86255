//! Reads pandoc's syntax tree as JSON (pandoc-types 1.20 to 1.23): what `pandoc -t json` and its filters write.
//!
//! What the model has no node for is in the loss table of `docs/markdown.md`.

mod blocks;
mod inlines;
mod meta;

use serde_json::Value;

use super::json_syntax::{deepest, malformed};
use super::{ReadError, Reader};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Attributes, Block, Document, Level, MAX_DEPTH};
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;

pub struct PandocReader;

/// JSON levels one tree may nest: a table in a list takes the most, ten a level.
const MAX_JSON_DEPTH: usize = 10 * MAX_DEPTH;

impl Reader for PandocReader {
    fn format(&self) -> Format {
        Format::Pandoc
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"{") && head.windows(20).any(|window| window == b"\"pandoc-api-version\"")
    }

    fn read(&self, source: &Source, _: &ReadOptions, diagnostics: &mut Diagnostics) -> Result<Document, ReadError> {
        if deepest(source.bytes()) > MAX_JSON_DEPTH {
            return Err(ReadError::Unusable(format!("nested deeper than {MAX_JSON_DEPTH} JSON levels")));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(source.bytes());
        deserializer.disable_recursion_limit();
        let tree: Value = serde::Deserialize::deserialize(&mut deserializer).map_err(malformed)?;
        deserializer.end().map_err(malformed)?;
        let Some(blocks) = tree.get("blocks").and_then(Value::as_array) else {
            return Err(ReadError::Unusable("it has no \"blocks\": not a pandoc tree of version 1.20 or later".into()));
        };
        let mut tree_reader = TreeReader { document: Document::default(), diagnostics, depth: 0 };
        if let Some(meta) = tree.get("meta") {
            tree_reader.metadata(meta);
        }
        let blocks = tree_reader.blocks(blocks);
        tree_reader.document.blocks = blocks;
        Ok(tree_reader.document)
    }
}

/// Walks a tree; notes go to the document as they are met.
struct TreeReader<'d> {
    document: Document,
    diagnostics: &'d mut Diagnostics,
    /// Notes within notes.
    depth: usize,
}

impl TreeReader<'_> {
    /// Keep a note under the next number.
    fn keep_note(&mut self, blocks: Vec<Block>) -> String {
        let label = (self.document.notes.len() + 1).to_string();
        self.document.notes.insert(label.clone(), blocks);
        label
    }

    fn too_deep(&mut self, level: usize) {
        let message = format!("a heading of level {level} is one of level {}", Level::DEEPEST.get());
        self.diagnostics.note(Loss::Substituted, "heading-level", None, message);
    }

    fn unknown(&mut self, kind: &str) {
        let message = format!("{kind} is no element of pandoc's tree that we know; its text is kept where it has some");
        self.diagnostics.warn(Loss::Dropped, "unknown-element", None, message);
    }
}

/// Type and content of a tagged element: `{"t": "Str", "c": "山"}`.
fn tagged(value: &Value) -> (&str, &Value) {
    let kind = value.get("t").and_then(Value::as_str).unwrap_or_default();
    (kind, value.get("c").unwrap_or(&Value::Null))
}

/// The elements of a list; nothing for what is no list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// One element of a list.
fn at(value: &Value, index: usize) -> &Value {
    value.get(index).unwrap_or(&Value::Null)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Identifier, classes and attributes; a language is one of the attributes.
fn attr(value: &Value) -> Attributes {
    let pairs = list(at(value, 2)).iter().map(|pair| (text(at(pair, 0)), text(at(pair, 1))));
    Attributes {
        id: Some(text(at(value, 0))).filter(|id| !id.is_empty()),
        classes: list(at(value, 1)).iter().map(text).collect(),
        pairs: pairs.collect(),
        language: None,
    }
}
