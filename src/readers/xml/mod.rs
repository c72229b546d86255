//! Reads XML: DocBook 4 and 5, FictionBook 2, and a small article vocabulary (`docs/article-xml.md`).
//!
//! The root element tells which. Each vocabulary says what its elements mean; what becomes of each meaning is the same
//! for all. Elements no vocabulary knows keep their text and are reported.

mod content;
mod docbook;
mod fictionbook;
mod generic;
mod inlines;
mod meaning;
mod tables;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use super::{ReadError, Reader};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Block, Document, Language, MAX_DEPTH, Metadata, NoteId, ParagraphRole};
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;
use crate::xml::XmlError;
use content::Content;
use meaning::{Meaning, Vocabulary};
use tree::{Element, Node, Parsed};

pub struct XmlReader;

impl Reader for XmlReader {
    fn format(&self) -> Format {
        Format::Xml
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let is_html = start.to_ascii_lowercase().contains("<html");
        let roots = ["<article", "<book", "<FictionBook", "<chapter", "<section xmlns"];
        !is_html && (start.starts_with("<?xml") || roots.iter().any(|root| start.starts_with(root)))
    }

    fn read(
        &self,
        source: &Source,
        options: &ReadOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, ReadError> {
        let declared = declared_encoding(source.bytes());
        let decoded =
            crate::encoding::decode(source.bytes(), declared.as_deref(), options.encoding.as_deref(), diagnostics);
        let parsed = tree::parse(&decoded.text, &options.limits)?;
        let mut document = convert(&parsed, options, diagnostics);
        document.provenance.encoding = Some(decoded.encoding.to_owned());
        Ok(document)
    }
}

impl From<XmlError> for ReadError {
    fn from(error: XmlError) -> ReadError {
        let XmlError { place, message } = error;
        ReadError::Malformed { line: place.line, column: place.column, message }
    }
}

/// The encoding that the XML declaration names; readable whatever the encoding is, as long as it has ASCII in it.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(200).map(|byte| char::from(*byte)).collect();
    let declaration = head.trim_start_matches("ï»¿").strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(label, _)| label.to_owned())
}

fn convert(parsed: &Parsed, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    for (place, message) in &parsed.lost {
        diagnostics.warn(Loss::Substituted, "unresolved-entity", Some(*place), message.clone());
    }
    let root = &parsed.root;
    let is_book = matches!(root.name.as_str(), "book" | "set" | "FictionBook") || root.child("chapter").is_some();
    if root.name == "FictionBook" {
        return fiction(root, options, diagnostics);
    }
    if docbook::is_docbook(root, &parsed.doctype) {
        let vocabulary = docbook::DocBook { is_book };
        return article(root, &vocabulary, docbook::metadata(root), options, diagnostics);
    }
    let vocabulary = generic::Generic { is_book };
    let body = generic_body(root, &vocabulary);
    article(&body, &vocabulary, generic::metadata(root), options, diagnostics)
}

/// The root without the children that are metadata.
fn generic_body(root: &Element, vocabulary: &generic::Generic) -> Element {
    let mut body = root.without_children();
    for child in &root.children {
        let is_metadata = matches!(child, Node::Element(element)
            if vocabulary.meaning(element) == Meaning::Info
                || (generic::is_metadata(&element.name.to_ascii_lowercase()) && !vocabulary.meaning(element).is_block())
                || matches!(vocabulary.meaning(element), Meaning::Title | Meaning::Subtitle));
        let is_head =
            matches!(child, Node::Element(element) if element.name == "head" && element.elements().next().is_some());
        if !is_metadata && !is_head {
            body.children.push(child.clone());
        }
    }
    body
}

fn article(
    root: &Element,
    vocabulary: &dyn Vocabulary,
    metadata: Metadata,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
) -> Document {
    let mut document = Document { metadata, ..Document::default() };
    document.metadata.language = language_of(root, &document.metadata, options);
    let note_ids = notes_of(root, vocabulary);
    let mut content = Content {
        language: document.metadata.language.clone().unwrap_or_default(),
        level: vocabulary.first_level(),
        titles: titles_of(root, vocabulary),
        vocabulary,
        diagnostics,
        note_ids,
        notes: BTreeMap::new(),
        pictures: BTreeMap::new(),
        depth: 0,
        inline_depth: 0,
        flattened: false,
        unknown: BTreeSet::new(),
    };
    let mut shown = root.without_children();
    for child in &root.children {
        let is_front = matches!(child, Node::Element(element)
            if matches!(vocabulary.meaning(element), Meaning::Title | Meaning::Subtitle | Meaning::Info));
        if !is_front {
            shown.children.push(child.clone());
        }
    }
    let mut blocks = front_blocks(root, &mut content);
    blocks.extend(content.blocks_in(&shown, ParagraphRole::Body));
    finish(document, blocks, content)
}

