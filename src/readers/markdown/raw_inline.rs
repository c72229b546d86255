//! Inline HTML tags that have a meaning in the model, and what they mean.

use std::collections::BTreeMap;

use super::tags::{self, Tag};
use crate::document::{Attributes, Image, Inline, Language, Link, RubyPair, RubyPosition, plain_text};
use crate::options::MarkdownFlavour;

/// A tag as it stood in the source.
pub struct HtmlTag {
    pub source: String,
    pub name: String,
    pub is_end: bool,
    attributes: BTreeMap<String, String>,
}

/// Elements that wrap text and have a node of their own; they must be without attributes we do not know.
const PLAIN: &[&str] = &[
    "em", "i", "strong", "b", "sub", "sup", "u", "ins", "mark", "del", "s", "strike", "kbd", "ruby", "rb", "rt", "rp",
];

/// The tag, if its element has a meaning here.
pub fn meaningful(source: &str, flavour: MarkdownFlavour) -> Option<HtmlTag> {
    let Tag { name, attributes, is_end, length } = tags::parse(source)?;
    if length != source.len() {
        return None;
    }
    let known = match name.as_str() {
        "br" => attributes.is_empty(),
        // By the letter of the specification a picture without an alternative is not one whose alternative is empty.
        "img" => {
            let is_strict = matches!(flavour, MarkdownFlavour::CommonMark | MarkdownFlavour::Gfm);
            let says_more = ["alt", "width", "height"].iter().any(|key| attributes.contains_key(*key));
            !is_end && attributes.contains_key("src") && (says_more || !is_strict)
        }
        "span" => true,
        "a" => {
            let is_strict = matches!(flavour, MarkdownFlavour::CommonMark | MarkdownFlavour::Gfm);
            let is_anchor = !is_strict && attributes.len() == 1 && attributes.contains_key("id");
            let is_link =
                attributes.contains_key("href") && attributes.keys().all(|key| key == "href" || key == "title");
            is_end || is_link || is_anchor
        }
        "em" => attributes.is_empty() || class(&attributes) == Some("emphasis-dots"),
        "u" => attributes.is_empty() || matches!(class(&attributes), Some("proper-name" | "book-title")),
        "ruby" => attributes.keys().all(|key| matches!(key.as_str(), "class" | "style" | "lang" | "title")),
        other => attributes.is_empty() && PLAIN.contains(&other),
    };
    known.then(|| HtmlTag { source: source.to_owned(), name, is_end, attributes })
}

/// The class where that is the only attribute.
fn class(attributes: &BTreeMap<String, String>) -> Option<&str> {
    if attributes.len() == 1 { attributes.get("class").map(String::as_str) } else { None }
}

/// On which side a ruby's class or style puts its annotation.
fn ruby_position(attributes: &BTreeMap<String, String>) -> RubyPosition {
    let says = |word: &str| {
        let is_class = attributes.get("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == word));
        let style = || attributes.get("style")?.split(';').find_map(|one| one.trim().strip_prefix("ruby-position"));
        is_class || style().is_some_and(|value| value.contains(word))
    };
    match () {
        () if says("inter-character") => RubyPosition::InterCharacter,
        () if says("under") => RubyPosition::Under,
        () => RubyPosition::Over,
    }
}

/// A line break or a picture.
pub fn empty_element(tag: &HtmlTag) -> Option<Inline> {
    match tag.name.as_str() {
        "br" => Some(Inline::LineBreak),
        "img" => Some(image(&tag.attributes)),
        _ => None,
    }
}

/// The picture of an `<img>`.
pub fn image(attributes: &BTreeMap<String, String>) -> Inline {
    let text = |name: &str| attributes.get(name).cloned();
    let pixels = |name: &str| attributes.get(name).and_then(|value| value.trim_end_matches("px").trim().parse().ok());
    Inline::from(Image {
        source: text("src").unwrap_or_default(),
        alternative: text("alt").unwrap_or_default(),
        title: text("title").filter(|title| !title.is_empty()),
        width: pixels("width"),
        height: pixels("height"),
        resource: None,
    })
}

/// The node of an element with its content, or the content back where it has no meaning after all.
pub fn element(start: &HtmlTag, content: Vec<Inline>) -> Result<Inline, Vec<Inline>> {
    let class = class(&start.attributes);
    Ok(match start.name.as_str() {
        "em" if class.is_some() => Inline::EmphasisDots(content),
        "em" | "i" => Inline::Emphasis(content),
        "strong" | "b" => Inline::Strong(content),
        "sub" => Inline::Subscript(content),
        "sup" => Inline::Superscript(content),
        "u" if class == Some("proper-name") => Inline::ProperName(content),
        "u" if class == Some("book-title") => Inline::BookTitle(content),
        "u" | "ins" => Inline::Underline(content),
        "mark" => Inline::Highlight(content),
        "del" | "s" | "strike" => Inline::Strike(content),
        "kbd" => span(BTreeMap::from([("class".to_owned(), "kbd".to_owned())]), content),
        "span" if class == Some("small-caps") => Inline::SmallCaps(content),
        "span" => span(start.attributes.clone(), content),
        "a" if !start.attributes.contains_key("href") => span(start.attributes.clone(), content),
        "a" => Inline::from(Link {
            target: start.attributes.get("href").cloned().unwrap_or_default(),
            title: start.attributes.get("title").cloned().filter(|title| !title.is_empty()),
            content,
        }),
        "ruby" => return ruby(ruby_position(&start.attributes), content),
        // Parts of a ruby wait for the end of the whole.
        "rb" | "rt" | "rp" => span(BTreeMap::from([(PART.to_owned(), start.name.clone())]), content),
        _ => return Err(content),
    })
}

fn span(mut attributes: BTreeMap<String, String>, content: Vec<Inline>) -> Inline {
    let classes = attributes.remove("class").unwrap_or_default();
    let attributes = Attributes {
        id: attributes.remove("id"),
        language: attributes.remove("lang").map(Language::new),
        classes: classes.split_ascii_whitespace().map(str::to_owned).collect(),
        pairs: attributes,
    };
    Inline::span(attributes, content)
}

/// Attribute that tells the parts of an open ruby apart; no source can write it.
const PART: &str = "\0part";

/// Base and annotations from the content of a `<ruby>` (HTML §4.5.10): what stands before each `<rt>` is its base.
fn ruby(position: RubyPosition, content: Vec<Inline>) -> Result<Inline, Vec<Inline>> {
    let mut pairs = Vec::new();
    let mut base = String::new();
    for part in &content {
        let kind = match part {
            Inline::Span(span) => span.attributes.pairs.get(PART).map(String::as_str),
            _ => None,
        };
        match kind {
            Some("rt") => {
                let annotation = plain_text(part.children());
                pairs.push(RubyPair { base: std::mem::take(&mut base).trim().to_owned(), annotation });
            }
            Some("rp") => {}
            _ => base.push_str(&plain_text(std::slice::from_ref(part))),
        }
    }
    if pairs.is_empty() {
        return Err(content.into_iter().flat_map(unparted).collect());
    }
    if !base.trim().is_empty() {
        pairs.push(RubyPair { base: base.trim().to_owned(), annotation: String::new() });
    }
    Ok(Inline::Ruby { pairs, position })
}

/// A part of a ruby that came to nothing, as plain inlines.
fn unparted(inline: Inline) -> Vec<Inline> {
    match inline {
        Inline::Span(span) if span.attributes.pairs.contains_key(PART) => span.content,
        other => vec![other],
    }
}
