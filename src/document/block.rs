//! Paragraph-level nodes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::{Attributes, Inline, Language, Origin, Rare, Table};

/// A paragraph-level node with what all of them can carry.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(from = "BlockForm")]
#[schemars(with = "BlockForm")]
pub struct Block {
    pub kind: BlockKind,
    pub attributes: Rare<Attributes>,
    pub origin: Option<Origin>,
}

/// The JSON form of a block, where its attributes stand beside its kind.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Block")]
#[serde(deny_unknown_fields)]
struct BlockForm {
    kind: BlockKind,
    /// Anchor within the document, unique there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Language where it differs from what is around.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    classes: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
}

impl From<BlockForm> for Block {
    fn from(form: BlockForm) -> Block {
        let BlockForm { kind, id, language, classes, attributes: pairs, origin } = form;
        Block { kind, attributes: Attributes { id, language, classes, pairs }.into(), origin }
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut node = serializer.serialize_struct("Block", Attributes::FIELDS + 2)?;
        node.serialize_field("kind", &self.kind)?;
        self.attributes.serialize_fields(&mut node)?;
        if self.origin.is_some() {
            node.serialize_field("origin", &self.origin)?;
        }
        node.end()
    }
}

impl From<BlockKind> for Block {
    fn from(kind: BlockKind) -> Block {
        Block { kind, attributes: Rare::default(), origin: None }
    }
}

impl Block {
    /// A paragraph of body text.
    pub fn paragraph(content: Vec<Inline>) -> Block {
        BlockKind::Paragraph { role: ParagraphRole::Body, content }.into()
    }

    pub fn heading(level: Level, content: Vec<Inline>) -> Block {
        BlockKind::Heading { level, content }.into()
    }

    /// The same block with attributes in place of its own.
    pub fn with_attributes(mut self, attributes: Attributes) -> Block {
        self.attributes = attributes.into();
        self
    }

    /// The same block with its place in the source.
    pub fn with_origin(mut self, origin: Origin) -> Block {
        self.origin = Some(origin);
        self
    }
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    Heading {
        level: Level,
        content: Vec<Inline>,
    },
    Paragraph {
        #[serde(default, skip_serializing_if = "ParagraphRole::is_body")]
        role: ParagraphRole,
        content: Vec<Inline>,
    },
    /// A block quotation, with who said it where the source tells.
    Quote {
        blocks: Vec<Block>,
        #[serde(default, skip_serializing_if = "Rare::is_empty")]
        attribution: Rare<Vec<Inline>>,
    },
    List {
        marks: ListMarks,
        /// No space between items in the source.
        #[serde(default)]
        tight: bool,
        items: Vec<ListItem>,
    },
    /// Terms with what they mean; a glossary is one.
    Definitions {
        items: Vec<DefinitionItem>,
    },
    Table(Box<Table>),
    /// Preformatted text, kept to the letter; no final line break.
    Code {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Box<str>>,
        text: Box<str>,
    },
    /// Pictures, a table or code, with a caption.
    Figure {
        blocks: Vec<Block>,
        #[serde(default, skip_serializing_if = "Rare::is_empty")]
        caption: Rare<Vec<Inline>>,
    },
    /// Lines kept as lines; an empty line parts stanzas.
    Verse {
        lines: Vec<Vec<Inline>>,
    },
    /// A part set apart from the running text.
    Box {
        role: BoxRole,
        #[serde(default, skip_serializing_if = "Rare::is_empty")]
        title: Rare<Vec<Inline>>,
        blocks: Vec<Block>,
    },
    /// Displayed mathematics as TeX source without its dollars.
    Math {
        tex: Box<str>,
    },
    /// A break between scenes or subjects, often a rule or stars.
    ThematicBreak,
    PageBreak,
    /// Source of one format that has no meaning in the others.
    Raw {
        format: Box<str>,
        text: Box<str>,
    },
}

impl From<Table> for BlockKind {
    fn from(table: Table) -> BlockKind {
        BlockKind::Table(Box::new(table))
    }
}

/// Rank of a heading: 1 is a chapter or the parts of an article, 6 the deepest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(#[schemars(range(min = 1, max = 6))] u8);

impl Level {
    pub const FIRST: Level = Level(1);
    pub const DEEPEST: Level = Level(6);

    /// The nearest level to a number: less than 1 becomes 1, more than 6 becomes 6.
    pub fn clamped(level: usize) -> Level {
        Level(level.clamp(1, 6) as u8)
    }

    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Level {
    type Error = String;
    fn try_from(level: u8) -> Result<Level, String> {
        if (1..=6).contains(&level) { Ok(Level(level)) } else { Err(format!("a heading level is 1 to 6, not {level}")) }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.0
    }
}

/// What a paragraph does in the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphRole {
    #[default]
    Body,
    /// Goes on after a quotation, list or figure: no first-line indent (clreq §3.4.1).
    Continuation,
    /// A slogan, motto or other line that stands by itself in the middle.
    Centered,
    /// Signature, place and date at the end, set to the right.
    Closing,
    /// A salutation at the head of a letter: flush left.
    Salutation,
    /// Question or speaker's turn of an interview or a play: hanging indent (clreq §3.4.1).
    Turn,
}

impl ParagraphRole {
    fn is_body(&self) -> bool {
        *self == ParagraphRole::Body
    }
}

/// What stands before each item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ListMarks {
    Bullet,
    Ordered { start: u32, numeral: Numeral, delimiter: NumberDelimiter },
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Numeral {
    #[default]
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
    /// 一、二、三
    Chinese,
    /// ①②③
    Circled,
}

/// What follows or surrounds the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberDelimiter {
    /// `1.`
    #[default]
    Period,
    /// `1)`
    Parenthesis,
    /// `（1）`
    Parentheses,
    /// `一、`
    Comma,
    /// Nothing: `①`
    None,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// Of a task list: whether it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    pub blocks: Vec<Block>,
}

/// One or more terms with one or more meanings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefinitionItem {
    pub terms: Vec<Vec<Inline>>,
    pub definitions: Vec<Vec<Block>>,
}

/// Why a part is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BoxRole {
    /// Matter beside the text: a link box, a sidebar, a glossary.
    Aside,
    Abstract,
    /// An editor's note.
    EditorNote,
    /// GitHub's five alerts.
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    /// Shown on demand (`<details>`); always shown on paper.
    Details,
    Epigraph,
    Dedication,
    /// A container without meaning of its own; its classes may say more.
    Division,
}
