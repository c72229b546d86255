//! Notes kept in a file of their own: the HTML reader sees one file at a time and takes their references for links.

use std::collections::BTreeMap;

use crate::document::{Block, BlockKind, Document, Inline, ListMarks, Span, plain_text, walk_inlines_mut};

/// A link from one file to another.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Unique name of the anchor it leads to.
    pub target: String,
    /// Its words.
    pub mark: String,
}

/// Longest note, in characters: what is longer is a chapter.
const LONGEST: usize = 4000;

/// Turn links that look like references (`[1]`, `①`, `*`) into references, and what they lead to into notes.
pub fn move_notes(document: &mut Document, references: &[Reference]) {
    let wanted: Wanted<'_> = references
        .iter()
        .filter(|one| is_mark(&one.mark))
        .map(|one| (one.target.as_str(), one.mark.as_str()))
        .collect();
    if wanted.is_empty() {
        return;
    }
    let mut taken = BTreeMap::new();
    take(&mut document.blocks, &wanted, &mut taken);
    let mut names = BTreeMap::new();
    for (target, mut blocks) in taken {
        let numbered = (document.notes.len() + 1..).map(|number| number.to_string());
        let name = numbered.into_iter().find(|name| !document.notes.contains_key(name)).expect("numbers do not end");
        strip_back_link(&mut blocks);
        document.notes.insert(name.clone(), blocks);
        names.insert(target, name);
    }
    walk_inlines_mut(&mut document.blocks, &mut |inlines| refer(inlines, &names));
    document.notes.values_mut().for_each(|blocks| walk_inlines_mut(blocks, &mut |inlines| refer(inlines, &names)));
}

/// What links that look like references lead to, by anchor: the mark of the link.
type Wanted<'a> = BTreeMap<&'a str, &'a str>;

/// A mark without brackets: `1` of `[1]`, `注1` and `〔1〕`.
fn bare(text: &str) -> &str {
    let brackets = ['[', ']', '(', ')', '（', '）', '〔', '〕', '【', '】', '［', '］', '^', ' '];
    text.trim().trim_matches(brackets).trim_start_matches(['注', '註'])
}

/// Whether what a link leads to answers it: begins with its mark, leads back, stands at its number in a list or is called
/// a note. The numbers of an index lead to paragraphs that do none of that.
fn is_note(blocks: &[Block], mark: &str, number: Option<usize>) -> bool {
    let mark = bare(mark);
    let paragraphs = || {
        blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Paragraph { content, .. } => Some(content),
            _ => None,
        })
    };
    let begins = paragraphs().next().is_some_and(|content| bare(&plain_text(content)).starts_with(mark));
    let is_called = |block: &Block| {
        block.attributes.classes.iter().any(|class| class.contains("note") || class.contains("注") || class == "fn")
    };
    begins
        || number.is_some_and(|number| mark.parse() == Ok(number))
        || paragraphs().any(|content| leads_back(content))
        || blocks.iter().any(is_called)
}

/// A link within the book whose words are a mark or an arrow.
fn leads_back(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Link(link) if link.target.starts_with('#') => {
            let words = plain_text(&link.content);
            let words = words.trim();
            is_mark(words) || words.chars().all(|c| matches!(c, '↩' | '↑' | '⏎' | '^' | '←' | '⤴' | '\u{fe0e}'))
        }
        other => leads_back(other.children()),
    })
}

/// A number, perhaps in brackets or after 注, or a sign: `[1]`, `①`, `注3`, `*`.
fn is_mark(text: &str) -> bool {
    let text = bare(text);
    let sign = |c: char| matches!(c, '*' | '†' | '‡' | '＊' | '※');
    (1..=4).contains(&text.chars().count()) && (text.chars().all(char::is_numeric) || text.chars().all(sign))
}

/// Take out paragraphs and list items that hold a wanted anchor.
fn take(blocks: &mut Vec<Block>, wanted: &Wanted<'_>, taken: &mut BTreeMap<String, Vec<Block>>) {
    let mut kept = Vec::with_capacity(blocks.len());
    for mut block in std::mem::take(blocks) {
        let is_text = matches!(block.kind, BlockKind::Paragraph { .. });
        if is_text && let Some(anchor) = anchor_of(&block, wanted) {
            let short = matches!(&block.kind, BlockKind::Paragraph { content, .. }
                if plain_text(content).chars().count() <= LONGEST);
            let answers = is_note(std::slice::from_ref(&block), wanted[anchor.as_str()], None);
            if short && answers && !taken.contains_key(&anchor) {
                taken.insert(anchor, vec![block]);
                continue;
            }
        }
        match &mut block.kind {
            BlockKind::List { items, marks, .. } => {
                let mut number = match marks {
                    ListMarks::Ordered { start, .. } => Some(*start as usize),
                    ListMarks::Bullet => None,
                };
                items.retain_mut(|item| {
                    let first = item.blocks.first().and_then(|block| anchor_of(block, wanted));
                    let own = number;
                    number = number.map(|number| number + 1);
                    let answers = |anchor: &String| is_note(&item.blocks, wanted[anchor.as_str()], own);
                    match first {
                        Some(anchor) if !taken.contains_key(&anchor) && answers(&anchor) => {
                            taken.insert(anchor, std::mem::take(&mut item.blocks));
                            false
                        }
                        _ => {
                            take(&mut item.blocks, wanted, taken);
                            true
                        }
                    }
                });
                if items.is_empty() {
                    continue;
                }
            }
            BlockKind::Box { blocks, .. } | BlockKind::Quote { blocks, .. } => {
                take(blocks, wanted, taken);
                if blocks.is_empty() {
                    continue;
                }
            }
            _ => {}
        }
        kept.push(block);
    }
    *blocks = kept;
}

