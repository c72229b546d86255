//! The composer: a paragraph's inlines become lines.
//!
//! itemize → shape → space → find breaks (kinsoku) → choose breaks → adjust each line.
//! Works in the inline and block axes only; `layout::page` knows x and y.

mod assemble;
mod bidi;
mod char_class;
mod char_glyph;
mod context;
mod emoji;
mod hyphenation;
mod itemize;
mod kinsoku;
mod line;
mod line_adjust;
mod line_break;
mod marks;
mod math;
mod math_symbols;
mod ruby;
mod shape;
mod spacing;
mod style;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Inline, NoteId, Resource, ResourceId};
use crate::font::FontBook;
use crate::length::Length;

use assemble::{Frame, Parts, assemble};
use itemize::{Flow, Surroundings, code_flow, itemize};
use kinsoku::{Break, breaks};
use line_break::{LineRange, Paragraph, Sums, choose_breaks, leading_spaces};
use shape::{FlowShaper, Shaped};
pub(super) use shape::{MISSING_GLYPH, report_missing};
use spacing::{Joint, end_blank, joints};

pub use line::{
    Adjustment, Decoration, Glyph, GlyphRun, Line, LineBox, Piece, PieceKind, SetParagraph, Span, SpanId, SpanRole,
};
pub use style::{Alignment, Breaking, EmphasisStyle, Kinsoku, ParagraphStyle};

/// Sets paragraphs; one a thread. It keeps what it learns about characters and faces for the next paragraph.
pub struct Composer<'a> {
    shaper: FlowShaper<'a>,
    frames: Vec<Frame>,
    joints: Vec<Joint>,
}

/// A paragraph's glyphs, before it is set on a measure.
pub struct ShapedParagraph {
    flow: Flow,
    shaped: Shaped,
    annotations: Vec<ruby::Annotation>,
}

/// What a paragraph refers to outside itself.
#[derive(Clone, Copy)]
pub struct References<'a> {
    pub resources: &'a BTreeMap<ResourceId, Resource>,
    /// The label a note is called by, such as `1` or `①`; a note without one is not shown.
    pub note_label: &'a dyn Fn(&NoteId) -> Option<String>,
}

/// How narrow and how wide a paragraph can be set, for the columns of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NaturalWidth {
    /// Its widest part that cannot be broken.
    pub least: Length,
    /// Its widest line when only forced breaks are taken.
    pub most: Length,
}

