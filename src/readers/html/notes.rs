//! Footnotes of pages: which links are references to notes, and which elements are the notes.

use std::collections::BTreeMap;

use super::tree::{NodeId, Tree};
use crate::document::NoteId;

/// The references and notes of one page.
#[derive(Debug, Default)]
pub struct Notes {
    references: BTreeMap<NodeId, NoteId>,
    bodies: BTreeMap<NodeId, NoteId>,
    /// Links from a note back to its references, which paper does not need.
    back_links: Vec<NodeId>,
}

impl Notes {
    /// Find the notes below a node.
    ///
    /// A link is a reference when it says so (EPUB 3 `epub:type`, DPUB-ARIA `role`, a class), or when it is a mark such
    /// as `[1]` or a superscript number and its target links back to it or stands in a list of notes.
    pub fn find(tree: &Tree, top: NodeId) -> Notes {
        let mut notes = Notes::default();
        let anchors = anchors(tree, top);
        let mut names: BTreeMap<NodeId, NoteId> = BTreeMap::new();
        let mut referenced_from: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
        let links = tree.subtree(top).filter(|id| tree.name(*id) == "a");
        for link in links {
            let Some(fragment) = tree.attribute(link, "href").and_then(fragment) else { continue };
            let Some(body) = anchors.get(fragment).and_then(|target| body_of(tree, *target)) else { continue };
            let inside = link == body || tree.ancestors(link).any(|one| one == body);
            // The way back from a note looks like a reference to the paragraph it came from.
            let from_note = tree.ancestors(link).any(|one| names.contains_key(&one)) && !says_reference(tree, link);
            if inside || from_note || says_back_link(tree, link) || !is_reference(tree, link, body) {
                continue;
            }
            let next = names.len() + 1;
            let name = names.entry(body).or_insert_with(|| next.to_string()).clone();
            referenced_from.entry(body).or_default().push(link);
            notes.references.insert(outermost_mark(tree, link), name);
        }
        for (body, name) in names {
            notes.collect_back_links(tree, body, &anchors, &referenced_from);
            notes.bodies.insert(body, name);
        }
        notes
    }

    /// The note an element refers to, when it is a reference.
    pub fn reference(&self, id: NodeId) -> Option<&str> {
        self.references.get(&id).map(String::as_str)
    }

    pub fn is_body(&self, id: NodeId) -> bool {
        self.bodies.contains_key(&id)
    }

    pub fn is_back_link(&self, id: NodeId) -> bool {
        self.back_links.binary_search(&id).is_ok()
    }

    /// The notes with the elements that hold them.
    pub fn bodies(&self) -> impl Iterator<Item = (NodeId, &NoteId)> {
        self.bodies.iter().map(|(id, name)| (*id, name))
    }

    fn collect_back_links(
        &mut self,
        tree: &Tree,
        body: NodeId,
        anchors: &BTreeMap<&str, NodeId>,
        referenced_from: &BTreeMap<NodeId, Vec<NodeId>>,
    ) {
        for link in tree.subtree(body).filter(|id| tree.name(*id) == "a") {
            let says_so = tree.attribute(link, "role") == Some("doc-backlink")
                || tree.attribute(link, "class").is_some_and(|class| class.contains("back"));
            let Some(fragment) = tree.attribute(link, "href").and_then(fragment) else { continue };
            let target = anchors.get(fragment).copied();
            let comes_back = target.is_some_and(|target| {
                let references = referenced_from.get(&body).map(Vec::as_slice).unwrap_or_default();
                references.iter().any(|reference| {
                    *reference == target
                        || tree.ancestors(*reference).take(3).any(|one| one == target)
                        || tree.ancestors(target).take(3).any(|one| one == *reference)
                        || tree.parent(*reference) == tree.parent(target)
                })
            });
            if says_so || comes_back {
                self.back_links.push(link);
            }
        }
        self.back_links.sort_unstable();
    }
}

/// Elements by the names that links can give them.
fn anchors(tree: &Tree, top: NodeId) -> BTreeMap<&str, NodeId> {
    let mut anchors = BTreeMap::new();
    for id in tree.subtree(top) {
        if let Some(name) = tree.attribute(id, "id") {
            anchors.entry(name).or_insert(id);
        }
        if tree.name(id) == "a"
            && let Some(name) = tree.attribute(id, "name")
        {
            anchors.entry(name).or_insert(id);
        }
    }
    anchors
}

fn fragment(address: &str) -> Option<&str> {
    let (before, fragment) = address.split_once('#')?;
    (before.is_empty() && !fragment.is_empty()).then_some(fragment)
}

