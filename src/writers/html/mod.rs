//! HTML: one self-contained, accessible page; and the markup it shares with EPUB.

mod address;
pub(super) mod anchors;
pub(super) mod escape;
mod inlines;
pub(super) mod labels;
pub(super) mod markup;
pub(super) mod math;
mod notes;
mod table;
pub(super) mod title;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use self::anchors::{Anchors, IdAlphabet};
use self::escape::{attribute, escape};
use self::labels::Labels;
use self::markup::{Markup, Medium, Surroundings, language_tag};
use self::math::Mathematics;
use super::{Artifact, WriteError, Writer};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Outline, OutlineEntry, ResourceId};
use crate::edition::Edition;
use crate::format::Format;
use crate::options::WriteOptions;
use crate::themes::Theme;

/// Styles of the text, shared with EPUB, and of the page around it.
pub(super) const BOOK_STYLES: &str = include_str!("../../themes/classic/book.css");
/// What lines from top to bottom need beside them.
pub(super) const VERTICAL_STYLES: &str = include_str!("../../themes/classic/vertical.css");
const PAGE_STYLES: &str = include_str!("../../themes/classic/page.css");

/// A document of at least so many headings gets a table of contents.
const HEADINGS_FOR_CONTENTS: usize = 4;

pub struct HtmlWriter;

impl Writer for HtmlWriter {
    fn format(&self) -> Format {
        Format::Html
    }

    fn write(
        &self,
        document: &Document,
        edition: &Edition,
        options: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let language = document.metadata.language.clone().unwrap_or_default();
        let labels = Labels::of(&language);
        let mut anchors = Anchors::default();
        anchors.collect(document, &document.blocks, 0, IdAlphabet::Letters);
        let pictures = embedded_pictures(document);
        let files = [String::new()];
        let around = Surroundings {
            document,
            medium: Medium::Page,
            labels,
            anchors: &anchors,
            files: &files,
            pictures: &pictures,
            neighbours: &options.neighbours,
            vertical: options.vertical,
            rare: &[],
        };
        let math = Mathematics::default();
        let mut markup = Markup::new(around, 0, &math, diagnostics);
        let tag = language_tag(&language).unwrap_or_else(|| "zh-Hans".to_owned());
        head(document, &tag, &styles(&edition.theme, options.vertical), labels, &mut markup);
        let outline = Outline::of(body(document));
        contents(&outline, around, &mut markup);
        markup.raw("<main>\n<article>\n");
        let titled = title::title_block(document, &mut markup);
        write_body(document, titled, &mut markup);
        markup.gather_unreferenced_notes();
        markup.close_notes();
        markup.raw("</article>\n</main>\n</body>\n</html>\n");
        let (text, _) = markup.finish();
        Ok(Artifact { bytes: text.into_bytes(), ..Artifact::default() })
    }
}

/// Every block of the document below its title, headings ranked by the outline.
fn write_body<'a>(document: &'a Document, titled: bool, markup: &mut Markup<'a>) {
    let depths = heading_depths(document);
    let skipped = document.title_heading();
    for (index, block) in document.blocks.iter().enumerate() {
        if skipped != Some(index) {
            let rank = depths[index].map(|depth| (depth + 1 + u8::from(titled)).min(6));
            markup.block(block, rank);
        }
    }
}

/// The blocks without the heading that is the title.
pub(super) fn body(document: &Document) -> &[crate::document::Block] {
    match document.title_heading() {
        Some(index) => &document.blocks[index + 1..],
        None => &document.blocks,
    }
}

/// For each top-level block that is a heading, how many headings of the outline stand above it: a rank without gaps,
/// whatever levels the source skips. The title has none.
pub(super) fn heading_depths(document: &Document) -> Vec<Option<u8>> {
    use crate::document::{BlockKind, Level};
    let mut open: Vec<Level> = Vec::new();
    let title = document.title_heading();
    let depth = |(index, block): (usize, &crate::document::Block)| match &block.kind {
        BlockKind::Heading { level, .. } if title != Some(index) => {
            while open.last().is_some_and(|last| last >= level) {
                open.pop();
            }
            open.push(*level);
            Some(open.len() as u8 - 1)
        }
        _ => None,
    };
    document.blocks.iter().enumerate().map(depth).collect()
}

