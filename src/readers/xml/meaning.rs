//! What an element means, whatever its vocabulary calls it.

use super::tree::Element;
use crate::document::{BoxRole, Inline, ListMarks, ParagraphRole};

/// A vocabulary: element names to meanings.
pub trait Vocabulary {
    /// What an element means.
    fn meaning(&self, element: &Element) -> Meaning;

    /// Level of the headings of outermost sections: 2 in an article, 1 in a book.
    fn first_level(&self) -> usize;
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    // Structure.
    /// Opens a heading from its title; sections within are a level deeper.
    Section,
    /// Belongs to the element it is in, which reads it.
    Title,
    Subtitle,
    /// A heading without a section; its level where the source names one.
    Heading(Option<usize>),
    /// Metadata, read elsewhere.
    Info,
    /// Only groups blocks.
    Group,
    // Blocks.
    Paragraph(ParagraphRole),
    /// A paragraph with a heading run in.
    TitledParagraph,
    Quote,
    /// Who said what is quoted.
    Attribution,
    List(ListMarks),
    Item,
    /// Words in a row: parts of one line.
    Words,
    Definitions,
    Entry,
    Term,
    Definition,
    Table,
    /// A picture, table or listing with a title.
    Figure,
    Caption,
    /// Holds a picture in several forms, or one.
    Media,
    Picture,
    Listing,
    /// Lines kept as lines.
    Verse,
    Stanza,
    Line,
    Box(BoxRole),
    Rule,
    PageBreak,
    /// An empty line: parts paragraphs, no more.
    Gap,
    /// Displayed mathematics.
    Formula,
    // Inlines.
    Mark(Mark),
    /// Only groups inlines, or gives them a language or an anchor.
    Span,
    Code,
    Link,
    /// A link whose words come from what it points to.
    Reference,
    Footnote,
    FootnoteReference,
    /// Gets quotation marks.
    Quoted,
    /// Gets title marks in Chinese, emphasis elsewhere.
    WorkTitle,
    LineBreak,
    Ruby,
    /// Mathematics in the line.
    Math,
    /// Parts joined by this: keys, menus.
    Joined(&'static str),
    /// Not for the reader: comments, index terms.
    Hidden,
    Unknown,
}

impl Meaning {
    /// Whether it parts paragraphs.
    pub fn is_block(self) -> bool {
        match self {
            Meaning::Section
            | Meaning::Title
            | Meaning::Subtitle
            | Meaning::Heading(_)
            | Meaning::Info
            | Meaning::Group
            | Meaning::Paragraph(_)
            | Meaning::TitledParagraph
            | Meaning::Quote
            | Meaning::Attribution
            | Meaning::List(_)
            | Meaning::Item
            | Meaning::Definitions
            | Meaning::Entry
            | Meaning::Term
            | Meaning::Definition
            | Meaning::Table
            | Meaning::Figure
            | Meaning::Caption
            | Meaning::Media
            | Meaning::Listing
            | Meaning::Verse
            | Meaning::Stanza
            | Meaning::Line
            | Meaning::Box(_)
            | Meaning::Rule
            | Meaning::PageBreak
            | Meaning::Gap
            | Meaning::Formula => true,
            Meaning::Words
            | Meaning::Picture
            | Meaning::Mark(_)
            | Meaning::Span
            | Meaning::Code
            | Meaning::Link
            | Meaning::Reference
            | Meaning::Footnote
            | Meaning::FootnoteReference
            | Meaning::Quoted
            | Meaning::WorkTitle
            | Meaning::LineBreak
            | Meaning::Ruby
            | Meaning::Math
            | Meaning::Joined(_)
            | Meaning::Hidden
            | Meaning::Unknown => false,
        }
    }
}

/// A mark on a part of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    Emphasis,
    Strong,
    EmphasisDots,
    ProperName,
    BookTitle,
    Underline,
    Strike,
    Highlight,
    Superscript,
    Subscript,
    SmallCaps,
}

impl Mark {
    pub fn on(self, content: Vec<Inline>) -> Inline {
        match self {
            Mark::Emphasis => Inline::Emphasis(content),
            Mark::Strong => Inline::Strong(content),
            Mark::EmphasisDots => Inline::EmphasisDots(content),
            Mark::ProperName => Inline::ProperName(content),
            Mark::BookTitle => Inline::BookTitle(content),
            Mark::Underline => Inline::Underline(content),
            Mark::Strike => Inline::Strike(content),
            Mark::Highlight => Inline::Highlight(content),
            Mark::Superscript => Inline::Superscript(content),
            Mark::Subscript => Inline::Subscript(content),
            Mark::SmallCaps => Inline::SmallCaps(content),
        }
    }
}
