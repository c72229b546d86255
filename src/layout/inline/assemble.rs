//! A measured line becomes pieces at their places.

use std::ops::Range;
use std::sync::Arc;

use crate::font::FaceId;
use crate::length::{Em, Length};

use super::char_class::CharClass;
use super::itemize::{Flow, OBJECT, StyleId};
use super::line::{Glyph, GlyphRun, Line, LineBox, Piece, PieceKind};
use super::line_break::LineRange;
use super::shape::{Cluster, ClusterGlyph, Shaped};
use super::spacing::{Joint, start_blank};

/// Where a cluster's frame stands on its line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    pub at: Length,
    pub width: Length,
}

/// What a line is assembled from.
pub(super) struct Parts<'a> {
    pub flow: &'a Flow,
    pub shaped: &'a Shaped,
    pub range: LineRange,
    /// Of the clusters `range.start..range.ink_end`, adjusted; the last one ends the line.
    pub joints: &'a [Joint],
    pub hyphen: Option<(FaceId, ClusterGlyph)>,
    /// The last mark stands past the measure.
    pub hangs: bool,
}

/// Place the clusters of a line from `start`; gives the line and each cluster's frame.
pub(super) fn assemble(parts: &Parts<'_>, start: Length, frames: &mut Vec<Frame>) -> Line {
    let clusters = &parts.shaped.clusters[parts.range.start..parts.range.ink_end];
    let order = super::bidi::visual_order(parts.flow, clusters);
    frames.clear();
    frames.resize(clusters.len(), Frame::default());
    let mut placing = Placing { parts, line: Line { start, ..Line::default() }, at: start, run: None };
    match order {
        None => (0..clusters.len()).for_each(|index| placing.place(index, &clusters[index], frames)),
        Some(order) => placing.place_in_reading_order(&order, clusters, frames),
    }
    let last = clusters.last();
    if let (Some((face, glyph)), Some(cluster)) = (&parts.hyphen, last) {
        let look = Look { style: cluster.style, face: *face, size: cluster.size };
        placing.push_glyphs(look, std::slice::from_ref(glyph), "\u{AD}", Length::ZERO, Length::ZERO);
    }
    placing.end_spaces(&parts.shaped.clusters[parts.range.ink_end..parts.range.end]);
    placing.close_run();
    let Placing { mut line, at, .. } = placing;
    let hanging = last.filter(|_| parts.hangs).map_or(Length::ZERO, Cluster::core);
    line.width = at - start - hanging;
    line
}

struct Placing<'a> {
    parts: &'a Parts<'a>,
    line: Line,
    at: Length,
    run: Option<OpenRun>,
}

/// Glyphs that go on with one face and style.
struct OpenRun {
    at: Length,
    look: Look,
    text: String,
    glyphs: Vec<Glyph>,
}

/// What the glyphs of a run have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    style: StyleId,
    face: FaceId,
    size: Length,
}

impl Look {
    fn of(cluster: &Cluster) -> Look {
        Look { style: cluster.style, face: cluster.face, size: cluster.size }
    }
}

