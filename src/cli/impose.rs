//! `banxin impose`.

use std::path::{Path, PathBuf};

use super::args::{BindingEdge, ImposeArguments, SchemeName};
use super::messages::Tongue;
use super::{Ending, Usage};
use crate::batch::{Manner, write_file};
use crate::imposition::{self, Binding, Imposition, Scheme, Stock};

/// Place pages on sheets and say how many there are, in which order they are printed.
pub fn impose(orders: &ImposeArguments, tongue: Tongue) -> Result<Ending, Usage> {
    let told = |path: &Path, error: &dyn std::fmt::Display| Usage(format!("{}: {error}", path.display()));
    let read = |path: &Path| std::fs::read(path).map_err(|error| told(path, &error));
    let input = read(&orders.input)?;
    let output = orders.output.clone().unwrap_or_else(|| beside(&orders.input, orders.cover.is_some()));
    let stock = match orders.caliper {
        Some(caliper) => Stock { caliper },
        None => Stock::of_bulk(orders.grammage, orders.bulk),
    };
    let binding = match orders.binding {
        BindingEdge::Left => Binding::Left,
        BindingEdge::Right => Binding::Right,
    };
    let (imposed, what) = match &orders.cover {
        Some(art) => {
            let pages = imposition::pages(&input).map_err(|error| told(&orders.input, &error))?;
            let (cover, spine) =
                imposition::cover(&read(art)?, pages, stock, binding).map_err(|error| told(art, &error))?;
            let width = spine.to_points() * 25.4 / 72.0;
            (cover, format!("a cover for {pages} pages, its spine {width:.1} mm wide"))
        }
        None => {
            let order = Imposition {
                scheme: scheme(orders),
                binding,
                sheet: orders.sheet,
                stock: (!orders.no_creep).then_some(stock),
                marks: !orders.no_marks,
            };
            let imposed = imposition::impose(&input, &order).map_err(|error| told(&orders.input, &error))?;
            let how = match order.scheme {
                Scheme::Grid { .. } if imposed.sides == 1 => "1 side".to_owned(),
                Scheme::Grid { .. } => format!("{} sides", imposed.sides),
                Scheme::Folio { .. } | Scheme::Quarto { .. } => {
                    let sheets = match imposed.sides / 2 {
                        1 => "1 sheet".to_owned(),
                        sheets => format!("{sheets} sheets"),
                    };
                    format!("{sheets}; print both sides, turned about the upright edge")
                }
            };
            let smaller = match imposed.scale < 1.0 {
                true => format!(", at {:.0} %", imposed.scale * 100.0),
                false => String::new(),
            };
            let what = format!("{} pages on {how}{smaller}", imposed.pages);
            (imposed, what)
        }
    };
    write_file(&output, &imposed.bytes, Manner::default()).map_err(|error| told(&output, &error))?;
    eprintln!("{}: {}", output.display(), tongue.told(&what));
    Ok(Ending::Good)
}

fn scheme(orders: &ImposeArguments) -> Scheme {
    let sheets = usize::from(orders.sheets);
    match orders.scheme {
        SchemeName::Booklet => Scheme::Folio { sheets: None },
        SchemeName::Signatures => Scheme::Folio { sheets: Some(sheets) },
        SchemeName::Quarto => Scheme::Quarto { sheets },
        SchemeName::TwoUp => Scheme::Grid { columns: 2, rows: 1 },
        SchemeName::FourUp => Scheme::Grid { columns: 2, rows: 2 },
    }
}

/// `book.pdf` becomes `book.imposed.pdf`, its cover `book.cover.pdf`.
fn beside(input: &Path, cover: bool) -> PathBuf {
    input.with_extension(if cover { "cover.pdf" } else { "imposed.pdf" })
}
