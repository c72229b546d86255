//! Operators of a page that printpdf has no operation for, and the graphics states they need.

use printpdf::{CurTransMat, DictItem, ExtendedGraphicsState, ExtendedGraphicsStateId, Op, OverprintMode, PdfDocument};

use super::sheet::Edges;

/// Name of the graphics state in which black lies over what is printed already.
const OVERPRINT: &str = "OverprintOn";
const KNOCK_OUT: &str = "OverprintOff";

/// Name of the colour space of marks that every plate shows.
pub(super) const REGISTRATION: &str = "All";

/// The states every page may use.
pub(super) fn add_graphics_states(pdf: &mut PdfDocument) {
    for (name, overprint) in [(OVERPRINT, true), (KNOCK_OUT, false)] {
        let state = ExtendedGraphicsState::default()
            .with_overprint_fill(overprint)
            .with_overprint_stroke(overprint)
            .with_overprint_mode(OverprintMode::KeepUnderlying);
        pdf.resources.extgstates.map.insert(ExtendedGraphicsStateId(name.to_owned()), state);
    }
}

/// Whether what is painted next leaves the other inks under it as they are.
pub(super) fn overprint(on: bool) -> Op {
    let name = if on { OVERPRINT } else { KNOCK_OUT };
    Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name.to_owned()) }
}

/// An operator with numbers.
pub(super) fn operator(name: &str, numbers: &[f64]) -> Op {
    let value = numbers.iter().map(|number| DictItem::Real(rounded(*number))).collect();
    Op::Unknown { key: name.to_owned(), value }
}

/// An operator with a name.
pub(super) fn named(name: &str, operand: &str) -> Op {
    Op::Unknown { key: name.to_owned(), value: vec![DictItem::Name(operand.as_bytes().to_vec())] }
}

pub(super) fn rectangle(edges: Edges) -> Op {
    operator("re", &[edges.left, edges.bottom, edges.right - edges.left, edges.top - edges.bottom])
}

pub(super) fn transform(matrix: [f64; 6]) -> Op {
    Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix.map(|number| number as f32)) }
}

/// To a thousandth of a point, finer than any plate.
fn rounded(number: f64) -> f32 {
    ((number * 1000.0).round() / 1000.0) as f32
}