impl<'a> Composer<'a> {
    pub fn new(fonts: &'a FontBook) -> Composer<'a> {
        Composer { shaper: FlowShaper::new(fonts), frames: Vec::new(), joints: Vec::new() }
    }

    /// Set inlines as a paragraph of lines on a measure.
    ///
    /// The measure is the room of a line without indents; justified lines end exactly on it. A character that no face
    /// has is shown by a substitute and recorded as `missing-glyph`, once a paragraph, a line that cannot be made to fit as
    /// `overfull-line`.
    pub fn set_paragraph(
        &mut self,
        content: &[Inline],
        style: &ParagraphStyle,
        measure: Length,
        references: References<'_>,
        diagnostics: &mut Diagnostics,
    ) -> SetParagraph {
        let paragraph = self.shape_paragraph(content, style, measure, references, diagnostics);
        let lines = self.set_shaped(&paragraph, style, measure, diagnostics);
        self.shaper.recycle(paragraph.shaped);
        SetParagraph { lines, spans: paragraph.flow.spans }
    }

    /// The first half of [`Composer::set_paragraph`]: inlines as glyphs, not yet spaced or broken.
    ///
    /// The measure bounds the pictures of the line.
    pub fn shape_paragraph(
        &mut self,
        content: &[Inline],
        style: &ParagraphStyle,
        measure: Length,
        references: References<'_>,
        diagnostics: &mut Diagnostics,
    ) -> ShapedParagraph {
        let References { resources, note_label } = references;
        let around = Surroundings { style, measure, resources, note_label };
        let flow = itemize(content, &around, diagnostics);
        self.shaper.forget_missing();
        let mut shaped = self.shaper.shape(&flow, diagnostics);
        let annotations = ruby::fit(&flow, &mut shaped, &mut self.shaper, diagnostics);
        if style.hanging {
            spacing::mark_hanging(&mut shaped.clusters, style.language.region());
        }
        ShapedParagraph { flow, shaped, annotations }
    }

    /// The second half: the lines of a paragraph that was shaped in this style.
    pub fn set_shaped(
        &mut self,
        paragraph: &ShapedParagraph,
        style: &ParagraphStyle,
        measure: Length,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Line> {
        let ShapedParagraph { flow, shaped, annotations } = paragraph;
        let spaces = joints(flow, shaped, style);
        let room = measure - style.start_indent;
        let ends = self.find_breaks(flow, shaped, &spaces, style, room);
        let sums = Sums::new(&shaped.clusters, &spaces, self.hyphens(flow, shaped, &ends));
        let paragraph = Paragraph {
            clusters: &shaped.clusters,
            joints: &spaces,
            breaks: &ends,
            sums: &sums,
            measures: (room - style.first_indent, room),
            size: style.size,
            justified: matches!(style.alignment, Alignment::Justify | Alignment::Spread),
            breaking: style.breaking,
            keeps_spaces: false,
            lead: leading_spaces(&shaped.clusters),
        };
        let ranges = choose_breaks(&paragraph);
        let mut lines = Vec::with_capacity(ranges.len());
        let mut notes = flow.notes.iter().peekable();
        for range in ranges {
            let mut line = self.set_line(flow, shaped, &paragraph, range, style);
            marks::add(&mut line, flow, shaped, range, &self.frames, &mut self.shaper, style);
            ruby::add(&mut line, flow, shaped, range, &self.frames, annotations);
            report_overfull(&line, flow, shaped, range, diagnostics);
            let end = shaped.clusters.get(range.end).map_or(u32::MAX, |next| next.text.start);
            line.notes.extend(std::iter::from_fn(|| notes.next_if(|(at, _)| *at < end)).map(|(_, note)| note.clone()));
            lines.push(line);
        }
        lines
    }

    /// Set preformatted text: its lines and spaces kept, nothing squeezed or opened. A line longer than the measure goes
    /// on in the next one, after a space where it has one.
    ///
    /// Code faces are set at five sixths of the style's size, so that two of their characters are as wide as a Han one.
    pub fn set_code(
        &mut self,
        text: &str,
        style: &ParagraphStyle,
        measure: Length,
        diagnostics: &mut Diagnostics,
    ) -> SetParagraph {
        let flow = code_flow(text, style);
        let shaped = self.shaper.shape(&flow, diagnostics);
        let spaces = vec![Joint::default(); shaped.clusters.len()];
        let kind = |cluster: &shape::Cluster| match cluster.character {
            itemize::LINE_BREAK => Break::Mandatory,
            ' ' => Break::Allowed,
            _ => Break::Emergency,
        };
        let mut ends: Vec<Break> = shaped.clusters.iter().map(kind).collect();
        if let Some(last) = ends.last_mut() {
            *last = Break::Mandatory;
        }
        let sums = Sums::new(&shaped.clusters, &spaces, Vec::new());
        let room = measure - style.start_indent;
        let style = ParagraphStyle { alignment: Alignment::Start, first_indent: Length::ZERO, ..style.clone() };
        let paragraph = Paragraph {
            clusters: &shaped.clusters,
            joints: &spaces,
            breaks: &ends,
            sums: &sums,
            measures: (room, room),
            size: style.size,
            justified: false,
            breaking: Breaking::Greedy,
            keeps_spaces: true,
            lead: 0,
        };
        let ranges = choose_breaks(&paragraph);
        let lines = ranges.iter().map(|range| self.set_line(&flow, &shaped, &paragraph, *range, &style)).collect();
        self.shaper.recycle(shaped);
        SetParagraph { lines, spans: flow.spans }
    }

    /// How narrow and how wide inlines can be set.
    pub fn natural_width(
        &mut self,
        content: &[Inline],
        style: &ParagraphStyle,
        references: References<'_>,
    ) -> NaturalWidth {
        let far = Length::points(1_000_000);
        let References { resources, note_label } = references;
        let around = Surroundings { style, measure: far, resources, note_label };
        let mut diagnostics = Diagnostics::new();
        let flow = itemize(content, &around, &mut diagnostics);
        let mut shaped = self.shaper.shape(&flow, &mut diagnostics);
        ruby::fit(&flow, &mut shaped, &mut self.shaper, &mut diagnostics);
        let spaces = joints(&flow, &shaped, style);
        let ends = breaks(&flow, &shaped, style);
        let sums = Sums::new(&shaped.clusters, &spaces, self.hyphens(&flow, &shaped, &ends));
        let mut widths = NaturalWidth::default();
        let (mut part, mut whole) = (0, 0);
        for (index, kind) in ends.iter().enumerate() {
            let width = |start| sums.measure(&shaped.clusters, &spaces, sums.line(start, index + 1, *kind)).width;
            if *kind != Break::Never {
                widths.least = widths.least.max(width(part));
                part = index + 1;
            }
            if *kind == Break::Mandatory {
                widths.most = widths.most.max(width(whole));
                whole = index + 1;
            }
        }
        self.shaper.recycle(shaped);
        widths.most += style.first_indent.max(Length::ZERO) + style.start_indent;
        widths.least += style.start_indent;
        widths
    }

    /// Where lines may end; what is longer than a line and has no better place may end anywhere.
    fn find_breaks(
        &mut self,
        flow: &Flow,
        shaped: &Shaped,
        spaces: &[Joint],
        style: &ParagraphStyle,
        room: Length,
    ) -> Vec<Break> {
        let mut ends = breaks(flow, shaped, style);
        let room = room - style.first_indent.max(Length::ZERO);
        let mut start = 0;
        let mut width = Length::ZERO;
        for index in 0..ends.len() {
            width += shaped.clusters[index].core() + spaces[index].total() - spaces[index].total_shrink();
            if ends[index] == Break::Never {
                continue;
            }
            if width > room {
                let held = ends[start..index].iter_mut().filter(|kind| **kind == Break::Never);
                held.for_each(|kind| *kind = Break::Emergency);
            }
            (start, width) = (index + 1, Length::ZERO);
        }
        ends
    }

    /// The advance of a hyphen after each cluster that may be followed by one.
    fn hyphens(&mut self, flow: &Flow, shaped: &Shaped, ends: &[Break]) -> Vec<Length> {
        if !ends.contains(&Break::Hyphen) {
            return Vec::new();
        }
        let mut advance = |(cluster, kind): (&shape::Cluster, &Break)| match kind {
            Break::Hyphen => self.shaper.hyphen(&flow.styles[cluster.style as usize]).1.advance,
            _ => Length::ZERO,
        };
        shaped.clusters.iter().zip(ends).map(&mut advance).collect()
    }

    fn set_line(
        &mut self,
        flow: &Flow,
        shaped: &Shaped,
        paragraph: &Paragraph<'_>,
        range: LineRange,
        style: &ParagraphStyle,
    ) -> Line {
        let indent = if paragraph.is_first(range.start) { style.first_indent } else { Length::ZERO };
        let (slack, measured) = paragraph.slack(range);
        let clusters = &shaped.clusters[range.start..range.ink_end];
        let mut own = std::mem::take(&mut self.joints);
        own.clear();
        own.extend_from_slice(&paragraph.joints[range.start..range.ink_end]);
        if let (Some(last), Some(cluster)) = (own.last_mut(), clusters.last()) {
            *last = Joint { after: end_blank(cluster), ..Joint::default() };
        }
        let ragged = !matches!(style.alignment, Alignment::Justify | Alignment::Spread);
        let opens = !ragged && (!range.forced || style.alignment == Alignment::Spread);
        let adjustment = match slack {
            slack if slack < Length::ZERO && ragged => Adjustment::Overfull { by: -slack },
            slack if slack < Length::ZERO || opens => line_adjust::adjust(&mut own, clusters, slack),
            _ => Adjustment::None,
        };
        let offset = match style.alignment {
            Alignment::Center => slack.max(Length::ZERO) / 2,
            Alignment::End => slack.max(Length::ZERO),
            Alignment::Start | Alignment::Justify | Alignment::Spread => Length::ZERO,
        };
        let hyphen = match (range.hyphen, clusters.last()) {
            (true, Some(cluster)) => Some(self.shaper.hyphen(&flow.styles[cluster.style as usize])),
            _ => None,
        };
        let parts = Parts { flow, shaped, range, joints: &own, hyphen, hangs: measured.hung };
        let mut line = assemble(&parts, style.start_indent + indent + offset, &mut self.frames);
        line.adjustment = adjustment;
        let frame = assemble::em_box(style.size);
        assemble::extend(&mut line.extent, frame.over, frame.under);
        self.joints = own;
        line
    }
}

fn report_overfull(line: &Line, flow: &Flow, shaped: &Shaped, range: LineRange, diagnostics: &mut Diagnostics) {
    let Adjustment::Overfull { by } = line.adjustment else { return };
    let Some(cluster) = shaped.clusters.get(range.start) else { return };
    let start: String = flow.text[cluster.text.start as usize..].chars().take(12).collect();
    let message = format!("the line `{start}…` is {:.1} pt longer than its measure", by.to_points());
    diagnostics.warn(Loss::Overfull, "overfull-line", None, message);
}
