//! Inlines become one text with styles: the flow the rest of the composer works on.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Image, Inline, Language, NoteId, Region, Resource, ResourceId, RubyPair, RubyPosition};
use crate::font::{Role, Slant, Weight};
use crate::length::{Em, Length};

use super::char_class::{CharClass, class_of};
use super::line::{Span, SpanId, SpanRole};
use super::math::readable_mathematics;
use super::style::{EmphasisStyle, ParagraphStyle};

/// Stands in the flow where a line must end.
pub(super) const LINE_BREAK: char = '\u{2028}';
/// Stands in the flow for a picture.
pub(super) const OBJECT: char = '\u{FFFC}';

/// A paragraph's characters with their styles and what stands beside them.
#[derive(Default)]
pub(super) struct Flow {
    pub text: String,
    pub styles: Vec<TextStyle>,
    /// End of each run in `text` and its style; runs follow each other without gaps.
    pub runs: Vec<(u32, StyleId)>,
    pub spans: Vec<Span>,
    /// By the byte of their [`OBJECT`], ascending.
    pub pictures: Vec<(u32, Picture)>,
    pub rubies: Vec<Ruby>,
    /// Byte at which each note is called, ascending.
    pub notes: Vec<(u32, NoteId)>,
}

/// Index of a style in its flow.
pub(super) type StyleId = u32;

/// How some characters are set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextStyle {
    pub role: Role,
    pub weight: Weight,
    /// Of Western letters only; Han never slants.
    pub slant: Slant,
    pub size: Length,
    /// Of the baseline over the line's.
    pub rise: Length,
    pub color: [u8; 3],
    pub region: Region,
    /// Where it differs from the paragraph's.
    pub language: Option<Language>,
    pub small_capitals: bool,
    pub marks: Marks,
    pub span: Option<SpanId>,
    pub part: Part,
}

/// What is drawn with the text; each element has its own number, so that adjoining names show a gap. 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub dots: bool,
    pub proper_name: u32,
    pub book_title: u32,
    pub underline: u32,
    pub strike: u32,
    pub highlight: u32,
}

/// What kind of text a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    NoteMark,
    Code,
    Formula,
}

/// A picture of the line, at its size as set.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub resource: ResourceId,
    pub alternative: String,
    pub width: Length,
    pub height: Length,
}

/// Base text of the flow and its annotation.
#[derive(Clone, Debug)]
pub(super) struct Ruby {
    pub base: Range<u32>,
    pub annotation: String,
    pub position: RubyPosition,
    pub text_span: SpanId,
}

/// What itemizing needs to know beside the inlines.
pub(super) struct Surroundings<'a> {
    pub style: &'a ParagraphStyle,
    pub measure: Length,
    pub resources: &'a BTreeMap<ResourceId, Resource>,
    pub note_label: &'a dyn Fn(&NoteId) -> Option<String>,
}

pub(super) fn itemize(content: &[Inline], around: &Surroundings<'_>, diagnostics: &mut Diagnostics) -> Flow {
    let base = plain(around.style);
    let mut itemizer = Itemizer { flow: Flow::default(), around, diagnostics, marks: 0, dropped: 0 };
    itemizer.inlines(content, &base);
    let Itemizer { flow, dropped, .. } = itemizer;
    if dropped > 0 {
        let message = format!("{dropped} control characters have no place in text and were left out");
        diagnostics.note(Loss::Dropped, "control-character", None, message);
    }
    flow
}

/// The style of a paragraph's unmarked text.
fn plain(style: &ParagraphStyle) -> TextStyle {
    TextStyle {
        role: style.role,
        weight: style.weight,
        slant: Slant::Upright,
        size: style.size,
        rise: Length::ZERO,
        color: style.color,
        region: style.language.region(),
        language: None,
        small_capitals: false,
        marks: Marks::default(),
        span: None,
        part: Part::Text,
    }
}

/// Preformatted text as a flow: its lines kept, tabs widened to the next fourth column, a Han character two columns.
pub(super) fn code_flow(text: &str, style: &ParagraphStyle) -> Flow {
    let mut flow = Flow::default();
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\n' => flow.text.push(LINE_BREAK),
            '\t' => flow.text.extend(std::iter::repeat_n(' ', TAB - column % TAB)),
            _ if class_of(character) == CharClass::Control || character == OBJECT => continue,
            _ => flow.text.push(character),
        }
        column = match character {
            '\n' => 0,
            '\t' => (column / TAB + 1) * TAB,
            _ => column + if class_of(character).is_cjk() { 2 } else { 1 },
        };
    }
    flow.styles.push(TextStyle { role: Role::Mono, part: Part::Code, ..plain(style) });
    flow.runs.push((flow.text.len() as u32, 0));
    flow
}

/// Columns from one tab stop to the next.
const TAB: usize = 4;

