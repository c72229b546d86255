//! The composer: a paragraph's inlines become lines.
//!
//! itemize → shape → space → find breaks (kinsoku) → choose breaks → adjust each line.
//! Works in the inline and block axes only; `layout::page` knows x and y.

mod line;

pub use line::{
    Adjustment, Decoration, Glyph, GlyphRun, Line, LineBox, Piece, PieceKind, SetParagraph, Span, SpanId, SpanRole,
};
