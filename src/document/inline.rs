//! Text-level nodes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::{Attributes, Language, NoteId, Rare, ResourceId};

/// A text-level node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    /// Characters as the source has them: no spaces for layout, no line breaks.
    Text(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    /// 着重号: a dot at each character.
    EmphasisDots(Vec<Inline>),
    /// 专名号: a line beside the name.
    ProperName(Vec<Inline>),
    /// 书名号甲式: a wavy line beside the title.
    BookTitle(Vec<Inline>),
    Underline(Vec<Inline>),
    Strike(Vec<Inline>),
    /// Marked as with a coloured pen.
    Highlight(Vec<Inline>),
    Superscript(Vec<Inline>),
    Subscript(Vec<Inline>),
    SmallCaps(Vec<Inline>),
    /// Anything else with attributes: a language, an anchor, classes.
    Span(Span),
    /// Base text with its reading or gloss.
    Ruby {
        pairs: Vec<RubyPair>,
        #[serde(default, skip_serializing_if = "RubyPosition::is_over")]
        position: RubyPosition,
    },
    Link(Box<Link>),
    Image(Box<Image>),
    Code(String),
    /// Mathematics within the line as TeX source without its dollars.
    Math(String),
    /// Where a note belongs; its text is in `Document::notes`.
    NoteReference(NoteId),
    /// A line break that is meant.
    LineBreak,
    /// Source of one format that has no meaning in the others.
    Raw {
        format: Box<str>,
        text: Box<str>,
    },
}

impl From<Link> for Inline {
    fn from(link: Link) -> Inline {
        Inline::Link(Box::new(link))
    }
}

impl From<Image> for Inline {
    fn from(image: Image) -> Inline {
        Inline::Image(Box::new(image))
    }
}

impl Inline {
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }

    /// Text with attributes.
    pub fn span(attributes: Attributes, content: Vec<Inline>) -> Inline {
        Inline::Span(Span { attributes: attributes.into(), content })
    }

    /// Source of one format.
    pub fn raw(format: &str, text: impl Into<Box<str>>) -> Inline {
        Inline::Raw { format: format.into(), text: text.into() }
    }

    /// What it wraps, where it wraps inlines.
    pub fn children(&self) -> &[Inline] {
        match self {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::EmphasisDots(content)
            | Inline::ProperName(content)
            | Inline::BookTitle(content)
            | Inline::Underline(content)
            | Inline::Strike(content)
            | Inline::Highlight(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::SmallCaps(content)
            | Inline::Span(Span { content, .. }) => content,
            Inline::Link(link) => &link.content,
            Inline::Text(_)
            | Inline::Ruby { .. }
            | Inline::Image(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::NoteReference(_)
            | Inline::LineBreak
            | Inline::Raw { .. } => &[],
        }
    }

    /// [`Inline::children`], to be changed in place.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::EmphasisDots(content)
            | Inline::ProperName(content)
            | Inline::BookTitle(content)
            | Inline::Underline(content)
            | Inline::Strike(content)
            | Inline::Highlight(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::SmallCaps(content)
            | Inline::Span(Span { content, .. }) => Some(content),
            Inline::Link(link) => Some(&mut link.content),
            Inline::Text(_)
            | Inline::Ruby { .. }
            | Inline::Image(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::NoteReference(_)
            | Inline::LineBreak
            | Inline::Raw { .. } => None,
        }
    }
}

/// The characters of inlines without any marks: base text of ruby, alternative text of images, source of mathematics.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

fn push_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Math(part) => text.push_str(part),
            Inline::Ruby { pairs, .. } => pairs.iter().for_each(|pair| text.push_str(&pair.base)),
            Inline::Image(image) => text.push_str(&image.alternative),
            Inline::LineBreak => text.push('\n'),
            Inline::NoteReference(_) | Inline::Raw { .. } => {}
            other => push_plain(other.children(), text),
        }
    }
}

/// Text with attributes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(from = "SpanForm")]
#[schemars(with = "SpanForm", inline)]
pub struct Span {
    pub attributes: Rare<Attributes>,
    pub content: Vec<Inline>,
}

/// The JSON form of a span, where its attributes stand beside its content.
#[derive(Deserialize, JsonSchema)]
#[schemars(inline)]
struct SpanForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    classes: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
    content: Vec<Inline>,
}

impl From<SpanForm> for Span {
    fn from(form: SpanForm) -> Span {
        let SpanForm { id, language, classes, attributes: pairs, content } = form;
        Span { attributes: Attributes { id, language, classes, pairs }.into(), content }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut node = serializer.serialize_struct("Span", Attributes::FIELDS + 1)?;
        self.attributes.serialize_fields(&mut node)?;
        node.serialize_field("content", &self.content)?;
        node.end()
    }
}

/// A piece of base text and what is set beside it. A group ruby is one pair, a mono ruby one pair a character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RubyPair {
    pub base: String,
    pub annotation: String,
}

/// On which side of the base the annotation stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RubyPosition {
    /// Above in horizontal text, at the right in vertical text.
    #[default]
    Over,
    Under,
    /// At the right of each character in both modes, as bopomofo (clreq §3.3.3).
    InterCharacter,
}

impl RubyPosition {
    fn is_over(&self) -> bool {
        *self == RubyPosition::Over
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// An address, or `#` and an anchor of this document.
    pub target: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub content: Vec<Inline>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// The address as the source wrote it.
    pub source: String,
    /// The picture itself, once it was found; see `resources::gather`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<ResourceId>,
    /// What to say to one who cannot see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alternative: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Width asked for, in CSS pixels (1/96 inch).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}
