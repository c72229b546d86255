//! A whole XML document as nested elements, for vocabularies that look ahead.

use crate::diagnostics::Place;
use crate::options::Limits;
use crate::xml::{StartTag, XmlError, XmlEvent, XmlPull};

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Element(Element),
    Text(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    pub place: Place,
    /// Byte range in the decoded source.
    pub start: u64,
    pub end: u64,
}

/// A parsed document: its element, its document type and what could not be resolved.
pub struct Parsed {
    pub root: Element,
    pub doctype: String,
    pub lost: Vec<(Place, String)>,
}

/// Parse a document within the limit of nodes. Nesting is bounded by [`crate::xml::DEEPEST`].
///
/// Errors when it is not well formed or has more nodes, or the stop sign goes up.
pub fn parse(text: &str, limits: &Limits) -> Result<Parsed, XmlError> {
    let most_nodes = limits.nodes;
    let mut pull = XmlPull::new(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    while let Some(event) = pull.pull()? {
        nodes += 1;
        match event {
            XmlEvent::Start(tag) => {
                if nodes > most_nodes || limits.stop.is_up() {
                    let message =
                        format!("the document has more than {most_nodes} nodes; raise --limit-nodes to allow it");
                    return Err(XmlError { place: tag.place, message });
                }
                open.push(Element::new(tag));
            }
            XmlEvent::End { offset } => {
                let Some(mut element) = open.pop() else { continue };
                element.end = offset;
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None => root = Some(element),
                }
            }
            XmlEvent::Text(text) => {
                let Some(parent) = open.last_mut() else { continue };
                match parent.children.last_mut() {
                    Some(Node::Text(before)) => before.push_str(&text),
                    _ => parent.children.push(Node::Text(text)),
                }
            }
        }
    }
    let root = root.ok_or_else(|| XmlError {
        place: Place { line: 1, column: 1 },
        message: "there is no element in the file".to_owned(),
    })?;
    Ok(Parsed { root, doctype: pull.doctype().to_owned(), lost: pull.lost().to_vec() })
}

impl Element {
    fn new(tag: StartTag) -> Element {
        let name = local(&tag.name).to_owned();
        let (place, start) = (tag.place, tag.offset);
        Element { name, attributes: tag.attributes, children: Vec::new(), place, start, end: start }
    }

    /// The same element with nothing in it.
    pub fn without_children(&self) -> Element {
        let Element { name, attributes, place, start, end, .. } = self;
        let (name, attributes) = (name.clone(), attributes.clone());
        Element { name, attributes, children: Vec::new(), place: *place, start: *start, end: *end }
    }

    /// Value of an attribute by its whole name, else by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let whole = self.attributes.iter().find(|(key, _)| key == name);
        let found = whole.or_else(|| {
            let mut others = self.attributes.iter().filter(|(key, _)| !key.starts_with("xmlns"));
            others.find(|(key, _)| local(key) == name)
        });
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The name by which others refer to it.
    pub fn id(&self) -> Option<&str> {
        self.attribute("xml:id").or_else(|| self.attribute("id")).filter(|id| !id.contains(char::is_whitespace))
    }

    /// The namespace the element declares for itself or its prefix, if it does.
    pub fn declares_namespace(&self, part: &str) -> bool {
        self.attributes.iter().any(|(key, value)| key.starts_with("xmlns") && value.contains(part))
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// All elements below, in document order, the element itself first.
    pub fn descendants(&self) -> Vec<&Element> {
        let mut found = vec![self];
        let mut waiting: Vec<&Element> = self.elements().collect();
        waiting.reverse();
        while let Some(element) = waiting.pop() {
            found.push(element);
            let before = waiting.len();
            waiting.extend(element.elements());
            waiting[before..].reverse();
        }
        found
    }

    /// All characters below.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.push_text(text),
            }
        }
    }

    /// All characters below on one line.
    pub fn line(&self) -> String {
        let words: Vec<String> = self.text().split_whitespace().map(str::to_owned).collect();
        words.join(" ")
    }

    /// Whether there is nothing in it but white space.
    pub fn is_blank(&self) -> bool {
        self.children.iter().all(|child| matches!(child, Node::Text(text) if text.trim().is_empty()))
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
