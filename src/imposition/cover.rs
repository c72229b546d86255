//! A cover: back, spine and front side by side on one sheet, the spine as wide as the book is thick.

use std::fmt::Write;

use super::paper::Stock;
use super::sheet::ROOM;
use super::source::{Form, forms, open};
use super::{Binding, Imposed, ImpositionError, millimetres, same_size, write};
use crate::length::Length;

/// The cover of a book of so many pages.
///
/// The PDF holds the front, then the back if there is one, then the spine if there is one; what is missing stays blank.
/// Errors when it has more pages than that, or the front is not of the back's size.
pub fn cover(pdf: &[u8], pages: usize, stock: Stock, binding: Binding) -> Result<(Imposed, Length), ImpositionError> {
    let mut file = open(pdf)?;
    let forms = forms(&mut file)?;
    if forms.len() > 3 {
        return Err(ImpositionError::CoverPages(forms.len()));
    }
    same_size(&forms[..forms.len().min(2)])?;
    let spine = stock.spine(pages);
    let (width, height) = (forms[0].trim[2] - forms[0].trim[0], forms[0].trim[3] - forms[0].trim[1]);
    let bleed = (forms[0].trim[0] - forms[0].bleed[0]).max(0.0);
    let margin = ROOM.max(bleed);
    let sheet = (2.0 * (width + margin) + spine.to_points(), height + 2.0 * margin);
    if sheet.0 > 14_400.0 {
        return Err(ImpositionError::TooLarge { width: millimetres(sheet.0), height: millimetres(sheet.1) });
    }
    let folds = [margin + width, margin + width + spine.to_points()];
    let end = folds[1] + width;
    let [front, back] = match binding {
        Binding::Left => [(folds[1], end, bleed, true), (margin, folds[0], bleed, false)],
        Binding::Right => [(margin, folds[0], bleed, false), (folds[1], end, bleed, true)],
    };
    let mut content = String::new();
    let mut show = |index: usize, form: &Form, (from, to, bleed, at_the_end): (f64, f64, f64, bool)| {
        let (left, right) = if at_the_end { (from, to + bleed) } else { (from - bleed, to) };
        let (width, height) = (form.trim[2] - form.trim[0], form.trim[3] - form.trim[1]);
        let (x, y) =
            ((from + to - width) / 2.0 - form.trim[0], margin + (sheet.1 - 2.0 * margin - height) / 2.0 - form.trim[1]);
        let [a, b, c, d, e, f] = form.upright;
        let (bottom, tall) = (margin - bleed, sheet.1 - 2.0 * margin + 2.0 * bleed);
        let (e, f) = (e + x, f + y);
        let _ = writeln!(
            content,
            "q {left} {bottom} {} {tall} re W n {a} {b} {c} {d} {e} {f} cm /P{index} Do Q",
            right - left
        );
    };
    for (index, (form, place)) in forms.iter().zip([front, back]).enumerate() {
        show(index, form, place);
    }
    if let Some(form) = forms.get(2) {
        show(2, form, (folds[0], folds[1], 0.0, true));
    }
    marks(&mut content, [margin, margin, end, margin + height], folds);
    let trim = [margin, margin, end, margin + height];
    let bytes = write(file, &forms, sheet, &[(content, trim)])?;
    Ok((Imposed { bytes, pages: forms.len(), sides: 1, scale: 1.0 }, spine))
}

/// Cuts at the corners, broken lines where the cover is folded around the spine.
fn marks(content: &mut String, [left, bottom, right, top]: [f64; 4], folds: [f64; 2]) {
    let (near, far) = (ROOM - 15.0, ROOM - 3.0);
    content.push_str("q 0 G 0.25 w\n");
    let upright = |content: &mut String, x: f64| {
        let _ = writeln!(
            content,
            "{x} {} m {x} {} l S {x} {} m {x} {} l S",
            bottom - near,
            bottom - far,
            top + near,
            top + far
        );
    };
    for x in [left, right] {
        upright(content, x);
    }
    for y in [bottom, top] {
        let _ = writeln!(
            content,
            "{} {y} m {} {y} l S {} {y} m {} {y} l S",
            left - near,
            left - far,
            right + near,
            right + far
        );
    }
    content.push_str("[3 2] 0 d\n");
    for x in folds {
        upright(content, x);
    }
    content.push_str("Q\n");
}
