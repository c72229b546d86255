//! Annotations beside their base: pinyin, furigana, glosses over or under it, bopomofo at its right (clreq §3.3).

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::Diagnostics;
use crate::document::RubyPosition;
use crate::length::{Em, Length};

use super::assemble::{Frame, em_box, extend};
use super::char_class::CharClass;
use super::itemize::{Flow, Marks, Ruby, TextStyle};
use super::line::{Glyph, GlyphRun, Line, Piece, PieceKind};
use super::line_break::LineRange;
use super::shape::{Cluster, FlowShaper, Shaped};

/// Size of an annotation over or under its base.
const SIZE: Em = Em::HALF;
/// Least space between two annotations, of their own size.
const BETWEEN: Em = Em::QUARTER;
/// How far an annotation may stand over a neighbour that has none, of the base's size.
const OVERHANG: Em = Em::QUARTER;
/// Size of bopomofo (clreq §3.3.3.1), the room it takes at the right of its base, and its distance from it.
const BOPOMOFO_SIZE: Em = Em::ratio(3, 10);
const BOPOMOFO_ROOM: Em = Em::HALF;
const BOPOMOFO_GAP: Em = Em::ratio(2, 100);

/// An annotation as shaped.
pub(super) struct Annotation {
    shaped: Shaped,
    text: String,
    width: Length,
    /// Of the base without what was added for the annotation.
    base: Length,
}

/// Shape every annotation, and widen bases that are narrower than theirs.
pub(super) fn fit(
    flow: &Flow,
    shaped: &mut Shaped,
    shaper: &mut FlowShaper<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Annotation> {
    let mut annotations = Vec::with_capacity(flow.rubies.len());
    for (index, ruby) in flow.rubies.iter().enumerate() {
        let members = members(&shaped.clusters, ruby);
        let style = flow.styles[shaped.clusters.get(members.start).map_or(0, |cluster| cluster.style) as usize].clone();
        let annotation = shape(ruby, &style, &shaped.clusters[members.clone()], shaper, diagnostics);
        if ruby.position == RubyPosition::InterCharacter {
            if let Some(last) = shaped.clusters[members].last_mut() {
                last.widen(Length::ZERO, BOPOMOFO_ROOM.at(style.size));
            }
        } else {
            let free = has_free_neighbours(flow, index, &shaped.clusters, &members);
            let overhang = if free { OVERHANG.at(style.size) * 2 } else { Length::ZERO };
            let lacking = annotation.width + BETWEEN.at(SIZE.at(style.size)) - annotation.base - overhang;
            let count = members.len() as i64;
            if lacking > Length::ZERO && count > 0 {
                let padding = lacking / (count * 2);
                shaped.clusters[members].iter_mut().for_each(|cluster| cluster.widen(padding, padding));
            }
        }
        annotations.push(annotation);
    }
    annotations
}

/// Indices of the clusters of a ruby's base.
fn members(clusters: &[Cluster], ruby: &Ruby) -> Range<usize> {
    let first = clusters.partition_point(|cluster| cluster.text.start < ruby.base.start);
    let last = clusters.partition_point(|cluster| cluster.text.end <= ruby.base.end);
    first..last.max(first)
}

fn shape(
    ruby: &Ruby,
    style: &TextStyle,
    members: &[Cluster],
    shaper: &mut FlowShaper<'_>,
    diagnostics: &mut Diagnostics,
) -> Annotation {
    let ratio = if ruby.position == RubyPosition::InterCharacter { BOPOMOFO_SIZE } else { SIZE };
    let own_style = TextStyle { size: ratio.at(style.size), marks: Marks::default(), ..style.clone() };
    let text: String = ruby.annotation.chars().filter(|one| !one.is_control()).collect();
    let own = Flow { runs: vec![(text.len() as u32, 0)], text, styles: vec![own_style], ..Flow::default() };
    let shaped = shaper.shape(&own, diagnostics);
    let width = shaped.clusters.iter().map(|cluster| cluster.advance).sum();
    let base = members.iter().map(|cluster| cluster.advance).sum();
    Annotation { shaped, text: own.text, width, base }
}

/// Whether both neighbours of a base are Han or kana without an annotation, so that a centred one may reach over them.
fn has_free_neighbours(flow: &Flow, index: usize, clusters: &[Cluster], members: &Range<usize>) -> bool {
    let is_plain = |cluster: Option<&Cluster>, ruby: Option<&Ruby>| {
        cluster.is_some_and(|cluster| {
            let annotated = ruby.is_some_and(|ruby| ruby.base.contains(&cluster.text.start));
            !annotated && matches!(cluster.class, CharClass::Ideograph | CharClass::Kana | CharClass::SmallKana)
        })
    };
    let before = members.start.checked_sub(1).and_then(|at| clusters.get(at));
    let previous = index.checked_sub(1).and_then(|at| flow.rubies.get(at));
    is_plain(before, previous) && is_plain(clusters.get(members.end), flow.rubies.get(index + 1))
}

/// Add the annotations of a line's bases.
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
    let first = flow.rubies.partition_point(|ruby| ruby.base.start < start.text.start);
    let last = flow.rubies.partition_point(|ruby| ruby.base.start < end.text.end);
    for (ruby, annotation) in flow.rubies[first..last].iter().zip(&annotations[first..last]) {
        let own = members(clusters, ruby);
        let (Some(from), Some(to)) = (frames.get(own.start), frames.get(own.end.wrapping_sub(1))) else { continue };
        let style = &flow.styles[clusters[own.start].style as usize];
        if ruby.position == RubyPosition::InterCharacter {
            let right = to.at + to.width - BOPOMOFO_ROOM.at(style.size);
            add_bopomofo(line, annotation, right, style, ruby);
            continue;
        }
        let middle = (from.at + to.at + to.width) / 2;
        let wide = annotation.width > annotation.base;
        // At a line's edge a wide annotation aligns with it (clreq §3.3.4.1).
        let at = match (own.start == 0, own.end == clusters.len()) {
            (true, false) if wide => line.start,
            (false, true) if wide => line.start + line.width - annotation.width,
            _ => middle - annotation.width / 2,
        };
        let (base, size) = (em_box(style.size), em_box(SIZE.at(style.size)));
        let rise = match ruby.position {
            RubyPosition::Under => -(base.under + size.over),
            RubyPosition::Over | RubyPosition::InterCharacter => base.over + size.under,
        } + style.rise;
        push(line, annotation, 0..annotation.shaped.clusters.len(), at, rise, style, ruby);
        extend(&mut line.extent, rise + size.over, -rise + size.under);
    }
}

