//! Reads HTML: a site's page, from which the article is taken, or a document that is one.

mod address;
mod attributes;
mod authors;
mod blocks;
mod byline;
mod charset;
mod chrome;
mod code;
mod convert;
mod dates;
mod images;
mod inlines;
mod main_content;
mod math;
mod metadata;
mod notes;
mod paragraphs;
mod ruby;
mod selector;
mod set_aside;
mod sheets;
mod style;
mod styled;
mod tables;
mod tree;

use std::collections::BTreeSet;

use super::{ReadError, Reader};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{
    Block, BlockKind, Contributor, Document, Inline, Language, Metadata, NoteId, plain_text, walk_inlines,
};
use crate::format::Format;
use crate::options::{PageCleaning, ReadOptions};
use crate::source::Source;
use convert::{Anchors, Converter};
use sheets::Styles;
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
        let mut document = read_page(&decoded.text, source, options, diagnostics);
        document.provenance.encoding = Some(decoded.encoding.to_owned());
        Ok(document)
    }
}

/// The blocks of one XHTML chapter, for readers of books made of such chapters.
///
/// The chapter is taken whole, every anchor stays, and headings keep their levels; the document's title is the
/// chapter's `<title>`.
pub fn read_chapter(markup: &str, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    let tree = parse(markup, Syntax::Xhtml, options, diagnostics);
    let body = tree.first_named(NodeId::ROOT, "body").unwrap_or(NodeId::ROOT);
    let mut document = Document::default();
    document.metadata.title =
        tree.first_named(NodeId::ROOT, "title").map(|id| metadata::one_line(&tree.text_content(id)));
    let page = Page { tree: &tree, markup, source: None, base: None, anchors: Anchors::All, is_site: false };
    convert_into(&mut document, &page, body, Vec::new(), diagnostics);
    document.metadata.language = declared_language(&tree);
    document
}

/// The blocks of a fragment of HTML within another format, with every anchor.
pub fn read_fragment(markup: &str, options: &ReadOptions) -> Document {
    // What cannot be kept of it stays with the other format as it was.
    let diagnostics = &mut Diagnostics::new();
    let tree = parse(markup, Syntax::Html, options, diagnostics);
    let body = tree.first_named(NodeId::ROOT, "body").unwrap_or(NodeId::ROOT);
    let mut document = Document::default();
    let page = Page { tree: &tree, markup, source: None, base: None, anchors: Anchors::All, is_site: false };
    convert_into(&mut document, &page, body, Vec::new(), diagnostics);
    document
}

/// A page as a document; there always is one.
fn read_page(markup: &str, source: &Source, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    let tree = parse(markup, syntax_of(markup), options, diagnostics);
    let head = metadata::Head::read(&tree);
    let body = tree.first_named(NodeId::ROOT, "body").unwrap_or(NodeId::ROOT);
    let is_site = match options.page {
        PageCleaning::Whole => false,
        PageCleaning::Article => true,
        PageCleaning::Auto => main_content::looks_like_a_site(&tree, body),
    };
    let found = if is_site { main_content::find(&tree, body) } else { None };
    let mut document = Document { metadata: head.metadata(), ..Document::default() };
    document.metadata.title = head.headline(&headings(&tree, body));
    let page = Page {
        tree: &tree,
        markup,
        source: Some(source),
        base: head.base(),
        anchors: Anchors::Used,
        is_site: found.is_some(),
    };
    match found {
        Some(found) => {
            let mut byline = byline::read(&tree, body, found.top, document.metadata.title.as_deref());
            let marked = authors::marked(&tree, body);
            if !marked.is_empty() {
                byline.authors = marked;
            }
            take_byline(&mut document.metadata, byline);
            document.provenance.set_aside = set_aside::of(&tree, body, &found);
            let left_out = found.left_out.iter().map(|(id, _)| *id).collect();
            convert_into(&mut document, &page, found.top, left_out, diagnostics);
            take_title(&mut document, true);
            take_byline_blocks(&mut document);
            convert::settle_levels(&mut document.blocks, 2);
        }
        None => {
            convert_into(&mut document, &page, body, Vec::new(), diagnostics);
            take_title(&mut document, false);
            if options.page != PageCleaning::Whole {
                convert::settle_levels(&mut document.blocks, 2);
            }
        }
    }
    let declared = options.language.clone().or_else(|| declared_language(&tree));
    let found = declared.or_else(|| crate::language::detect(&tree.text_content(body)));
    document.metadata.language = found.or(document.metadata.language.take());
    document
}

