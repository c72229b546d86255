//! Title, subtitle, makers and date as a reader sees them.

use super::escape::{attribute, escape};
use super::labels::Labels;
use super::markup::Markup;
use crate::document::{Contributor, Document};

/// The head of an article. False, and nothing written, when it has no title.
pub fn title_block(document: &Document, markup: &mut Markup<'_>) -> bool {
    let Some(title) = document.title() else { return false };
    let anchor = document.title_heading().and_then(|index| document.blocks[index].attributes.id.as_ref());
    let id = anchor.and_then(|id| markup.around.anchors.place(id)).map(|place| place.id.as_str());
    let mut out = String::new();
    push_title(document, &title, id, markup.around.labels, &mut out);
    markup.raw(&out);
    markup.heading_written(1);
    true
}

/// Title, subtitle, makers, and where and when it appeared.
pub fn push_title(document: &Document, title: &str, id: Option<&str>, labels: &Labels, out: &mut String) {
    out.push_str("<header class=\"title\">\n<h1");
    if let Some(id) = id {
        attribute("id", id, out);
    }
    out.push('>');
    escape(title, out);
    out.push_str("</h1>\n");
    let subtitle = document.metadata.subtitle.as_deref().unwrap_or_default();
    let lines = [
        ("subtitle\" role=\"doc-subtitle", subtitle.to_owned()),
        ("makers", makers(document, labels)),
        ("imprint", imprint(document)),
    ];
    for (class, words) in lines.iter().filter(|(_, words)| !words.trim().is_empty()) {
        out.push_str("<p class=\"");
        out.push_str(class);
        out.push_str("\">");
        escape(words, out);
        out.push_str("</p>\n");
    }
    out.push_str("</header>\n");
}

/// Authors by name, others with what they did, wide spaces between.
fn makers(document: &Document, labels: &Labels) -> String {
    let contributors = &document.metadata.contributors;
    let only_authors = contributors.iter().all(|one| one.role == "author");
    let words = |one: &Contributor| {
        let role = if only_authors { "" } else { labels.of_role(&one.role) };
        if role.is_empty() { one.name.clone() } else { format!("{}\u{2002}{role}", one.name) }
    };
    contributors.iter().map(words).collect::<Vec<_>>().join("\u{3000}")
}

/// Where and when it appeared.
fn imprint(document: &Document) -> String {
    let metadata = &document.metadata;
    let date = metadata.date.as_deref().map(|date| date.split('T').next().unwrap_or(date));
    let parts = [metadata.source.as_deref(), metadata.publisher.as_deref(), date];
    parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\u{3000}")
}
