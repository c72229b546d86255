//! How a source was understood, for one who wonders why a result looks as it does.

use crate::document::{BlockKind, Document, Origin, plain_text, walk_blocks};

/// A line for each thing that was found: format, encoding, metadata, headings with their places, what was set aside and why.
pub fn explain(document: &Document) -> Vec<String> {
    let metadata = &document.metadata;
    let provenance = &document.provenance;
    let authors = metadata.authors().collect::<Vec<_>>().join("、");
    let language = metadata.language.as_ref().map(|language| language.as_str().to_owned());
    let known = [
        ("format", provenance.format.clone()),
        ("encoding", provenance.encoding.clone()),
        ("language", language),
        ("title", document.title()),
        ("authors", Some(authors).filter(|authors| !authors.is_empty())),
        ("date", metadata.date.clone()),
        ("source", metadata.source.clone()),
        ("address", metadata.address.clone()),
    ];
    let mut lines: Vec<String> =
        known.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?))).collect();
    walk_blocks(&document.blocks, &mut |block| {
        if let BlockKind::Heading { level, content } = &block.kind {
            lines.push(format!("{}heading of level {}: {}", at(block.origin), level.get(), plain_text(content)));
        }
    });
    for piece in &provenance.set_aside {
        lines.push(format!("{}set aside ({}): {}", at(piece.origin), piece.reason, shortened(&piece.text)));
    }
    lines.push(format!(
        "{} blocks, {} notes, {} pictures",
        document.blocks.len(),
        document.notes.len(),
        document.resources.len()
    ));
    lines
}

fn at(origin: Option<Origin>) -> String {
    origin.map_or_else(String::new, |origin| format!("line {}: ", origin.line))
}

fn shortened(text: &str) -> String {
    let mut characters = text.chars().map(|character| if character.is_control() { ' ' } else { character });
    let start: String = characters.by_ref().take(60).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}
