//! SVG in the inks of the press: as paths where they are filled and drawn in plain colours, else as pixels.

use printpdf::Op;
use usvg::tiny_skia_path::{PathSegment, Transform};
use usvg::{FillRule, Group, LineCap, LineJoin, Node, Paint, Path, Tree};

use super::super::svg;
use super::ink::Separation;
use super::operators::{operator, overprint, transform};
use super::sheet::Edges;
use crate::document::Resource;
use crate::font::FontBook;

/// Pixels an inch for drawings that cannot be paths, at their own size and twice over.
const DENSITY: f32 = 300.0;
/// Neither side of such a drawing gets more.
const MOST_PIXELS: f32 = 6000.0;

/// A drawing, and its paths if it can be told in paths.
pub(super) struct Read {
    tree: Tree,
    pub vector: Option<Drawing>,
}

/// Operations in the drawing's own coordinates, from its top left corner.
pub(super) struct Drawing {
    width: f64,
    height: f64,
    operators: Vec<Op>,
}

/// Errors with the reason when the drawing is broken; `drawn` is as [`svg::read`] has it.
pub(super) fn read(
    resource: &Resource,
    fonts: &FontBook,
    separation: &Separation,
    drawn: &mut usize,
) -> Result<Read, String> {
    let tree = svg::read(resource, fonts, drawn)?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let mut operators = Vec::new();
    let plain = group(tree.root(), separation, &mut operators);
    let vector = plain.then_some(Drawing { width, height, operators });
    Ok(Read { tree, vector })
}

impl Drawing {
    /// The drawing in a frame, cut off at its edges.
    pub(super) fn operators(&self, frame: Edges) -> Vec<Op> {
        let (across, down) = ((frame.right - frame.left) / self.width, (frame.top - frame.bottom) / self.height);
        let mut operators = vec![Op::SaveGraphicsState, overprint(false)];
        operators.push(transform([across, 0.0, 0.0, -down, frame.left, frame.top]));
        operators.push(operator("re", &[0.0, 0.0, self.width, self.height]));
        operators.extend([operator("W", &[]), operator("n", &[])]);
        operators.extend(self.operators.iter().cloned());
        operators.push(Op::RestoreGraphicsState);
        operators
    }
}

impl Read {
    /// The drawing on white as pixels, three bytes each, with its width and height in pixels.
    pub(super) fn pixels(&self) -> Result<(Vec<u8>, u32, u32), String> {
        let size = self.tree.size();
        let scale = (DENSITY / 96.0 * 2.0).min(MOST_PIXELS / size.width().max(size.height()));
        let (width, height) = ((size.width() * scale).ceil() as u32, (size.height() * scale).ceil() as u32);
        let mut canvas = resvg::tiny_skia::Pixmap::new(width, height).ok_or("it has no extent")?;
        canvas.fill(resvg::tiny_skia::Color::WHITE);
        resvg::render(&self.tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
        let pixels = canvas.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Ok((pixels, width, height))
    }
}

/// Paint a group; false when something in it cannot be told in paths of plain colour.
fn group(group: &Group, separation: &Separation, operators: &mut Vec<Op>) -> bool {
    let plain = group.opacity().get() == 1.0
        && group.mask().is_none()
        && group.clip_path().is_none()
        && group.filters().is_empty()
        && group.blend_mode() == usvg::BlendMode::Normal;
    plain && group.children().iter().all(|node| paint(node, separation, operators))
}

fn paint(node: &Node, separation: &Separation, operators: &mut Vec<Op>) -> bool {
    match node {
        Node::Group(inner) => group(inner, separation, operators),
        Node::Path(drawn) => path(drawn, separation, operators),
        Node::Text(text) => group(text.flattened(), separation, operators),
        Node::Image(_) => false,
    }
}

fn path(path: &Path, separation: &Separation, operators: &mut Vec<Op>) -> bool {
    if !path.is_visible() {
        return true;
    }
    let color = |paint: &Paint, opacity: f32| match paint {
        Paint::Color(color) if opacity == 1.0 => Some([color.red, color.green, color.blue]),
        _ => None,
    };
    let fill = path.fill().map(|fill| (color(fill.paint(), fill.opacity().get()), fill.rule()));
    let stroke = path.stroke().map(|stroke| (color(stroke.paint(), stroke.opacity().get()), stroke));
    if matches!(fill, Some((None, _))) || matches!(stroke, Some((None, _))) {
        return false;
    }
    operators.push(Op::SaveGraphicsState);
    let to = path.abs_transform();
    operators.push(transform([to.sx, to.ky, to.kx, to.sy, to.tx, to.ty].map(f64::from)));
    if let Some((Some(color), rule)) = fill {
        operators.push(Op::SetFillColor { col: separation.color(color) });
        outline(path, operators);
        operators.push(operator(if rule == FillRule::EvenOdd { "f*" } else { "f" }, &[]));
    }
    if let Some((Some(color), stroke)) = stroke {
        operators.push(Op::SetOutlineColor { col: separation.color(color) });
        pen(stroke, operators);
        outline(path, operators);
        operators.push(operator("S", &[]));
    }
    operators.push(Op::RestoreGraphicsState);
    true
}

fn pen(stroke: &usvg::Stroke, operators: &mut Vec<Op>) {
    let cap = match stroke.linecap() {
        LineCap::Butt => 0.0,
        LineCap::Round => 1.0,
        LineCap::Square => 2.0,
    };
    let join = match stroke.linejoin() {
        LineJoin::Miter | LineJoin::MiterClip => 0.0,
        LineJoin::Round => 1.0,
        LineJoin::Bevel => 2.0,
    };
    operators.push(operator("w", &[f64::from(stroke.width().get())]));
    operators.push(operator("J", &[cap]));
    operators.push(operator("j", &[join]));
    operators.push(operator("M", &[f64::from(stroke.miterlimit().get())]));
    if let Some(dashes) = stroke.dasharray() {
        let dashes = dashes.iter().map(|dash| printpdf::DictItem::Real(*dash)).collect();
        let value = vec![printpdf::DictItem::Array(dashes), printpdf::DictItem::Real(stroke.dashoffset())];
        operators.push(Op::Unknown { key: "d".to_owned(), value });
    }
}

fn outline(path: &Path, operators: &mut Vec<Op>) {
    let mut pen = (0.0, 0.0);
    for segment in path.data().segments() {
        let number = f64::from;
        match segment {
            PathSegment::MoveTo(to) => {
                operators.push(operator("m", &[number(to.x), number(to.y)]));
                pen = (number(to.x), number(to.y));
            }
            PathSegment::LineTo(to) => {
                operators.push(operator("l", &[number(to.x), number(to.y)]));
                pen = (number(to.x), number(to.y));
            }
            PathSegment::QuadTo(peak, to) => {
                let toward = |from: f64, peak: f32| from + (number(peak) - from) * 2.0 / 3.0;
                let handles = [
                    toward(pen.0, peak.x),
                    toward(pen.1, peak.y),
                    toward(number(to.x), peak.x),
                    toward(number(to.y), peak.y),
                ];
                pen = (number(to.x), number(to.y));
                operators.push(operator("c", &[handles[0], handles[1], handles[2], handles[3], pen.0, pen.1]));
            }
            PathSegment::CubicTo(one, two, to) => {
                pen = (number(to.x), number(to.y));
                operators
                    .push(operator("c", &[number(one.x), number(one.y), number(two.x), number(two.y), pen.0, pen.1]));
            }
            PathSegment::Close => operators.push(operator("h", &[])),
        }
    }
}