/// What the metadata holds that readers are meant to see: abstract, dedication, epigraph.
fn front_blocks(root: &Element, content: &mut Content<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for info in root.elements().filter(|element| content.vocabulary.meaning(element) == Meaning::Info) {
        let mut shown = info.without_children();
        let is_shown =
            |child: &&Element| matches!(child.name.as_str(), "abstract" | "epigraph" | "dedication" | "lead");
        shown.children.extend(info.elements().filter(is_shown).cloned().map(Node::Element));
        blocks.extend(content.blocks_in(&shown, ParagraphRole::Body));
    }
    blocks
}

fn finish(mut document: Document, blocks: Vec<Block>, content: Content<'_>) -> Document {
    if content.flattened {
        let message = format!("elements nested deeper than {MAX_DEPTH} levels were flattened");
        content.diagnostics.warn(Loss::Repaired, "nested-too-deep", None, message);
    }
    document.blocks = blocks;
    document.notes = content.notes;
    document.resources = content.pictures;
    document
}

fn fiction(root: &Element, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    let vocabulary = fictionbook::FictionBook;
    let (pictures, broken) = fictionbook::pictures(root);
    for (name, reason) in broken {
        diagnostics.warn(Loss::Dropped, "missing-picture", None, format!("the picture {name} is not shown: {reason}"));
    }
    let mut document = Document { metadata: fictionbook::metadata(root), ..Document::default() };
    document.metadata.language = language_of(root, &document.metadata, options);
    document.metadata.cover = fictionbook::cover(root).filter(|name| pictures.contains_key(name));
    let is_notes = |element: &&Element| element.name == "body" && fictionbook::is_notes(element);
    let mut note_ids: BTreeMap<String, NoteId> = BTreeMap::new();
    let mut bodies: Vec<(NoteId, &Element)> = Vec::new();
    for section in root.elements().filter(is_notes).flat_map(Element::elements) {
        if let Some(id) = section.id() {
            let number = (bodies.len() + 1).to_string();
            note_ids.insert(id.to_owned(), number.clone());
            bodies.push((number, section));
        }
    }
    let mut content = Content {
        language: document.metadata.language.clone().unwrap_or_default(),
        level: vocabulary.first_level(),
        titles: titles_of(root, &vocabulary),
        vocabulary: &vocabulary,
        diagnostics,
        note_ids,
        notes: BTreeMap::new(),
        pictures,
        depth: 0,
        inline_depth: 0,
        flattened: false,
        unknown: BTreeSet::new(),
    };
    for (number, section) in bodies {
        let mut shown = section.without_children();
        // The title of a note is its number.
        shown.children.extend(section.children.iter().filter(|child| !is_title(child)).cloned());
        let blocks = content.blocks_in(&shown, ParagraphRole::Body);
        content.notes.insert(number, blocks);
    }
    let mut blocks = Vec::new();
    for body in root.elements().filter(|element| element.name == "body" && !fictionbook::is_notes(element)) {
        // The title of the main body repeats the book's.
        let mut shown = body.without_children();
        let title = body.child("title").map(Element::line).unwrap_or_default();
        let is_book_title = document.metadata.title.as_ref().is_some_and(|own| title.contains(own.as_str()));
        shown.children.extend(body.children.iter().filter(|child| !(is_book_title && is_title(child))).cloned());
        blocks.extend(content.blocks_in(&shown, ParagraphRole::Body));
    }
    finish(document, blocks, content)
}

fn is_title(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.name == "title")
}

/// The language: the user's word, else the document's own.
fn language_of(root: &Element, metadata: &Metadata, options: &ReadOptions) -> Option<Language> {
    let declared = root.attribute("xml:lang").or_else(|| root.attribute("lang")).or_else(|| root.attribute("language"));
    let said = options.language.clone().or_else(|| declared.map(Language::new)).or_else(|| metadata.language.clone());
    said.or_else(|| crate::language::detect(&root.text()))
}

/// Names for the notes of elements with anchors, in document order.
fn notes_of(root: &Element, vocabulary: &dyn Vocabulary) -> BTreeMap<String, NoteId> {
    let elements = root.descendants();
    let notes = elements.iter().filter(|element| vocabulary.meaning(element) == Meaning::Footnote);
    let mut named = BTreeMap::new();
    for (at, note) in notes.enumerate() {
        if let Some(id) = note.id() {
            named.entry(id.to_owned()).or_insert_with(|| (at + 1).to_string());
        }
    }
    named
}

/// The words by which references show what they point to: its label, its title, its term.
fn titles_of(root: &Element, vocabulary: &dyn Vocabulary) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for element in root.descendants() {
        let Some(id) = element.id() else { continue };
        let label = element.attribute("xreflabel").map(str::to_owned);
        let title = || {
            let own = element.elements().find(|child| vocabulary.meaning(child) == Meaning::Title);
            let info = element.elements().find(|child| vocabulary.meaning(child) == Meaning::Info);
            own.or_else(|| info?.elements().find(|child| child.name == "title")).map(Element::line)
        };
        let term = || element.elements().find(|child| vocabulary.meaning(child) == Meaning::Term).map(Element::line);
        let own = || {
            let text = element.line();
            (text.chars().count() <= 60 && !text.is_empty()).then_some(text)
        };
        if let Some(words) = label.or_else(title).or_else(term).or_else(own) {
            titles.entry(id.to_owned()).or_insert(words);
        }
    }
    titles
}
