//! Writes pandoc's syntax tree as JSON (pandoc-types 1.23), for pandoc's writers and filters.
//!
//! What pandoc has no element for goes into classes and attributes of divisions and spans; `docs/markdown.md` has the
//! table. Notes stand where they are referred to, as pandoc has them.

mod blocks;
mod inlines;

use serde_json::{Map, Value, json};

use super::{Artifact, WriteError, Writer};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Metadata};
use crate::edition::Edition;
use crate::format::Format;
use crate::options::WriteOptions;

pub struct PandocWriter;

/// The version of pandoc-types whose elements are written.
const API_VERSION: [u32; 3] = [1, 23, 1];

impl Writer for PandocWriter {
    fn format(&self) -> Format {
        Format::Pandoc
    }

    fn write(
        &self,
        document: &Document,
        _: &Edition,
        _: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let mut tree = TreeWriter { document, diagnostics, open_notes: Vec::new() };
        let blocks = tree.blocks(&document.blocks);
        let tree = json!({
            "pandoc-api-version": API_VERSION,
            "meta": metadata(&document.metadata),
            "blocks": blocks,
        });
        let mut bytes = serde_json::to_vec(&tree).map_err(|error| WriteError::Unwritable(error.to_string()))?;
        bytes.push(b'\n');
        Ok(Artifact { bytes, ..Artifact::default() })
    }
}

struct TreeWriter<'d> {
    document: &'d Document,
    diagnostics: &'d mut Diagnostics,
    /// Notes being written: one that refers to itself has no end in pandoc's tree.
    open_notes: Vec<&'d str>,
}

/// An element with content.
fn element(kind: &str, content: impl Into<Value>) -> Value {
    json!({ "t": kind, "c": content.into() })
}

/// An element that is only its type.
fn mark(kind: &str) -> Value {
    json!({ "t": kind })
}

/// Identifier, classes and attributes.
fn attr<'a>(id: Option<&str>, classes: &[String], attributes: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let pairs: Vec<[&str; 2]> = attributes.into_iter().map(|(key, value)| [key, value]).collect();
    json!([id.unwrap_or_default(), classes, pairs])
}

fn metadata(metadata: &Metadata) -> Value {
    let mut entries = Map::new();
    let words = |text: &str| element("MetaInlines", inlines::words(text));
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            entries.insert(key.to_owned(), words(value));
        }
    };
    metadata.extra.iter().for_each(|(key, value)| put(key, Some(value)));
    put("title", metadata.title.as_deref());
    put("subtitle", metadata.subtitle.as_deref());
    put("date", metadata.date.as_deref());
    put("source", metadata.source.as_deref());
    put("url", metadata.address.as_deref());
    put("publisher", metadata.publisher.as_deref());
    put("lang", metadata.language.as_ref().map(|language| language.as_str()));
    put("description", metadata.description.as_deref());
    put("rights", metadata.rights.as_deref());
    put("identifier", metadata.identifier.as_deref());
    put("series", metadata.series.as_deref());
    put("series-position", metadata.series_position.as_deref());
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    for person in &metadata.contributors {
        match lists.iter_mut().find(|(role, _)| *role == person.role) {
            Some((_, names)) => names.push(&person.name),
            None => lists.push((&person.role, vec![&person.name])),
        }
    }
    lists.push(("keywords", metadata.keywords.iter().map(String::as_str).collect()));
    for (key, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        let items: Vec<Value> = items.into_iter().map(words).collect();
        entries.insert(key.to_owned(), element("MetaList", items));
    }
    Value::Object(entries)
}
