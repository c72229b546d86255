//! Inlines of pandoc's tree.

use serde_json::Value;

use super::{TreeReader, at, attr, list, tagged, text};
use crate::document::{Attributes, Image, Inline, Language, Link, MAX_DEPTH, RubyPair, plain_text};
use crate::line_join::joins_without_space;

impl TreeReader<'_> {
    pub(super) fn inlines(&mut self, value: &Value) -> Vec<Inline> {
        let values = list(value);
        let mut inlines = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let (kind, content) = tagged(value);
            match kind {
                "Str" => push_text(&mut inlines, content.as_str().unwrap_or_default()),
                "Space" => push_text(&mut inlines, " "),
                "SoftBreak" => {
                    let before = plain_text(&inlines).chars().next_back();
                    let after = values[index + 1..].iter().find_map(first_character);
                    let joins =
                        matches!((before, after), (Some(before), Some(after)) if joins_without_space(before, after));
                    push_text(&mut inlines, if joins { "" } else { " " });
                }
                "Quoted" => {
                    let is_single = tagged(at(content, 0)).0 == "SingleQuote";
                    let (open, close) = if is_single { ("‘", "’") } else { ("“", "”") };
                    push_text(&mut inlines, open);
                    let quoted = self.inlines(at(content, 1));
                    append(&mut inlines, quoted);
                    push_text(&mut inlines, close);
                }
                "Cite" => {
                    let shown = self.inlines(at(content, 1));
                    append(&mut inlines, shown);
                }
                _ => {
                    if let Some(inline) = self.inline(kind, content) {
                        inlines.push(inline);
                    }
                }
            }
        }
        inlines
    }

    fn inline(&mut self, kind: &str, content: &Value) -> Option<Inline> {
        Some(match kind {
            "Emph" => Inline::Emphasis(self.inlines(content)),
            "Strong" => Inline::Strong(self.inlines(content)),
            "Underline" => Inline::Underline(self.inlines(content)),
            "Strikeout" => Inline::Strike(self.inlines(content)),
            "Superscript" => Inline::Superscript(self.inlines(content)),
            "Subscript" => Inline::Subscript(self.inlines(content)),
            "SmallCaps" => Inline::SmallCaps(self.inlines(content)),
            "Code" => Inline::Code(text(at(content, 1))),
            "LineBreak" => Inline::LineBreak,
            "Math" => Inline::Math(text(at(content, 1)).trim().to_owned()),
            "RawInline" => Inline::raw(&text(at(content, 0)), text(at(content, 1))),
            "Link" => Inline::from(Link {
                target: text(at(at(content, 2), 0)),
                title: Some(text(at(at(content, 2), 1))).filter(|title| !title.is_empty()),
                content: self.inlines(at(content, 1)),
            }),
            "Image" => self.image(content),
            "Note" => return self.note(content),
            "Span" => self.span(content),
            other => {
                self.unknown(if other.is_empty() { "an element without a type" } else { other });
                return None;
            }
        })
    }

    fn image(&mut self, content: &Value) -> Inline {
        let Attributes { pairs: attributes, .. } = attr(at(content, 0));
        let pixels = |name: &str| attributes.get(name).and_then(|value| value.trim_end_matches("px").parse().ok());
        let alternative = self.inlines(at(content, 1));
        Inline::from(Image {
            source: text(at(at(content, 2), 0)),
            title: Some(text(at(at(content, 2), 1))).filter(|title| !title.is_empty()),
            alternative: plain_text(&alternative).replace('\n', " "),
            width: pixels("width"),
            height: pixels("height"),
            resource: None,
        })
    }

    fn note(&mut self, content: &Value) -> Option<Inline> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let blocks = self.blocks(list(content));
        self.depth -= 1;
        Some(Inline::NoteReference(self.keep_note(blocks)))
    }

    fn span(&mut self, content: &Value) -> Inline {
        let Attributes { id, classes, pairs: mut attributes, .. } = attr(at(content, 0));
        let inner = self.inlines(at(content, 1));
        let is_bare = id.is_none() && attributes.is_empty();
        match classes.as_slice() {
            [class] if is_bare && class == "mark" => return Inline::Highlight(inner),
            [class] if is_bare && class == "emphasis-dots" => return Inline::EmphasisDots(inner),
            [class] if is_bare && class == "proper-name" => return Inline::ProperName(inner),
            [class] if is_bare && class == "book-title" => return Inline::BookTitle(inner),
            [class] if class == "ruby" && attributes.contains_key("annotation") => {
                let annotation = attributes.remove("annotation").unwrap_or_default();
                let pairs = vec![RubyPair { base: plain_text(&inner), annotation }];
                return Inline::Ruby { pairs, position: Default::default() };
            }
            _ => {}
        }
        let language = attributes.remove("lang").map(Language::new);
        Inline::span(Attributes { id, language, classes, pairs: attributes }, inner)
    }
}

fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    let text = text.replace(['\n', '\r'], " ");
    match inlines.last_mut() {
        Some(Inline::Text(before)) => before.push_str(&text),
        _ if text.is_empty() => {}
        _ => inlines.push(Inline::Text(text)),
    }
}

fn append(inlines: &mut Vec<Inline>, more: Vec<Inline>) {
    for inline in more {
        match inline {
            Inline::Text(text) => push_text(inlines, &text),
            other => inlines.push(other),
        }
    }
}

/// The first visible character of an inline.
fn first_character(value: &Value) -> Option<char> {
    match tagged(value) {
        ("Str", Value::String(text)) => text.chars().next(),
        ("Note" | "RawInline", _) => None,
        ("Code" | "Math" | "Image", _) => Some('x'),
        (_, Value::Array(content)) => content.iter().find_map(|one| match one {
            Value::Array(inner) => inner.iter().find_map(first_character),
            other => first_character(other),
        }),
        _ => None,
    }
}
