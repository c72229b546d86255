//! What the composer gives: lines of placed pieces, and the spans they belong to.

use std::ops::Range;
use std::sync::Arc;

use crate::document::{Language, NoteId, ResourceId, RubyPosition};
use crate::font::{FaceId, GlyphId};
use crate::length::Length;

/// A paragraph set to its measure.
#[derive(Clone, Debug, Default)]
pub struct SetParagraph {
    pub lines: Vec<Line>,
    /// Text-level structure; a piece names the innermost span it stands in.
    pub spans: Vec<Span>,
}

impl SetParagraph {
    /// Put the lines of another paragraph after these.
    pub fn append(&mut self, other: SetParagraph) {
        let before = self.spans.len() as u32;
        let moved = |span: SpanId| SpanId(span.0 + before);
        self.spans.extend(other.spans.into_iter().map(|span| Span { parent: span.parent.map(moved), ..span }));
        for mut line in other.lines {
            for piece in &mut line.pieces {
                piece.span = piece.span.map(moved);
            }
            self.lines.push(line);
        }
    }
}

/// One line. Offsets run along the inline axis from the start of the paragraph's measure.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Where the line begins: its indent.
    pub start: Length,
    /// From `start` to its end as set. A justified line ends exactly on the measure.
    pub width: Length,
    /// Extent over and under the baseline of what the line holds, ruby and marks included.
    pub extent: LineBox,
    pub pieces: Vec<Piece>,
    /// Notes called on this line, in order.
    pub notes: Vec<NoteId>,
    /// What was done to make it fit.
    pub adjustment: Adjustment,
}

/// Extent of a line or piece about its baseline; both are positive outwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineBox {
    pub over: Length,
    pub under: Length,
}

/// How a line was brought to the measure (clreq §3.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjustment {
    /// As it came: a last or a ragged line, or an exact fit.
    #[default]
    None,
    /// Reduced by so much in all.
    Pushed { by: Length },
    /// Opened by so much in all.
    Opened { by: Length },
    /// Longer than the measure by so much: it could neither be broken nor reduced.
    Overfull { by: Length },
}

/// Something placed on a line.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Offset of its start along the inline axis, from the start of the measure.
    pub at: Length,
    /// How far its baseline stands over the line's (ruby, superscript: positive).
    pub rise: Length,
    /// The innermost span it belongs to; none for plain text of the paragraph.
    pub span: Option<SpanId>,
    pub kind: PieceKind,
}

#[derive(Clone, Debug)]
pub enum PieceKind {
    Glyphs(GlyphRun),
    /// A picture in the line; it stands on the baseline.
    Picture {
        resource: ResourceId,
        alternative: String,
        width: Length,
        height: Length,
    },
    /// A line, wave or box drawn with the text; carries no text itself.
    Decoration {
        decoration: Decoration,
        width: Length,
        thickness: Length,
        color: [u8; 3],
    },
}

/// What is drawn beside, through or behind text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoration {
    Line,
    Wave,
    /// A tint behind the text; `thickness` is its height from the baseline offset given by `rise`.
    Tint,
}

/// Glyphs of one face, size and colour, with the text they stand for.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    pub face: FaceId,
    pub size: Length,
    /// The source text of the run; each glyph names its range in it.
    pub text: Arc<str>,
    pub glyphs: Vec<Glyph>,
    pub language: Option<Language>,
    /// Ink; black is 0,0,0.
    pub color: [u8; 3],
    /// Set for text that is shown but has no place in the text to be read or copied (emphasis dots).
    pub ornament: bool,
}

/// One glyph as placed. Its origin is the sum of the advances before it in its run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    pub id: GlyphId,
    pub advance: Length,
    /// Displacement of the drawing from the origin: along the inline axis, and over the baseline.
    pub shift: (Length, Length),
    /// Bytes of the run's text it stands for; empty for the second and later glyphs of a cluster.
    pub text: Range<u32>,
}

/// Index of a span in its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpanId(pub u32);

/// A text-level structure around pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub parent: Option<SpanId>,
    pub role: SpanRole,
    pub language: Option<Language>,
    /// Anchor within the document.
    pub id: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SpanRole {
    /// Language, anchor or style only.
    Plain,
    Emphasis,
    Strong,
    Link {
        target: String,
    },
    NoteReference {
        note: NoteId,
    },
    Ruby {
        position: RubyPosition,
    },
    RubyBase,
    RubyText,
    Code,
    /// Mathematics; its TeX source.
    Formula {
        tex: String,
    },
}