/// The wanted anchor a block is or holds.
fn anchor_of(block: &Block, wanted: &Wanted<'_>) -> Option<String> {
    fn within(inlines: &[Inline], wanted: &Wanted<'_>) -> Option<String> {
        inlines.iter().find_map(|inline| match inline {
            Inline::Span(span) => span.attributes.id.clone().filter(|id| wanted.contains_key(id.as_str())),
            other => within(other.children(), wanted),
        })
    }
    let own = block.attributes.id.as_ref().filter(|id| wanted.contains_key(id.as_str())).cloned();
    own.or_else(|| match &block.kind {
        BlockKind::Paragraph { content, .. } => within(content, wanted),
        _ => None,
    })
}

/// The number a note starts with leads back to the text; the writers set their own.
fn strip_back_link(blocks: &mut [Block]) {
    let Some(BlockKind::Paragraph { content, .. }) = blocks.first_mut().map(|block| &mut block.kind) else { return };
    let is_back = |inline: &Inline| match inline {
        Inline::Link(link) => link.target.starts_with('#') && is_mark(&plain_text(&link.content)),
        Inline::Span(Span { content, .. }) | Inline::Superscript(content) => {
            matches!(content.as_slice(), [Inline::Link(link)] if link.target.starts_with('#'))
        }
        _ => false,
    };
    if let Some(at) = content.iter().take(3).position(is_back) {
        content.remove(at);
        if let Some(Inline::Text(text)) = content.get_mut(at) {
            *text = text.trim_start_matches(['.', '．', '、', ' ', '\u{3000}', '\u{a0}']).to_owned();
        }
    }
}

fn refer(inlines: &mut [Inline], names: &BTreeMap<String, String>) {
    for inline in inlines {
        let name = match inline {
            Inline::Link(link) if is_mark(&plain_text(&link.content)) => {
                link.target.strip_prefix('#').and_then(|target| names.get(target))
            }
            _ => None,
        };
        if let Some(name) = name {
            *inline = Inline::NoteReference(name.clone());
        } else if let Some(children) = inline.children_mut() {
            refer(children, names);
            // A raised reference is raised by the writer.
            if let Inline::Superscript(content) = inline
                && matches!(content.as_slice(), [Inline::NoteReference(_)])
            {
                *inline = content.remove(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Attributes;
    use crate::document::Link;

    fn link(target: &str, words: &str) -> Inline {
        Inline::from(Link { target: target.to_owned(), title: None, content: vec![Inline::text(words)] })
    }

    fn anchored(id: &str, content: Vec<Inline>) -> Block {
        Block::paragraph(content).with_attributes(Attributes::of_id(id))
    }

    /// The paragraphs left, and how many notes there are.
    fn moved(blocks: Vec<Block>, references: &[(&str, &str)]) -> (usize, usize) {
        let mut document = Document { blocks, ..Document::default() };
        let reference = |(target, mark): &(&str, &str)| Reference { target: (*target).into(), mark: (*mark).into() };
        let references: Vec<Reference> = references.iter().map(reference).collect();
        move_notes(&mut document, &references);
        (document.blocks.len(), document.notes.len())
    }

    #[test]
    fn a_note_begins_with_its_mark_or_leads_back() {
        let call = Block::paragraph(vec![Inline::text("正文"), link("#n1", "[1]")]);
        let begins = anchored("n1", vec![Inline::text("1. 注文。")]);
        assert_eq!(moved(vec![call.clone(), begins], &[("n1", "[1]")]), (1, 1));
        let back = anchored("n1", vec![Inline::text("注文。"), link("#c1", "↩")]);
        assert_eq!(moved(vec![call, back], &[("n1", "[1]")]), (1, 1));
    }

    #[test]
    fn the_paragraphs_an_index_leads_to_stay() {
        let index = Block::paragraph(vec![Inline::text("水磨，"), link("#p63", "6"), link("#p47", "28")]);
        let chapter = ["p63", "p47"].map(|id| anchored(id, vec![Inline::text("水磨在河边转着。")]));
        let blocks: Vec<Block> = chapter.into_iter().chain([index]).collect();
        assert_eq!(moved(blocks, &[("p63", "6"), ("p47", "28")]), (3, 0));
    }
}