fn parse(markup: &str, syntax: Syntax, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Tree {
    let tree = Tree::parse(markup, syntax, &options.limits);
    if tree.bounded {
        let message = "elements nested too deep were flattened";
        diagnostics.warn(Loss::Repaired, "nested-too-deep", None, message);
    }
    if tree.full {
        let most = options.limits.nodes;
        let message =
            format!("the page has more than {most} nodes and its end is left out; raise --limit-nodes to keep it");
        diagnostics.warn(Loss::Dropped, "too-many-nodes", None, message);
    }
    tree
}

/// What the conversion of a page needs to know of it.
struct Page<'a> {
    tree: &'a Tree,
    markup: &'a str,
    /// Beside it stand the sheets it links to.
    source: Option<&'a Source>,
    base: Option<String>,
    anchors: Anchors,
    /// The article stands among other things of a site.
    is_site: bool,
}

/// Convert what is below `top` into the document's blocks and notes.
fn convert_into(
    document: &mut Document,
    page: &Page<'_>,
    top: NodeId,
    left_out: Vec<NodeId>,
    diagnostics: &mut Diagnostics,
) {
    let body = page.tree.first_named(NodeId::ROOT, "body").unwrap_or(NodeId::ROOT);
    let styles = Styles::of(page.tree, page.source);
    let base = page.base.clone();
    let mut converter = Converter::new(page.tree, body, page.markup, base, page.anchors, styles, diagnostics);
    converter.leave_out(left_out);
    // Sheets of sites hide what their scripts show again, and break pages for sheets of their own.
    if !page.is_site {
        converter.heed_display();
    }
    document.blocks = converter.blocks_below(top);
    document.notes = converter.note_blocks();
    if converter.flattened {
        let message = format!("blocks nested deeper than {} levels were flattened", crate::document::MAX_DEPTH);
        diagnostics.warn(Loss::Repaired, "nested-too-deep", None, message);
    }
    keep_referenced_notes(document);
}

/// Notes that nothing in the article refers to belong to what was left out.
fn keep_referenced_notes(document: &mut Document) {
    let mut referenced = BTreeSet::new();
    let mut visit = |inlines: &[Inline]| collect_references(inlines, &mut referenced);
    walk_inlines(&document.blocks, &mut visit);
    document.notes.values().for_each(|blocks| walk_inlines(blocks, &mut visit));
    document.notes.retain(|name, _| referenced.contains(name));
}

fn collect_references(inlines: &[Inline], referenced: &mut BTreeSet<NoteId>) {
    for inline in inlines {
        match inline {
            Inline::NoteReference(name) => {
                referenced.insert(name.clone());
            }
            other => collect_references(other.children(), referenced),
        }
    }
}

fn declared_language(tree: &Tree) -> Option<Language> {
    let html = tree.first_named(NodeId::ROOT, "html")?;
    let tag = tree.attribute(html, "lang").or_else(|| tree.attribute(html, "xml:lang"))?.trim();
    let is_tag = !tag.is_empty()
        && tag.len() <= 35
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_tag.then(|| Language::new(tag.replace('_', "-")))
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

/// Take the heading that is the title out of the blocks: the metadata has it. On a site's page what little stands before
/// it is no part of the article.
fn take_title(document: &mut Document, is_site: bool) {
    let Some(title) = &document.metadata.title else { return };
    let wanted = metadata::letters(title);
    let repeated = document.blocks.iter().take(12).position(|block| match &block.kind {
        BlockKind::Heading { content, .. } => metadata::letters(&plain_text(content)) == wanted,
        BlockKind::Paragraph { content, .. } => is_site && metadata::letters(&plain_text(content)) == wanted,
        _ => false,
    });
    let Some(at) = repeated else { return };
    document.blocks.remove(at);
    let is_short = |block: &Block| match &block.kind {
        BlockKind::Paragraph { content, .. } => plain_text(content).chars().count() <= 40,
        BlockKind::List { items, .. } => items.len() <= 6,
        _ => false,
    };
    if is_site && document.blocks[..at].iter().all(is_short) {
        let before: Vec<Block> = document.blocks.drain(..at).collect();
        before
            .iter()
            .for_each(|block| set_aside::push_block(&mut document.provenance.set_aside, block, "before the title"));
    }
}

/// What the page itself says fills what its head does not.
fn take_byline(metadata: &mut Metadata, byline: byline::Byline) {
    // The site's own name is an author only where no person is named.
    let is_site = |one: &Contributor| metadata.source.as_ref() == Some(&one.name);
    if metadata.contributors.iter().all(is_site) && !byline.authors.is_empty() {
        metadata.contributors = byline.authors.into_iter().map(Contributor::author).collect();
    }
    if metadata.date.is_none() {
        metadata.date = byline.date;
    }
    if byline.source.is_some() {
        metadata.source = byline.source;
    }
}

/// Take lines that are only byline from the head of the text: the metadata has what they say.
fn take_byline_blocks(document: &mut Document) {
    for _ in 0..4 {
        let found = document.blocks.iter().take(3).position(|block| match &block.kind {
            BlockKind::Paragraph { content, .. } => byline::is_byline(&plain_text(content)),
            _ => false,
        });
        let Some(at) = found else { return };
        let block = document.blocks.remove(at);
        set_aside::push_block(&mut document.provenance.set_aside, &block, "byline");
    }
}
