//! What is printed outside the trim: corner marks, register marks and a colour bar.

use printpdf::{Cmyk, Color, Greyscale, Op};

use super::operators::{REGISTRATION, named, operator, overprint, rectangle};
use super::sheet::{Edges, Sheet};
use crate::length::Length;
use crate::options::Ink;

/// Thickness of marks in points.
const HAIRLINE: f64 = 0.25;

/// All marks of a sheet. None lies within the bleed, so a cut never shows them.
pub(super) fn marks(sheet: &Sheet, ink: Ink) -> Vec<Op> {
    let mut operators = vec![
        Op::SaveGraphicsState,
        overprint(false),
        named("CS", REGISTRATION),
        operator("SCN", &[1.0]),
        operator("w", &[HAIRLINE]),
    ];
    crop_marks(sheet, &mut operators);
    register_marks(sheet, &mut operators);
    colour_bar(sheet, ink, &mut operators);
    operators.push(Op::RestoreGraphicsState);
    operators
}

fn millimetres(number: f64) -> f64 {
    Length::from_millimetres(number).to_points()
}

/// Two lines at each corner, on the lines of the cut.
fn crop_marks(sheet: &Sheet, operators: &mut Vec<Op>) {
    let (trim, from) = (sheet.trim_edges(), sheet.bleed().max(millimetres(2.0)));
    let length = millimetres(5.0);
    for (x, away) in [(trim.left, -1.0), (trim.right, 1.0)] {
        for (y, up) in [(trim.bottom, -1.0), (trim.top, 1.0)] {
            line([x + away * from, y, x + away * (from + length), y], operators);
            line([x, y + up * from, x, y + up * (from + length)], operators);
        }
    }
}

/// A cross in a circle at the middle of each side: plates lie true when all of theirs fall on each other.
fn register_marks(sheet: &Sheet, operators: &mut Vec<Op>) {
    let (trim, away) = (sheet.trim_edges(), sheet.bleed() + millimetres(5.0));
    let (middle_x, middle_y) = ((trim.left + trim.right) / 2.0, (trim.bottom + trim.top) / 2.0);
    let arm = millimetres(3.5);
    let places = [
        (trim.left - away, middle_y),
        (trim.right + away, middle_y),
        (middle_x, trim.bottom - away),
        (middle_x, trim.top + away),
    ];
    for (x, y) in places {
        line([x - arm, y, x + arm, y], operators);
        line([x, y - arm, x, y + arm], operators);
        circle(x, y, millimetres(2.0), operators);
    }
}

fn line([from_x, from_y, to_x, to_y]: [f64; 4], operators: &mut Vec<Op>) {
    operators.push(operator("m", &[from_x, from_y]));
    operators.push(operator("l", &[to_x, to_y]));
    operators.push(operator("S", &[]));
}

fn circle(x: f64, y: f64, radius: f64, operators: &mut Vec<Op>) {
    /// Where the handles of four curves lie that together come nearest to a circle.
    const HANDLE: f64 = 0.552_284_75;
    let handle = radius * HANDLE;
    operators.push(operator("m", &[x + radius, y]));
    operators.push(operator("c", &[x + radius, y + handle, x + handle, y + radius, x, y + radius]));
    operators.push(operator("c", &[x - handle, y + radius, x - radius, y + handle, x - radius, y]));
    operators.push(operator("c", &[x - radius, y - handle, x - handle, y - radius, x, y - radius]));
    operators.push(operator("c", &[x + handle, y - radius, x + radius, y - handle, x + radius, y]));
    operators.push(operator("s", &[]));
}

/// Patches of known tone under the page, left of the middle; as many as there is room for.
fn colour_bar(sheet: &Sheet, ink: Ink, operators: &mut Vec<Op>) {
    let trim = sheet.trim_edges();
    let side = millimetres(4.0);
    let left = trim.left + millimetres(2.0);
    let top = trim.bottom - sheet.bleed() - millimetres(2.0);
    let room = ((trim.left + trim.right) / 2.0 - millimetres(5.0) - left).max(0.0);
    for (index, col) in patches(ink).into_iter().enumerate().take((room / side) as usize) {
        let start = left + side * index as f64;
        operators.push(Op::SetFillColor { col });
        operators.push(rectangle(Edges { left: start, bottom: top - side, right: start + side, top }));
        operators.push(operator("f", &[]));
    }
}

/// The inks one by one, two by two and all three, then black in steps.
fn patches(ink: Ink) -> Vec<Color> {
    let black = [1.0, 0.75, 0.5, 0.25, 0.1];
    match ink {
        Ink::Gray => black.map(|tone| Color::Greyscale(Greyscale { percent: 1.0 - tone, icc_profile: None })).to_vec(),
        Ink::Cmyk => {
            let inks = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, 0.0, 1.0]];
            let more = [[0.0, 1.0, 1.0], [0.5, 0.4, 0.4]];
            let colours = inks.into_iter().chain(more).map(|[c, m, y]| Cmyk { c, m, y, k: 0.0, icc_profile: None });
            let blacks = black.into_iter().map(|k| Cmyk { c: 0.0, m: 0.0, y: 0.0, k, icc_profile: None });
            blacks
                .take(1)
                .chain(colours)
                .chain(black.into_iter().skip(1).map(|k| Cmyk { c: 0.0, m: 0.0, y: 0.0, k, icc_profile: None }))
                .map(Color::Cmyk)
                .collect()
        }
    }
}