impl Placing<'_> {
    /// Clusters of a line with text from right to left: each stands where the eye finds it, and follows the one that is
    /// read before it, so that what is said of the line is in order (ISO 32000-1 §14.8.2.3).
    fn place_in_reading_order(&mut self, order: &[usize], clusters: &[Cluster], frames: &mut [Frame]) {
        let mut places = vec![self.at; clusters.len()];
        let mut end = self.at;
        for index in order {
            places[*index] = end;
            end += self.before(*index, &clusters[*index]) + clusters[*index].core();
            end += self.parts.joints[*index].after + self.parts.joints[*index].gap;
        }
        for (index, cluster) in clusters.iter().enumerate() {
            if self.at != places[index] {
                self.close_run();
                self.at = places[index];
            }
            self.place(index, cluster, frames);
        }
        if self.at != end {
            self.close_run();
            self.at = end;
        }
    }

    /// Blank before a cluster's frame that is its own.
    fn before(&self, index: usize, cluster: &Cluster) -> Length {
        match index.checked_sub(1) {
            Some(previous) => self.parts.joints[previous].before,
            None => start_blank(cluster),
        }
    }

    fn place(&mut self, index: usize, cluster: &Cluster, frames: &mut [Frame]) {
        let before = self.before(index, cluster);
        let joint = &self.parts.joints[index];
        let width = before + cluster.core() + joint.after;
        frames[index] = Frame { at: self.at, width };
        let Range { start, end } = cluster.glyphs;
        if cluster.character == OBJECT {
            self.close_run();
            self.picture(cluster);
            self.at += width + joint.gap;
        } else if start < end {
            let glyphs = &self.parts.shaped.glyphs[start as usize..end as usize];
            let text = &self.parts.flow.text[cluster.text.start as usize..cluster.text.end as usize];
            let drawn: Length = glyphs.iter().map(|glyph| glyph.advance).sum();
            let change = width + joint.gap - drawn;
            let shift = before - cluster.blank.0 + cluster.padding;
            self.open_run(index, cluster);
            self.push_glyphs(Look::of(cluster), glyphs, text, shift, change);
        } else {
            self.at += width + joint.gap;
            if let (Some(run), false) = (&mut self.run, joint.gap.is_zero())
                && let Some(last) = run.glyphs.last_mut()
            {
                last.advance += width + joint.gap;
            }
        }
    }

    /// Open a run at a cluster of the line, with room for all that looks like it, unless one is open.
    fn open_run(&mut self, index: usize, cluster: &Cluster) {
        let look = Look::of(cluster);
        if self.run.as_ref().is_some_and(|run| run.look == look) {
            return;
        }
        self.close_run();
        let clusters = &self.parts.shaped.clusters[self.parts.range.start + index..self.parts.range.ink_end];
        let alike = clusters.iter().take_while(|cluster| Look::of(cluster) == look).last().unwrap_or(cluster);
        let text = alike.text.end.saturating_sub(cluster.text.start) as usize;
        let glyphs = alike.glyphs.end.saturating_sub(cluster.glyphs.start) as usize;
        self.run = Some(OpenRun {
            at: self.at,
            look,
            text: String::with_capacity(text),
            // One more for the space or the hyphen at the line end.
            glyphs: Vec::with_capacity(glyphs + 1),
        });
    }

    /// Add glyphs to the open run; `shift` moves their drawing, `change` is added to their advance.
    fn push_glyphs(&mut self, look: Look, glyphs: &[ClusterGlyph], text: &str, shift: Length, change: Length) {
        if self.run.as_ref().is_some_and(|run| run.look != look) {
            self.close_run();
        }
        let run =
            self.run.get_or_insert_with(|| OpenRun { at: self.at, look, text: String::new(), glyphs: Vec::new() });
        let from = run.text.len() as u32;
        run.text.push_str(text);
        for (index, glyph) in glyphs.iter().enumerate() {
            let is_last = index + 1 == glyphs.len();
            let advance = if is_last { glyph.advance + change } else { glyph.advance };
            let range =
                if index == 0 { from..run.text.len() as u32 } else { run.text.len() as u32..run.text.len() as u32 };
            run.glyphs.push(Glyph {
                id: glyph.id,
                advance,
                shift: (glyph.shift.0 + shift, glyph.shift.1),
                text: range,
            });
            self.at += advance;
        }
    }

    /// Spaces at the line end take no room, but are there to be copied.
    fn end_spaces(&mut self, clusters: &[Cluster]) {
        for cluster in clusters.iter().filter(|cluster| cluster.class == CharClass::Space) {
            let glyphs = &self.parts.shaped.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize];
            let text = &self.parts.flow.text[cluster.text.start as usize..cluster.text.end as usize];
            let drawn: Length = glyphs.iter().map(|glyph| glyph.advance).sum();
            self.push_glyphs(Look::of(cluster), glyphs, text, Length::ZERO, -drawn);
        }
    }

    fn picture(&mut self, cluster: &Cluster) {
        let pictures = &self.parts.flow.pictures;
        let Ok(place) = pictures.binary_search_by_key(&cluster.text.start, |(at, _)| *at) else { return };
        let picture = &pictures[place].1;
        let style = &self.parts.flow.styles[cluster.style as usize];
        self.extend_box(picture.height + style.rise, Length::ZERO);
        self.line.pieces.push(Piece {
            at: self.at,
            rise: style.rise,
            span: style.span,
            kind: PieceKind::Picture {
                resource: picture.resource.clone(),
                alternative: picture.alternative.clone(),
                width: picture.width,
                height: picture.height,
            },
        });
    }

    fn close_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let style = &self.parts.flow.styles[run.look.style as usize];
        let frame = em_box(run.look.size);
        self.extend_box(frame.over + style.rise, frame.under - style.rise);
        let kind = PieceKind::Glyphs(GlyphRun {
            face: run.look.face,
            size: run.look.size,
            text: Arc::from(run.text),
            glyphs: run.glyphs,
            language: style.language.clone(),
            color: style.color,
            ornament: false,
        });
        self.line.pieces.push(Piece { at: run.at, rise: style.rise, span: style.span, kind });
    }

    fn extend_box(&mut self, over: Length, under: Length) {
        extend(&mut self.line.extent, over, under);
    }
}

pub(super) fn extend(extent: &mut LineBox, over: Length, under: Length) {
    extent.over = extent.over.max(over);
    extent.under = extent.under.max(under);
}

/// Over and under the baseline of the square frame of a size, as the Han faces are drawn in it.
pub(super) fn em_box(size: Length) -> LineBox {
    LineBox { over: Em::ratio(88, 100).at(size), under: Em::ratio(12, 100).at(size) }
}
