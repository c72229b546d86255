//! What a line can be, and where in the file it can be that.

use std::fmt;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Label {
    /// Of the site or the page, not of the article: navigation, counters, page numbers, footers.
    Boilerplate,
    /// Says something about the article: author, date, source.
    Meta,
    Title,
    Subtitle,
    Separator,
    Heading,
    Paragraph,
    /// Item of a list.
    Item,
    /// A number alone that opens a section.
    SectionMark,
    Quote,
    Verse,
    /// Row of a table.
    Row,
    /// Legend of a picture or table.
    Caption,
    /// Text of a footnote.
    Note,
    /// Entry of a glossary.
    Term,
    /// A slogan or byline that stands by itself.
    Centered,
    /// Turn of a speaker.
    Turn,
    /// Says who wrote the post that follows.
    Post,
    /// Opens a box beside the text.
    BoxTitle,
    /// Signature and date at the end.
    Closing,
    Salutation,
    /// Line of a table of contents.
    Contents,
}

pub(super) const LABELS: usize = Label::Contents as usize + 1;

/// All labels, in the order of their numbers.
pub(super) const ALL: [Label; LABELS] = [
    Label::Boilerplate,
    Label::Meta,
    Label::Title,
    Label::Subtitle,
    Label::Separator,
    Label::Heading,
    Label::Paragraph,
    Label::Item,
    Label::SectionMark,
    Label::Quote,
    Label::Verse,
    Label::Row,
    Label::Caption,
    Label::Note,
    Label::Term,
    Label::Centered,
    Label::Turn,
    Label::Post,
    Label::BoxTitle,
    Label::Closing,
    Label::Salutation,
    Label::Contents,
];

impl Label {
    pub fn name(self) -> &'static str {
        match self {
            Label::Boilerplate => "boilerplate",
            Label::Meta => "meta",
            Label::Title => "title",
            Label::Subtitle => "subtitle",
            Label::Separator => "separator",
            Label::Heading => "heading",
            Label::Paragraph => "paragraph",
            Label::Item => "list item",
            Label::SectionMark => "section mark",
            Label::Quote => "quote",
            Label::Verse => "verse",
            Label::Row => "table row",
            Label::Caption => "caption",
            Label::Note => "note",
            Label::Term => "glossary entry",
            Label::Centered => "centred line",
            Label::Turn => "speaker's turn",
            Label::Post => "head of a post",
            Label::BoxTitle => "box title",
            Label::Closing => "closing",
            Label::Salutation => "salutation",
            Label::Contents => "contents",
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// The parts of a file, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Zone {
    /// Before the title.
    Before,
    Title,
    /// Between the title and the text.
    After,
    Body,
    /// What the site adds below the text.
    Tail,
}

impl Zone {
    pub fn name(self) -> &'static str {
        match self {
            Zone::Before => "before",
            Zone::Title => "title",
            Zone::After => "head",
            Zone::Body => "body",
            Zone::Tail => "tail",
        }
    }
}

/// Whether a label can stand in a zone.
pub(super) fn allowed(zone: Zone, label: Label) -> bool {
    match label {
        Label::Boilerplate | Label::Meta | Label::Separator => zone != Zone::Title,
        Label::Title => zone == Zone::Title,
        Label::Subtitle => zone == Zone::After,
        _ => zone == Zone::Body,
    }
}

/// What it costs or earns to pass from one label to the next within the body or into it; neighbours that belong together
/// earn, lone members of a group cost.
pub(super) fn passage(from: Label, to: Label) -> i32 {
    use Label::*;
    match (from, to) {
        (Heading, Heading) => -4,
        (Title, Subtitle) => 4,
        (Subtitle, Subtitle) => -8,
        (Verse, Verse) => 3,
        (_, Verse) => -4,
        (Row, Row) => 5,
        (_, Row) => -4,
        (SectionMark, Term) => 5,
        (BoxTitle, Term) => 4,
        (Term, Term) => 3,
        (SectionMark | Term, SectionMark) if from == SectionMark => -10,
        (_, Term) => -3,
        (SectionMark, Paragraph) => 2,
        (SectionMark, Heading) => 1,
        (SectionMark, Boilerplate | Separator) => -10,
        (Centered, Centered) => 2,
        (_, Centered) => -2,
        (Note, Note) => 3,
        (_, Note) => -2,
        (Item, Item) => 2,
        (_, Item) => -1,
        (Turn, Turn) => 1,
        (_, Turn) => -1,
        (Boilerplate, Boilerplate) => 2,
        (Meta, Meta) => 2,
        (Closing, Closing) => 3,
        (Closing, Meta | Boilerplate | Separator) => 0,
        (Closing, _) => -3,
        (Contents, Contents) => 3,
        (_, Contents) => -3,
        (Heading | BoxTitle, Separator) => -4,
        _ => 0,
    }
}

/// What it costs to leave the body after a label: a heading or an opening without anything after it.
pub(super) fn leaving(label: Label) -> i32 {
    match label {
        Label::Heading | Label::BoxTitle => -9,
        Label::SectionMark => -15,
        Label::Salutation => -8,
        _ => 0,
    }
}
