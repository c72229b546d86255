//! Inlines of pandoc's tree.

use serde_json::{Value, json};

use super::{TreeWriter, attr, element, mark};
use crate::diagnostics::Loss;
use crate::document::{Attributes, Image, Inline, Span};

impl<'d> TreeWriter<'d> {
    pub(super) fn inlines(&mut self, inlines: &'d [Inline]) -> Vec<Value> {
        let mut values = Vec::new();
        inlines.iter().for_each(|inline| self.inline(inline, &mut values));
        values
    }

    fn inline(&mut self, inline: &'d Inline, values: &mut Vec<Value>) {
        let value = match inline {
            Inline::Text(text) => return values.extend(words(text)),
            Inline::Emphasis(content) => element("Emph", self.inlines(content)),
            Inline::Strong(content) => element("Strong", self.inlines(content)),
            Inline::Underline(content) => element("Underline", self.inlines(content)),
            Inline::Strike(content) => element("Strikeout", self.inlines(content)),
            Inline::Superscript(content) => element("Superscript", self.inlines(content)),
            Inline::Subscript(content) => element("Subscript", self.inlines(content)),
            Inline::SmallCaps(content) => element("SmallCaps", self.inlines(content)),
            Inline::Highlight(content) => self.classed("mark", content),
            Inline::EmphasisDots(content) => self.classed("emphasis-dots", content),
            Inline::ProperName(content) => self.classed("proper-name", content),
            Inline::BookTitle(content) => self.classed("book-title", content),
            Inline::Span(Span { attributes, content }) => {
                let Attributes { id, language, classes, pairs } = &**attributes;
                let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
                let language = language.as_ref().map(|language| ("lang", language.as_str()));
                element("Span", json!([attr(id.as_deref(), classes, pairs.chain(language)), self.inlines(content)]))
            }
            Inline::Ruby { pairs, .. } => {
                for pair in pairs {
                    let attributes = attr(None, &["ruby".to_owned()], [("annotation", pair.annotation.as_str())]);
                    values.push(element("Span", json!([attributes, words(&pair.base)])));
                }
                return;
            }
            Inline::Link(link) => {
                let title = link.title.as_deref().unwrap_or_default();
                element("Link", json!([attr(None, &[], []), self.inlines(&link.content), [link.target, title]]))
            }
            Inline::Image(image) => picture(image),
            Inline::Code(text) => element("Code", json!([attr(None, &[], []), text])),
            Inline::Math(tex) => element("Math", json!([mark("InlineMath"), tex])),
            Inline::NoteReference(label) => match self.note(label) {
                Some(note) => note,
                None => return,
            },
            Inline::LineBreak => mark("LineBreak"),
            Inline::Raw { format, text } => element("RawInline", json!([format, text])),
        };
        values.push(value);
    }

    fn classed(&mut self, class: &str, content: &'d [Inline]) -> Value {
        element("Span", json!([attr(None, &[class.to_owned()], []), self.inlines(content)]))
    }

    /// The note itself, where it is referred to.
    fn note(&mut self, label: &'d str) -> Option<Value> {
        let blocks = self.document.notes.get(label).filter(|_| !self.open_notes.contains(&label));
        let Some(blocks) = blocks else {
            let message = format!("the note {label} is not there or refers to itself");
            self.diagnostics.warn(Loss::Dropped, "missing-note", None, message);
            return None;
        };
        self.open_notes.push(label);
        let note = element("Note", self.blocks(blocks));
        self.open_notes.pop();
        Some(note)
    }
}

fn picture(image: &Image) -> Value {
    let pixels = |name: &'static str, value: Option<u32>| value.map(|value| (name, format!("{value}px")));
    let sizes: Vec<(&str, String)> =
        [pixels("width", image.width), pixels("height", image.height)].into_iter().flatten().collect();
    let attributes = attr(None, &[], sizes.iter().map(|(name, value)| (*name, value.as_str())));
    let title = image.title.as_deref().unwrap_or_default();
    element("Image", json!([attributes, words(&image.alternative), [image.source, title]]))
}

/// A text as words and spaces.
pub fn words(text: &str) -> Vec<Value> {
    let mut values = Vec::new();
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            values.push(mark("Space"));
        }
        if !word.is_empty() {
            values.push(element("Str", word));
        }
    }
    values
}
