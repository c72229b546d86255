//! Annotations beside their base: pinyin, furigana, glosses, bopomofo (clreq §3.3).

use std::sync::Arc;

use crate::diagnostics::Diagnostics;
use crate::document::RubyPosition;
use crate::font::FaceId;
use crate::length::{Em, Length};

use super::assemble::{Frame, em_box, extend};
use super::itemize::{Flow, Ruby, TextStyle};
use super::line::{Glyph, GlyphRun, Line, Piece, PieceKind};
use super::line_break::LineRange;
use super::shape::{FlowShaper, Shaped};

/// Size of an annotation over or under its base.
const SIZE: Em = Em::ratio(1, 2);
/// Least space between two annotations, of their own size.
const BETWEEN: Em = Em::QUARTER;

/// An annotation as shaped.
pub(super) struct Annotation {
    shaped: Shaped,
    text: String,
    size: Length,
    width: Length,
}

/// Shape every annotation, and widen bases that are narrower than theirs.
pub(super) fn fit(
    flow: &Flow,
    shaped: &mut Shaped,
    shaper: &mut FlowShaper<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Annotation> {
    flow.rubies.iter().map(|ruby| fit_one(flow, ruby, shaped, shaper, diagnostics)).collect()
}

fn fit_one(
    flow: &Flow,
    ruby: &Ruby,
    shaped: &mut Shaped,
    shaper: &mut FlowShaper<'_>,
    diagnostics: &mut Diagnostics,
) -> Annotation {
    let first = shaped.clusters.partition_point(|cluster| cluster.text.start < ruby.base.start);
    let last = shaped.clusters.partition_point(|cluster| cluster.text.end <= ruby.base.end);
    let base_style = &flow.styles[shaped.clusters.get(first).map_or(0, |cluster| cluster.style) as usize];
    let size = SIZE.at(base_style.size);
    let style = TextStyle { size, ..base_style.clone() };
    let own = Flow {
        text: ruby.annotation.clone(),
        styles: vec![style],
        runs: vec![(ruby.annotation.len() as u32, 0)],
        ..Flow::default()
    };
    let annotation = shaper.shape(&own, diagnostics);
    let width: Length = annotation.clusters.iter().map(|cluster| cluster.advance).sum();
    let members = &mut shaped.clusters[first..last.max(first)];
    let base: Length = members.iter().map(|cluster| cluster.advance).sum();
    let lacking = width + BETWEEN.at(size) - base;
    if lacking > Length::ZERO && !members.is_empty() {
        let padding = lacking / (members.len() as i64 * 2);
        for cluster in members {
            cluster.padding += padding;
            cluster.advance += padding * 2;
        }
    }
    Annotation { shaped: annotation, text: own.text, size, width }
}

/// Add the annotations of a line's bases, centred on them.
pub(super) fn add(
    line: &mut Line,
    flow: &Flow,
    shaped: &Shaped,
    range: LineRange,
    frames: &[Frame],
    annotations: &[Annotation],
) {
    let clusters = &shaped.clusters[range.start..range.ink_end];
    let (Some(start), Some(end)) = (clusters.first(), clusters.last()) else { return };
    let on_line = |ruby: &Ruby| ruby.base.start >= start.text.start && ruby.base.start < end.text.end;
    for (ruby, annotation) in flow.rubies.iter().zip(annotations).filter(|(ruby, _)| on_line(ruby)) {
        let first = clusters.partition_point(|cluster| cluster.text.start < ruby.base.start);
        let last = clusters.partition_point(|cluster| cluster.text.end <= ruby.base.end);
        let (Some(from), Some(to)) = (frames.get(first), frames.get(last.wrapping_sub(1))) else { continue };
        let style = &flow.styles[clusters[first].style as usize];
        let middle = (from.at + to.at + to.width) / 2;
        let base = em_box(style.size);
        let own = em_box(annotation.size);
        let rise = match ruby.position {
            RubyPosition::Under => -(base.under + own.over),
            RubyPosition::Over | RubyPosition::InterCharacter => base.over + own.under,
        } + style.rise;
        push(line, annotation, middle - annotation.width / 2, rise, style, ruby);
        extend(&mut line.extent, rise + own.over, -rise + own.under);
    }
}

/// The annotation's glyphs as pieces, one a face.
fn push(line: &mut Line, annotation: &Annotation, at: Length, rise: Length, style: &TextStyle, ruby: &Ruby) {
    let mut at = at;
    let clusters = &annotation.shaped.clusters;
    let mut index = 0;
    while index < clusters.len() {
        let face = clusters[index].face;
        let length = clusters[index..].iter().take_while(|cluster| cluster.face == face).count();
        let members = &clusters[index..index + length];
        let (from, to) = (members[0].text.start, members[length - 1].text.end);
        let run = run_of(annotation, members, (from, to), face, style);
        let width: Length = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        if !run.glyphs.is_empty() {
            line.pieces.push(Piece { at, rise, span: Some(ruby.text_span), kind: PieceKind::Glyphs(run) });
        }
        at += width;
        index += length;
    }
}

fn run_of(
    annotation: &Annotation,
    members: &[super::shape::Cluster],
    (from, to): (u32, u32),
    face: FaceId,
    style: &TextStyle,
) -> GlyphRun {
    let mut glyphs = Vec::new();
    for cluster in members {
        let range = cluster.text.start - from..cluster.text.end - from;
        let own = &annotation.shaped.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize];
        for (index, glyph) in own.iter().enumerate() {
            let text = if index == 0 { range.clone() } else { range.end..range.end };
            glyphs.push(Glyph { id: glyph.id, advance: glyph.advance, shift: glyph.shift, text });
        }
    }
    GlyphRun {
        face,
        size: members.first().map_or(annotation.size, |cluster| cluster.size),
        text: Arc::from(&annotation.text[from as usize..to as usize]),
        glyphs,
        language: style.language.clone(),
        color: style.color,
        ornament: false,
    }
}
