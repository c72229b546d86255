//! Metadata of pandoc's tree.

use serde_json::Value;

use super::{TreeReader, list, tagged, text};
use crate::document::{Block, BlockKind, Contributor, Language, plain_text};

impl TreeReader<'_> {
    /// Put each entry where it belongs; what has no place of its own goes to `extra`.
    pub(super) fn metadata(&mut self, meta: &Value) {
        let Some(entries) = meta.as_object() else { return };
        for (key, value) in entries {
            let words = self.meta_words(value);
            if words.is_empty() {
                continue;
            }
            match key.as_str() {
                "author" | "authors" => self.people("author", value),
                "editor" | "translator" | "illustrator" => self.people(key, value),
                "keywords" | "tags" => {
                    let items =
                        if tagged(value).0 == "MetaList" { list(tagged(value).1) } else { std::slice::from_ref(value) };
                    let keywords = items.iter().map(|item| self.meta_words(item)).collect();
                    self.document.metadata.keywords = keywords;
                }
                "lang" => self.document.metadata.language = Some(Language::new(words)),
                _ => self.field(key, words),
            }
        }
    }

    fn field(&mut self, key: &str, words: String) {
        let metadata = &mut self.document.metadata;
        let field = match key {
            "title" => &mut metadata.title,
            "subtitle" => &mut metadata.subtitle,
            "date" => &mut metadata.date,
            "source" => &mut metadata.source,
            "url" => &mut metadata.address,
            "publisher" => &mut metadata.publisher,
            "description" | "abstract" => &mut metadata.description,
            "rights" => &mut metadata.rights,
            "identifier" => &mut metadata.identifier,
            "series" => &mut metadata.series,
            "series-position" => &mut metadata.series_position,
            _ => {
                metadata.extra.insert(key.to_owned(), words);
                return;
            }
        };
        *field = Some(words);
    }

    fn people(&mut self, role: &str, value: &Value) {
        let items = if tagged(value).0 == "MetaList" { list(tagged(value).1) } else { std::slice::from_ref(value) };
        for item in items {
            let name = match tagged(item) {
                ("MetaMap", map) => map.get("name").or_else(|| map.get("text")).unwrap_or(item),
                _ => item,
            };
            let name = self.meta_words(name);
            if !name.is_empty() {
                let person = Contributor { name, role: role.to_owned(), file_as: None };
                self.document.metadata.contributors.push(person);
            }
        }
    }

    /// The words of a value, lists and maps in one line.
    fn meta_words(&mut self, value: &Value) -> String {
        match tagged(value) {
            ("MetaString", content) => text(content),
            ("MetaBool", content) => content.as_bool().unwrap_or_default().to_string(),
            ("MetaInlines", content) => plain_text(&self.inlines(content)).replace('\n', " "),
            ("MetaBlocks", content) => {
                let blocks = self.blocks(list(content));
                blocks.iter().map(block_words).collect::<Vec<_>>().join("\n")
            }
            ("MetaList", content) => {
                let words: Vec<String> = list(content).iter().map(|item| self.meta_words(item)).collect();
                Value::from(words).to_string()
            }
            ("MetaMap", content) => {
                let entries = content.as_object().into_iter().flatten();
                let entries = entries.map(|(key, value)| (key.clone(), Value::from(self.meta_words(value))));
                Value::Object(entries.collect()).to_string()
            }
            _ => String::new(),
        }
    }
}

fn block_words(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => plain_text(content),
        _ => String::new(),
    }
}
