//! Bracketed spans, `[text]{.class}`, and sizes of pictures, `![](a.png){width=80}`, among the inlines of a paragraph.

use super::attributes;
use crate::document::{Attributes, Inline, RubyPair, RubyPosition, plain_text};

/// Stands before a bracket or brace that was written with a backslash, until the spans are found. A noncharacter, which no
/// text has.
pub const ESCAPED: char = '\u{FDD0}';

/// Spans open at a time; what is deeper stays text.
const MAX_OPEN: usize = 12;

/// Find the spans of a list and of what is in it.
pub fn find(inlines: &mut Vec<Inline>) {
    for inline in inlines.iter_mut() {
        if let Some(children) = inline.children_mut() {
            find(children);
        }
    }
    let mut texts = inlines.iter().filter_map(|inline| match inline {
        Inline::Text(text) => Some(text.as_str()),
        _ => None,
    });
    if texts.any(|text| text.contains(['{', ESCAPED])) {
        let mut finder = Finder::default();
        std::mem::take(inlines).into_iter().for_each(|inline| finder.take(inline));
        *inlines = finder.finish();
    }
}

#[derive(Default)]
struct Finder {
    found: Vec<Inline>,
    /// Where the brackets that are open stand: each is a text of its own.
    open: Vec<usize>,
}

impl Finder {
    fn take(&mut self, inline: Inline) {
        let Inline::Text(text) = inline else { return self.found.push(inline) };
        let mut rest = self.size_of_picture(&text);
        while let Some(at) = rest.find(['[', ']', ESCAPED]) {
            self.push_text(&rest[..at]);
            let here = &rest[at..];
            rest = if let Some(after) = here.strip_prefix(ESCAPED) {
                let length = after.chars().next().map_or(0, char::len_utf8);
                self.push_text(&after[..length]);
                &after[length..]
            } else if let Some(after) = here.strip_prefix('[') {
                if self.open.len() >= MAX_OPEN {
                    self.open.clear();
                }
                self.open.push(self.found.len());
                self.found.push(Inline::text("["));
                after
            } else {
                self.close(&here[1..])
            };
        }
        self.push_text(rest);
    }

    /// Take the size off a text right behind a picture; the rest of the text.
    fn size_of_picture<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(Inline::Image(image)) = self.found.last_mut() else { return text };
        let Some((Attributes { id: None, classes, pairs, language: None }, length)) = attributes::parse(text) else {
            return text;
        };
        let pixels = |name: &str| pairs.get(name)?.trim_end_matches("px").parse().ok();
        let (width, height): (Option<u32>, Option<u32>) = (pixels("width"), pixels("height"));
        let known = usize::from(width.is_some()) + usize::from(height.is_some());
        if !classes.is_empty() || known != pairs.len() {
            return text;
        }
        (image.width, image.height) = (width.or(image.width), height.or(image.height));
        &text[length..]
    }

    /// A closing bracket: the end of a span where attributes follow. What follows it all.
    fn close<'t>(&mut self, rest: &'t str) -> &'t str {
        let start = self.open.pop();
        if let (Some(start), Some((attributes, length))) = (start, attributes::parse(rest)) {
            let content = joined(self.found.split_off(start).into_iter().skip(1));
            let span = span(unescaped(attributes), content);
            match (self.found.last_mut(), span) {
                // Rubies side by side are one, each with its own reading.
                (Some(Inline::Ruby { pairs, position }), Inline::Ruby { pairs: more, position: same })
                    if *position == same =>
                {
                    pairs.extend(more)
                }
                (_, span) => self.found.push(span),
            }
            return &rest[length..];
        }
        self.push_text("]");
        rest
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.found.push(Inline::text(text));
        }
    }

    fn finish(self) -> Vec<Inline> {
        joined(self.found.into_iter())
    }
}

/// Texts side by side as one.
fn joined(inlines: impl Iterator<Item = Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// Attributes without the signs of what was escaped in them.
fn unescaped(mut attributes: Attributes) -> Attributes {
    attributes.id.iter_mut().chain(&mut attributes.classes).chain(attributes.pairs.values_mut()).for_each(|text| {
        text.retain(|one| one != ESCAPED);
    });
    attributes
}

/// The node a span stands for.
fn span(attributes: Attributes, content: Vec<Inline>) -> Inline {
    let Attributes { id, classes, pairs, language } = &attributes;
    let is_bare = id.is_none() && language.is_none();
    if let (true, Some("ruby"), Some(annotation), 1) =
        (is_bare, classes.first().map(String::as_str), pairs.get("annotation"), pairs.len())
        && let Some(position) = ruby_position(&classes[1..])
    {
        let pair = RubyPair { base: plain_text(&content), annotation: annotation.clone() };
        return Inline::Ruby { pairs: vec![pair], position };
    }
    if let ([class], true, true) = (classes.as_slice(), is_bare, pairs.is_empty()) {
        let node: Option<fn(Vec<Inline>) -> Inline> = match class.as_str() {
            "underline" | "ul" => Some(Inline::Underline),
            "mark" => Some(Inline::Highlight),
            "smallcaps" => Some(Inline::SmallCaps),
            "emphasis-dots" => Some(Inline::EmphasisDots),
            "proper-name" => Some(Inline::ProperName),
            "book-title" => Some(Inline::BookTitle),
            "superscript" => Some(Inline::Superscript),
            "subscript" => Some(Inline::Subscript),
            _ => None,
        };
        if let Some(node) = node {
            return node(content);
        }
    }
    Inline::span(attributes, content)
}

fn ruby_position(classes: &[String]) -> Option<RubyPosition> {
    match classes {
        [] => Some(RubyPosition::Over),
        [class] if class == "under" => Some(RubyPosition::Under),
        [class] if class == "inter-character" => Some(RubyPosition::InterCharacter),
        _ => None,
    }
}
