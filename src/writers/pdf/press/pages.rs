//! Items of a page as printpdf's operations.

use printpdf::{Codepoint, Op, PdfDocument, Pt, TextItem, TextMatrix};

use super::super::MOST_MAPPED;
use super::faces::Faces;
use super::ink::Separation;
use super::operators::{operator, overprint, rectangle};
use super::pictures::Pictures;
use super::sheet::{Edges, Sheet};
use crate::diagnostics::Diagnostics;
use crate::layout::frame::{Item, Page, Placed, Point};
use crate::layout::inline::GlyphRun;
use crate::length::Length;

pub(super) struct PagePainter<'a, 'b> {
    pub sheet: Sheet,
    pub separation: &'a Separation,
    pub faces: &'a Faces,
    pub pictures: &'a mut Pictures<'b>,
    /// Counted from 1.
    pub page: usize,
}

impl PagePainter<'_, '_> {
    /// Everything on the page, in the order of painting.
    pub(super) fn page(&mut self, page: &Page, pdf: &mut PdfDocument, diagnostics: &mut Diagnostics) -> Vec<Op> {
        let mut operators = Vec::new();
        for placed in &page.items {
            match &placed.item {
                Item::Glyphs(run) => self.glyphs(placed.at, run, &mut operators),
                Item::Box { width, height, color } => self.rule(placed.at, (*width, *height), *color, &mut operators),
                Item::Dots { count, step, side, color } => {
                    for number in 0..i64::from(*count) {
                        let at = Point { x: placed.at.x + *step * number, ..placed.at };
                        self.rule(at, (*side, *side), *color, &mut operators);
                    }
                }
                Item::Wave { width, height, thickness, color } => {
                    self.ink(*color, &mut operators);
                    operators.push(Op::SetOutlineColor { col: self.separation.color(*color) });
                    self.wave(placed, [*width, *height, *thickness], &mut operators);
                }
                Item::Picture { resource, width, height } => {
                    let frame = self.frame(placed.at, (*width, *height));
                    operators.push(overprint(false));
                    operators.extend(self.pictures.draw(resource, frame, self.page, pdf, diagnostics));
                }
            }
        }
        operators
    }

    /// Black goes over what is printed already, so that a plate a little off shows no white edge around letters.
    fn ink(&self, color: [u8; 3], operators: &mut Vec<Op>) {
        operators.push(overprint(color == [0; 3]));
        operators.push(Op::SetFillColor { col: self.separation.color(color) });
    }

    fn frame(&self, at: Point, (width, height): (Length, Length)) -> Edges {
        let (left, top) = self.sheet.place(at);
        Edges { left, bottom: top - height.to_points(), right: left + width.to_points(), top }
    }

    fn rule(&self, at: Point, size: (Length, Length), color: [u8; 3], operators: &mut Vec<Op>) {
        self.ink(color, operators);
        operators.push(rectangle(self.frame(at, size).bled(&self.sheet)));
        operators.push(operator("f", &[]));
    }

    /// A run of glyphs: one string for each stretch at one height, moved where pen and layout differ.
    fn glyphs(&self, at: Point, run: &GlyphRun, operators: &mut Vec<Op>) {
        if run.glyphs.is_empty() || run.size <= Length::ZERO {
            return;
        }
        let subset = self.faces.subset(run.face);
        let size = run.size.to_points();
        self.ink(run.color, operators);
        operators.push(Op::StartTextSection);
        operators.push(Op::SetFont { font: subset.handle(), size: Pt(size as f32) });
        let mut items: Vec<TextItem> = Vec::new();
        let (mut origin, mut height, mut start, mut pen) = (Length::ZERO, None, 0.0, 0.0);
        let mut shown = String::new();
        for glyph in &run.glyphs {
            let wanted = (origin + glyph.shift.0).to_points();
            if height != Some(glyph.shift.1) {
                show(&mut items, operators);
                let place = self.sheet.place(Point { x: at.x, y: at.y - glyph.shift.1 });
                let matrix = TextMatrix::Translate(Pt((place.0 + wanted) as f32), Pt(place.1 as f32));
                operators.push(Op::SetTextMatrix { matrix });
                (height, start, pen) = (Some(glyph.shift.1), wanted, 0.0);
            }
            // In thousandths of an em; a tenth of one is less than any press can show.
            let off = ((wanted - start) * 1000.0 / size - pen).round();
            if off != 0.0 {
                items.push(TextItem::Offset(-off as f32));
                pen += off;
            }
            let said = &run.text[glyph.text.start as usize..glyph.text.end as usize];
            if !said.is_empty() {
                shown = said.to_owned();
            }
            let (gid, width) = subset.glyph(glyph.id);
            items.push(TextItem::GlyphIds(vec![Codepoint { gid, offset: 0.0, cid: Some(sayable(&shown)) }]));
            pen += width as f64;
            origin += glyph.advance;
        }
        show(&mut items, operators);
        operators.push(Op::EndTextSection);
    }

    /// A wavy line (书名号甲式), as the accessible painter draws it.
    fn wave(&self, placed: &Placed, [width, height, thickness]: [Length; 3], operators: &mut Vec<Op>) {
        let (left, top) = self.sheet.place(placed.at);
        let (width, height, thickness) = (width.to_points(), height.to_points(), thickness.to_points());
        let reach = (height - thickness).max(0.1) / 2.0;
        let middle = top - height / 2.0;
        let count = (width / (height * 1.2).max(0.5)).round().clamp(1.0, 10_000.0) as usize;
        let step = width / count as f64;
        operators.push(operator("w", &[thickness]));
        operators.push(operator("m", &[left, middle]));
        for index in 0..count {
            let from = left + step * index as f64;
            let peak = if index % 2 == 0 { middle + reach * 2.0 } else { middle - reach * 2.0 };
            // A quadratic curve's handle lies two thirds of the way to its peak.
            let handle = middle + (peak - middle) * 2.0 / 3.0;
            operators.push(operator(
                "c",
                &[from + step / 3.0, handle, from + step * 2.0 / 3.0, handle, from + step, middle],
            ));
        }
        operators.push(operator("S", &[]));
    }
}

fn show(items: &mut Vec<TextItem>, operators: &mut Vec<Op>) {
    if !items.is_empty() {
        operators.push(Op::ShowText { items: std::mem::take(items) });
    }
}

/// Text a glyph may be mapped to; nobody copies text from a press edition, so that a long one is cut.
fn sayable(text: &str) -> String {
    let may = |character: &char| !character.is_control() && !matches!(character, '\u{feff}' | '\u{fffe}');
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= MOST_MAPPED
    };
    let said: String = text.chars().filter(may).take_while(fits).collect();
    if said.is_empty() { " ".to_owned() } else { said }
}
