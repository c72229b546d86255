//! Reads HTML: a site's page, from which the article is taken, or a document that is one.

mod address;
mod blocks;
mod charset;
mod code;
mod convert;
mod dates;
mod images;
mod inlines;
mod math;
mod metadata;
mod notes;
mod paragraphs;
mod ruby;
mod style;
mod tables;
mod tree;

use super::{ReadError, Reader};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{BlockKind, Document, plain_text};
use crate::format::Format;
use crate::options::{PageCleaning, ReadOptions};
use crate::source::Source;
use convert::{Anchors, Converter};
use tree::{NodeId, Syntax, Tree};

pub struct HtmlReader;

impl Reader for HtmlReader {
    fn format(&self) -> Format {
        Format::Html
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head).to_ascii_lowercase();
        let start = text.trim_start_matches('\u{feff}').trim_start();
        ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
            || (start.starts_with("<?xml") || start.starts_with("<!--")) && start.contains("<html")
    }

    fn read(
        &self,
        source: &Source,
        options: &ReadOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, ReadError> {
        let declared = charset::declared(source.bytes());
        let asked = options.encoding.as_deref();
        let decoded = crate::encoding::decode(source.bytes(), declared.as_deref(), asked, diagnostics);
        let mut document = read_page(&decoded.text, options, diagnostics);
        document.provenance.encoding = Some(decoded.encoding.to_owned());
        Ok(document)
    }
}

/// A page as a document; there always is one.
fn read_page(markup: &str, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    let tree = Tree::parse(markup, syntax_of(markup), options.limits.nodes);
    if tree.bounded {
        let message = "elements nested too deep were flattened";
        diagnostics.warn(Loss::Repaired, "nested-too-deep", None, message);
    }
    let head = metadata::Head::read(&tree);
    let body = tree.first_named(NodeId::ROOT, "body").unwrap_or(NodeId::ROOT);
    let mut document = Document { metadata: head.metadata(), ..Document::default() };
    document.metadata.title = head.headline(&headings(&tree, body));
    let html = tree.first_named(NodeId::ROOT, "html");
    let mut converter = Converter::new(&tree, body, markup, head.base(), Anchors::Used, diagnostics);
    let declared = html.map(|html| converter.language_of(html)).filter(|language| !language.is_empty());
    let top = body;
    document.blocks = converter.blocks_below(top);
    document.notes = converter.note_blocks();
    if converter.flattened {
        let message = format!("blocks nested deeper than {} levels were flattened", crate::document::MAX_DEPTH);
        diagnostics.warn(Loss::Repaired, "nested-too-deep", None, message);
    }
    take_title(&mut document);
    let language = options.language.clone().or(declared.map(crate::document::Language::new));
    let found = language.or_else(|| crate::language::detect(&tree.text_content(body)));
    document.metadata.language = found.or(document.metadata.language.take());
    if options.page != PageCleaning::Whole {
        convert::settle_levels(&mut document.blocks, 2);
    }
    document
}

/// XHTML says so in its first line.
fn syntax_of(markup: &str) -> Syntax {
    if markup.trim_start().starts_with("<?xml") { Syntax::Xhtml } else { Syntax::Html }
}

/// The words of the page's first-level headings, else of all.
fn headings(tree: &Tree, body: NodeId) -> Vec<String> {
    let of = |names: &[&str]| -> Vec<String> {
        let found = tree.subtree(body).filter(|id| names.contains(&tree.name(*id)));
        found.map(|id| metadata::one_line(&tree.text_content(id))).filter(|text| !text.is_empty()).take(50).collect()
    };
    let first = of(&["h1"]);
    if first.is_empty() { of(&["h2", "h3"]) } else { first }
}

/// Take the heading that is the title out of the blocks: the metadata has it.
fn take_title(document: &mut Document) {
    let Some(title) = &document.metadata.title else { return };
    let wanted = metadata::letters(title);
    let repeated = document.blocks.iter().take(12).position(|block| match &block.kind {
        BlockKind::Heading { content, .. } => metadata::letters(&plain_text(content)) == wanted,
        _ => false,
    });
    if let Some(at) = repeated {
        document.blocks.remove(at);
    }
}