struct Itemizer<'a> {
    flow: Flow,
    around: &'a Surroundings<'a>,
    diagnostics: &'a mut Diagnostics,
    /// Elements with marks so far.
    marks: u32,
    /// Control characters left out.
    dropped: usize,
}

impl Itemizer<'_> {
    fn inlines(&mut self, content: &[Inline], style: &TextStyle) {
        content.iter().for_each(|inline| self.inline(inline, style));
    }

    fn inline(&mut self, inline: &Inline, style: &TextStyle) {
        match inline {
            Inline::Text(text) => self.text(text, style),
            Inline::Emphasis(content) if style.part == Part::Formula => {
                self.inlines(content, &TextStyle { slant: Slant::Italic, ..style.clone() });
            }
            Inline::Emphasis(content) => self.emphasis(content, style),
            Inline::Strong(content) => self.strong(content, style),
            Inline::EmphasisDots(content)
            | Inline::ProperName(content)
            | Inline::BookTitle(content)
            | Inline::Underline(content)
            | Inline::Strike(content)
            | Inline::Highlight(content) => self.marked(inline, content, style),
            Inline::Superscript(content) => self.inlines(content, &shifted(style, Em::ratio(1, 3))),
            Inline::Subscript(content) => self.inlines(content, &shifted(style, Em::ratio(-1, 6))),
            Inline::SmallCaps(content) => self.inlines(content, &TextStyle { small_capitals: true, ..style.clone() }),
            Inline::Span(crate::document::Span { attributes, content }) => {
                let (id, language) = (&attributes.id, &attributes.language);
                let span = self.open(SpanRole::Plain, style, language.clone(), id.clone());
                let region = language.as_ref().map_or(style.region, Language::region);
                let language = language.clone().or_else(|| style.language.clone());
                self.inlines(content, &TextStyle { span, region, language, ..style.clone() });
            }
            Inline::Ruby { pairs, position } => self.ruby(pairs, *position, style),
            Inline::Link(link) => {
                let span = self.open(SpanRole::Link { target: link.target.clone() }, style, None, None);
                let color = self.around.style.link_color.unwrap_or(style.color);
                self.inlines(&link.content, &TextStyle { span, color, ..style.clone() });
            }
            Inline::Image(image) => self.image(image, style),
            Inline::Code(text) => {
                let span = self.open(SpanRole::Code, style, None, None);
                self.text(text, &TextStyle { span, role: Role::Mono, part: Part::Code, ..style.clone() });
            }
            Inline::Math(tex) => {
                let span = self.open(SpanRole::Formula { tex: tex.clone() }, style, None, None);
                let style = TextStyle { span, part: Part::Formula, ..style.clone() };
                self.inlines(&readable_mathematics(tex), &style);
            }
            Inline::NoteReference(note) => self.note(note, style),
            Inline::LineBreak => self.push_char(LINE_BREAK, style),
            Inline::Raw { .. } => {}
        }
    }

    /// Pairs that lack one half are text like any other: a ruby has a base and an annotation (ISO 32000-1 §14.8.4.4.3).
    fn ruby(&mut self, pairs: &[RubyPair], position: RubyPosition, style: &TextStyle) {
        let is_whole = |pair: &RubyPair| !pair.base.trim().is_empty() && !pair.annotation.trim().is_empty();
        for pairs in pairs.chunk_by(|one, next| is_whole(one) && is_whole(next)) {
            if !is_whole(&pairs[0]) {
                self.text(&pairs[0].base, style);
                self.text(pairs[0].annotation.trim(), style);
                continue;
            }
            let span = self.open(SpanRole::Ruby { position }, style, None, None);
            for pair in pairs {
                let inside = TextStyle { span, ..style.clone() };
                let base_span = self.open(SpanRole::RubyBase, &inside, None, None);
                let start = self.position();
                self.text(&pair.base, &TextStyle { span: base_span, ..style.clone() });
                let Some(text_span) = self.open(SpanRole::RubyText, &inside, None, None) else { continue };
                let (base, annotation) = (start..self.position(), pair.annotation.trim().to_owned());
                if base.is_empty() {
                    self.text(&annotation, style);
                } else {
                    self.flow.rubies.push(Ruby { base, annotation, position, text_span });
                }
            }
        }
    }

    fn emphasis(&mut self, content: &[Inline], style: &TextStyle) {
        let span = self.open(SpanRole::Emphasis, style, None, None);
        let mut inner = TextStyle { span, slant: Slant::Italic, ..style.clone() };
        if style.slant == Slant::Italic {
            inner.slant = Slant::Upright;
        }
        match self.around.style.emphasis {
            EmphasisStyle::Kai if style.role != Role::Kai => inner.role = Role::Kai,
            EmphasisStyle::Kai | EmphasisStyle::Dots => inner.marks.dots = true,
        }
        self.inlines(content, &inner);
    }

    fn strong(&mut self, content: &[Inline], style: &TextStyle) {
        let span = self.open(SpanRole::Strong, style, None, None);
        // Kai has no bold face; Hei stands in for it.
        let role = if style.role == Role::Kai { Role::Hei } else { style.role };
        self.inlines(content, &TextStyle { span, role, weight: Weight::Bold, ..style.clone() });
    }

    fn marked(&mut self, inline: &Inline, content: &[Inline], style: &TextStyle) {
        self.marks += 1;
        let mut inner = style.clone();
        match inline {
            Inline::ProperName(_) => inner.marks.proper_name = self.marks,
            Inline::BookTitle(_) => inner.marks.book_title = self.marks,
            Inline::Underline(_) => inner.marks.underline = self.marks,
            Inline::Strike(_) => inner.marks.strike = self.marks,
            Inline::Highlight(_) => inner.marks.highlight = self.marks,
            _ => inner.marks.dots = true,
        }
        self.inlines(content, &inner);
    }

    /// A note's mark, raised and bound to the word before it (clreq §3.1.5.3).
    fn note(&mut self, note: &NoteId, style: &TextStyle) {
        let Some(label) = (self.around.note_label)(note) else { return };
        let span = self.open(SpanRole::NoteReference { note: note.clone() }, style, None, None);
        self.flow.notes.push((self.position(), note.clone()));
        let style = TextStyle {
            span,
            part: Part::NoteMark,
            marks: Marks::default(),
            slant: Slant::Upright,
            ..shifted(style, Em::ratio(2, 5))
        };
        self.text(&label, &style);
    }

    fn image(&mut self, image: &Image, style: &TextStyle) {
        let found = image.resource.as_ref().and_then(|id| Some((id, self.around.resources.get(id)?)));
        let Some((id, resource)) = found else {
            let words = if image.alternative.is_empty() { &image.source } else { &image.alternative };
            self.diagnostics.warn(
                Loss::Substituted,
                "missing-picture",
                None,
                format!("{}: shown by its words", image.source),
            );
            return self.text(&format!("[{words}]"), style);
        };
        let (width, height) = picture_size(image, resource, style.size, self.around.measure);
        let picture = Picture { resource: id.clone(), alternative: image.alternative.clone(), width, height };
        self.flow.pictures.push((self.position(), picture));
        self.push_char(OBJECT, style);
    }

    fn open(
        &mut self,
        role: SpanRole,
        style: &TextStyle,
        language: Option<Language>,
        id: Option<String>,
    ) -> Option<SpanId> {
        let span = SpanId(self.flow.spans.len() as u32);
        self.flow.spans.push(Span { parent: style.span, role, language, id });
        Some(span)
    }

    fn text(&mut self, text: &str, style: &TextStyle) {
        let id = self.style(style);
        for character in text.chars() {
            match character {
                '\t' | '\n' | '\r' => self.flow.text.push(' '),
                OBJECT => self.dropped += 1,
                _ if class_of(character) == CharClass::Control => self.dropped += 1,
                _ => self.flow.text.push(character),
            }
        }
        self.close_run(id);
    }

    fn push_char(&mut self, character: char, style: &TextStyle) {
        let id = self.style(style);
        self.flow.text.push(character);
        self.close_run(id);
    }

    fn style(&mut self, style: &TextStyle) -> StyleId {
        if self.flow.styles.last() != Some(style) {
            self.flow.styles.push(style.clone());
        }
        (self.flow.styles.len() - 1) as StyleId
    }

    fn close_run(&mut self, style: StyleId) {
        let end = self.position();
        match self.flow.runs.last_mut() {
            Some(last) if last.1 == style => last.0 = end,
            Some(last) if last.0 == end => {}
            None if end == 0 => {}
            _ => self.flow.runs.push((end, style)),
        }
    }

    fn position(&self) -> u32 {
        self.flow.text.len() as u32
    }
}

/// Smaller, and with its baseline moved.
fn shifted(style: &TextStyle, rise: Em) -> TextStyle {
    let size = Em::ratio(3, 5).at(style.size);
    TextStyle { size, rise: style.rise + rise.at(style.size), ..style.clone() }
}

/// A picture's size: as asked for, else its own at 96 pixels an inch, never wider than the measure.
fn picture_size(image: &Image, resource: &Resource, size: Length, measure: Length) -> (Length, Length) {
    let pixels = |count: u32| Length::points(i64::from(count.min(100_000))) * 3 / 4;
    let own = (pixels(resource.width), pixels(resource.height));
    let own = if own.0.is_zero() || own.1.is_zero() { (size, size) } else { own };
    let scaled = |length: Length, by: Length, of: Length| {
        Length((i128::from(length.0) * i128::from(by.0) / i128::from(of.0.max(1))) as i64)
    };
    let (width, height) = match (image.width.map(pixels), image.height.map(pixels)) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, scaled(own.1, width, own.0)),
        (None, Some(height)) => (scaled(own.0, height, own.1), height),
        (None, None) => own,
    };
    if width > measure && measure > Length::ZERO { (measure, scaled(height, measure, width)) } else { (width, height) }
}