/// Symbols one under the other, the tone at the upper right of the last, the neutral tone before the first (clreq §3.3.3).
fn add_bopomofo(line: &mut Line, annotation: &Annotation, right: Length, style: &TextStyle, ruby: &Ruby) {
    let clusters = &annotation.shaped.clusters;
    let size = BOPOMOFO_SIZE.at(style.size);
    let is_tone = |cluster: &Cluster| matches!(cluster.character, 'ˊ' | 'ˇ' | 'ˋ' | 'ˉ' | '˪' | '˫');
    let symbols = clusters.iter().filter(|cluster| !is_tone(cluster)).count() as i64;
    let middle = (em_box(style.size).over - em_box(style.size).under) / 2;
    let symbol_middle = (em_box(size).over - em_box(size).under) / 2;
    let top = middle + size * (symbols - 1) / 2 - symbol_middle + style.rise;
    let x = right + BOPOMOFO_GAP.at(style.size);
    let mut placed = 0;
    for (index, cluster) in clusters.iter().enumerate() {
        let (at, rise) = if is_tone(cluster) {
            (x + size, top - size * (placed - 1).max(0) + size / 4)
        } else {
            placed += 1;
            // A narrow glyph, such as the dot of the neutral tone, stands in the middle of the column.
            (x + (size - cluster.advance) / 2, top - size * (placed - 1))
        };
        push(line, annotation, index..index + 1, at, rise, style, ruby);
    }
}

/// Clusters of an annotation as pieces, one for each stretch of a face.
fn push(
    line: &mut Line,
    annotation: &Annotation,
    range: Range<usize>,
    at: Length,
    rise: Length,
    style: &TextStyle,
    ruby: &Ruby,
) {
    let mut at = at;
    let mut index = range.start;
    while index < range.end {
        let face = annotation.shaped.clusters[index].face;
        let rest = &annotation.shaped.clusters[index..range.end];
        let length = rest.iter().take_while(|cluster| cluster.face == face).count();
        let run = run_of(annotation, &rest[..length], style);
        let width: Length = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        if !run.glyphs.is_empty() {
            line.pieces.push(Piece { at, rise, span: Some(ruby.text_span), kind: PieceKind::Glyphs(run) });
        }
        at += width;
        index += length;
    }
}

/// The glyphs of clusters of one face; there is at least one cluster.
fn run_of(annotation: &Annotation, members: &[Cluster], style: &TextStyle) -> GlyphRun {
    let (first, last) = (&members[0], &members[members.len() - 1]);
    let (from, to) = (first.text.start, last.text.end);
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
        face: first.face,
        size: first.size,
        text: Arc::from(&annotation.text[from as usize..to as usize]),
        glyphs,
        language: style.language.clone(),
        color: style.color,
        ornament: false,
    }
}