/// The theme's styles of text, and those of the page around it.
fn styles(theme: &Theme, vertical: bool) -> String {
    let text = theme.book_css.as_deref().unwrap_or(BOOK_STYLES);
    [text, if vertical { VERTICAL_STYLES } else { "" }, PAGE_STYLES].concat()
}

fn head(document: &Document, tag: &str, styles: &str, labels: &Labels, markup: &mut Markup<'_>) {
    let mut out = String::from("<!DOCTYPE html>\n<html");
    attribute("lang", tag, &mut out);
    out.push_str(">\n<head>\n<meta charset=\"utf-8\"/>\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    out.push_str("<meta name=\"generator\" content=\"banxin\"/>\n");
    let metadata = &document.metadata;
    let authors = metadata.authors().collect::<Vec<_>>().join(", ");
    let keywords = metadata.keywords.join(", ");
    let facts = [
        ("author", authors.as_str()),
        ("description", metadata.description.as_deref().unwrap_or_default()),
        ("keywords", keywords.as_str()),
        ("dcterms.date", metadata.date.as_deref().unwrap_or_default()),
        ("dcterms.rights", metadata.rights.as_deref().unwrap_or_default()),
    ];
    for (name, content) in facts.iter().filter(|(_, content)| !content.is_empty()) {
        out.push_str("<meta");
        attribute("name", name, &mut out);
        attribute("content", content, &mut out);
        out.push_str("/>\n");
    }
    out.push_str("<title>");
    escape(&document.title().unwrap_or_else(|| labels.untitled.to_owned()), &mut out);
    out.push_str("</title>\n<style>\n");
    // Nothing in them may end their element.
    out.push_str(&styles.replace("</", "<\\/"));
    out.push_str("</style>\n</head>\n<body>\n");
    markup.raw(&out);
}

/// A table of contents where there is enough to list.
fn contents(outline: &Outline, around: Surroundings<'_>, markup: &mut Markup<'_>) {
    fn count(entries: &[OutlineEntry]) -> usize {
        entries.iter().map(|entry| 1 + count(&entry.children)).sum()
    }
    if count(&outline.entries) < HEADINGS_FOR_CONTENTS {
        return;
    }
    let mut out = String::from("<nav class=\"contents\"");
    attribute("aria-label", around.labels.contents, &mut out);
    out.push_str(">\n<details>\n<summary>");
    escape(around.labels.contents, &mut out);
    out.push_str("</summary>\n");
    list(&outline.entries, around, &mut out);
    out.push_str("</details>\n</nav>\n");
    markup.raw(&out);
}

fn list(entries: &[OutlineEntry], around: Surroundings<'_>, out: &mut String) {
    out.push_str("<ol>\n");
    for entry in entries {
        out.push_str("<li>");
        let title = if entry.title.trim().is_empty() { around.labels.untitled } else { entry.title.trim() };
        match entry.id.as_ref().and_then(|id| around.anchors.place(id)) {
            Some(place) => {
                out.push_str("<a");
                attribute("href", &format!("#{}", place.id), out);
                out.push('>');
                escape(title, out);
                out.push_str("</a>");
            }
            None => escape(title, out),
        }
        if !entry.children.is_empty() {
            out.push('\n');
            list(&entry.children, around, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

/// Every picture as a `data:` address.
fn embedded_pictures(document: &Document) -> BTreeMap<&ResourceId, String> {
    let pictures = document.resources.iter().filter(|(_, resource)| resource.media_type.starts_with("image/"));
    let address = |resource: &crate::document::Resource| {
        format!("data:{};base64,{}", resource.media_type, STANDARD.encode(resource.data.as_slice()))
    };
    pictures.map(|(id, resource)| (id, address(resource))).collect()
}