/// The block that holds a note, from the element its reference points at: a list item, a paragraph, an `aside`.
fn body_of(tree: &Tree, target: NodeId) -> Option<NodeId> {
    if matches!(tree.name(target), "section" | "ol" | "ul" | "body" | "article" | "main" | "h1" | "h2" | "h3") {
        return None;
    }
    let is_body = |id: &NodeId| matches!(tree.name(*id), "li" | "aside" | "p" | "div" | "dd" | "footer" | "td");
    let own = std::iter::once(target).chain(tree.ancestors(target).take(4)).find(is_body)?;
    // Number in one cell or term, text in the next.
    let size = tree.text_content(own).chars().count();
    (size < 20_000).then_some(own)
}

/// Whether a link says itself that it is a reference.
fn says_reference(tree: &Tree, link: NodeId) -> bool {
    let says = |name: &str, wanted: &[&str]| says(tree, link, name, wanted);
    let classes = ["footnote-ref", "footnote-reference", "noteref", "fnref", "footnoteref", "sdfootnoteanc"];
    says("epub:type", &["noteref"]) || says("role", &["doc-noteref"]) || says("class", &classes)
}

/// Whether a link says itself that it leads back from a note.
fn says_back_link(tree: &Tree, link: NodeId) -> bool {
    says(tree, link, "role", &["doc-backlink"]) || says(tree, link, "epub:type", &["backlink"])
}

fn says(tree: &Tree, id: NodeId, name: &str, wanted: &[&str]) -> bool {
    tree.attribute(id, name).is_some_and(|value| value.split_ascii_whitespace().any(|one| wanted.contains(&one)))
}

fn is_reference(tree: &Tree, link: NodeId, body: NodeId) -> bool {
    if says_reference(tree, link) {
        return true;
    }
    let in_superscript = tree.name(link) == "sup"
        || tree.ancestors(link).take(2).any(|one| tree.name(one) == "sup")
        || tree.children(link).any(|one| tree.name(one) == "sup");
    if !is_mark(&tree.text_content(link)) {
        return false;
    }
    let note_like = stands_among_notes(tree, body);
    let links_back = || {
        tree.subtree(body).filter(|id| tree.name(*id) == "a").any(|back| {
            let wanted = tree.attribute(back, "href").and_then(fragment);
            wanted.is_some_and(|wanted| {
                let around = std::iter::once(link).chain(tree.ancestors(link).take(2));
                let mut near = around.chain(tree.children(link));
                near.any(|one| tree.attribute(one, "id") == Some(wanted) || tree.attribute(one, "name") == Some(wanted))
            })
        })
    };
    (in_superscript && note_like) || links_back() || (note_like && tree.attribute(link, "id").is_some())
}

/// `1`, `[1]`, `①`, `*`, `†`, `注1`, `(3)`: at most six characters with a digit or a note sign.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let inner = text.trim_matches(['[', ']', '(', ')', '（', '）', '〔', '〕', '【', '】', '［', '］']);
    let sign = |c: char| c.is_numeric() || matches!(c, '*' | '†' | '‡' | '§' | '＊' | '※' | '注' | '註');
    let count = inner.chars().count();
    (1..=6).contains(&count) && (inner.chars().any(sign) || (count == 1 && text != inner))
}

/// Whether an element is a note by its own name or stands in a part of the page that holds notes.
fn stands_among_notes(tree: &Tree, body: NodeId) -> bool {
    let words = ["footnote", "endnote", "fn", "note", "reference", "refs", "cite_note", "注释", "rearnote"];
    std::iter::once(body).chain(tree.ancestors(body).take(4)).any(|id| {
        let of = |name: &str| tree.attribute(id, name).unwrap_or_default().to_ascii_lowercase();
        let all = [of("class"), of("epub:type"), of("role"), of("id")].join(" ");
        tree.name(id) != "body"
            && words.iter().any(|word| {
                all.split([' ', '-', ':', '_'])
                    .any(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('s') == *word)
                    || (word.len() > 5 && all.contains(word))
            })
    })
}

/// The `sup` or bracket element that holds nothing but the reference.
fn outermost_mark(tree: &Tree, link: NodeId) -> NodeId {
    let mut mark = link;
    while let Some(parent) = tree.parent(mark) {
        let only = tree.children(parent).all(|child| {
            child == mark || tree.text(child).is_some_and(|text| text.trim_matches(['[', ']', ' ', '\n']).is_empty())
        });
        if !only || !matches!(tree.name(parent), "sup" | "span" | "small") {
            break;
        }
        mark = parent;
    }
    mark
}
