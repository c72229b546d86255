//! Marks drawn with the text: emphasis dots, name and title lines, underlines, strikes, tints (clreq §3.1.8).

use std::sync::Arc;

use crate::document::Region;
use crate::length::{Em, Length};

use super::assemble::{Frame, extend};
use super::char_class::CharClass;
use super::itemize::{Flow, Marks, TextStyle};
use super::line::{Decoration, Glyph, GlyphRun, Line, Piece, PieceKind};
use super::line_break::LineRange;
use super::shape::{Cluster, FlowShaper, Shaped};
use super::style::ParagraphStyle;

/// How a mark is drawn, in ems of the text: its place over the baseline and its thickness.
struct Pen {
    decoration: Decoration,
    rise: Em,
    thickness: Em,
    /// Blank left at both ends, so that adjoining names do not run together.
    inset: Em,
}

/// One kind of line mark: which number of a style names it, and how it is drawn.
type Kind = (fn(&Marks) -> u32, Pen);

const KINDS: [Kind; 5] = [
    (|marks| marks.highlight, pen(Decoration::Tint, Em::ratio(-12, 100), Em::ONE, Em::ZERO)),
    (|marks| marks.underline, pen(Decoration::Line, Em::ratio(-20, 100), Em::ratio(4, 100), Em::ZERO)),
    (|marks| marks.proper_name, pen(Decoration::Line, Em::ratio(-20, 100), Em::ratio(5, 100), Em::ratio(6, 100))),
    (|marks| marks.book_title, pen(Decoration::Wave, Em::ratio(-24, 100), Em::ratio(5, 100), Em::ratio(6, 100))),
    (|marks| marks.strike, pen(Decoration::Line, Em::ratio(34, 100), Em::ratio(5, 100), Em::ZERO)),
];

const fn pen(decoration: Decoration, rise: Em, thickness: Em, inset: Em) -> Pen {
    Pen { decoration, rise, thickness, inset }
}

/// Add the marks of a line's clusters to its pieces; tints come first, to lie behind the text.
pub(super) fn add(
    line: &mut Line,
    flow: &Flow,
    shaped: &Shaped,
    range: LineRange,
    frames: &[Frame],
    shaper: &mut FlowShaper<'_>,
    style: &ParagraphStyle,
) {
    let clusters = &shaped.clusters[range.start..range.ink_end];
    let is_marked = |cluster: &Cluster| flow.styles[cluster.style as usize].marks != Marks::default();
    if !clusters.iter().any(is_marked) {
        return;
    }
    for (number, pen) in &KINDS {
        let mut first = 0;
        while first < clusters.len() {
            let own = number(&flow.styles[clusters[first].style as usize].marks);
            let same = |cluster: &&Cluster| number(&flow.styles[cluster.style as usize].marks) == own;
            let last = first + clusters[first..].iter().take_while(same).count();
            if own != 0 {
                let text_style = &flow.styles[clusters[first].style as usize];
                draw(line, text_style, pen, &frames[first..last], style);
            }
            first = last;
        }
    }
    dots(line, flow, clusters, frames, shaper);
}

fn draw(line: &mut Line, text: &TextStyle, pen: &Pen, frames: &[Frame], style: &ParagraphStyle) {
    let [first, .., last] = frames else {
        let [only] = frames else { return };
        return draw(line, text, pen, &[*only, *only], style);
    };
    let inset = pen.inset.at(text.size);
    let (from, to) = (first.at.min(last.at), (first.at + first.width).max(last.at + last.width));
    let (rise, thickness) = (pen.rise.at(text.size) + text.rise, pen.thickness.at(text.size));
    let color = if pen.decoration == Decoration::Tint { style.highlight_color } else { text.color };
    let kind = PieceKind::Decoration {
        decoration: pen.decoration,
        width: (to - from - inset * 2).max(Length::ZERO),
        thickness,
        color,
    };
    let piece = Piece { at: from + inset, rise, span: text.span, kind };
    match pen.decoration {
        Decoration::Tint => line.pieces.insert(0, piece),
        Decoration::Line | Decoration::Wave => line.pieces.push(piece),
    }
    extend(&mut line.extent, rise + thickness, -rise + thickness);
}

/// Height of an emphasis dot's ink, whatever face it is from, and the distance of its middle from the text's baseline.
const DOT_HEIGHT: Em = Em::ratio(16, 100);
const DOT_UNDER: Em = Em::ratio(34, 100);
const DOT_OVER: Em = Em::ratio(108, 100);
/// Further from the text when a line stands between (clreq §3.1.8).
const DOT_PAST_LINE: Em = Em::ratio(14, 100);

/// One dot at each character that is no mark: under it in Chinese, over it in Japanese and Korean (clreq §3.1.8).
fn dots(line: &mut Line, flow: &Flow, clusters: &[Cluster], frames: &[Frame], shaper: &mut FlowShaper<'_>) {
    for (cluster, frame) in clusters.iter().zip(frames) {
        let style = &flow.styles[cluster.style as usize];
        if !style.marks.dots || !takes_dot(cluster.class) {
            continue;
        }
        let Some((face, id)) = ['•', '●', '・', '·'].into_iter().find_map(|dot| shaper.ornament(style, dot))
        else {
            continue;
        };
        let font = shaper.characters.fonts.face(face);
        let Some(ink) = font.ink(id) else { continue };
        let units = (ink.top - ink.bottom).max(1);
        let size = Length(DOT_HEIGHT.at(style.size).0 * i64::from(font.units_per_em()) / units);
        let scale = |units: i64| Length::from_font_units(units, font.units_per_em(), size);
        let over = matches!(style.region, Region::Japan | Region::Korea);
        let lined = style.marks.proper_name | style.marks.book_title | style.marks.underline != 0;
        let past_line = if lined { DOT_PAST_LINE.at(style.size) } else { Length::ZERO };
        let center = if over { DOT_OVER.at(style.size) } else { -DOT_UNDER.at(style.size) - past_line } + style.rise;
        let middle = frame.at + frame.width / 2;
        let piece = Piece {
            at: middle - scale(ink.left + ink.right) / 2,
            rise: center - scale(ink.bottom + ink.top) / 2,
            span: style.span,
            kind: PieceKind::Glyphs(GlyphRun {
                face,
                size,
                text: Arc::from(""),
                glyphs: vec![Glyph {
                    id,
                    advance: scale(font.advance(id)),
                    shift: (Length::ZERO, Length::ZERO),
                    text: 0..0,
                }],
                language: None,
                color: style.color,
                ornament: true,
            }),
        };
        let radius = scale(ink.top - ink.bottom) / 2;
        extend(&mut line.extent, center + radius, -center + radius);
        line.pieces.push(piece);
    }
}

fn takes_dot(class: CharClass) -> bool {
    matches!(class, CharClass::Ideograph | CharClass::Kana | CharClass::SmallKana | CharClass::Hangul)
}
