//! `banxin fonts`.

use std::fmt::Write;

use super::args::FontsArguments;
use super::{Ending, Usage, print};
use crate::font::FontBook;

/// A line for each face: role, family, weight and slant, file.
pub fn list(arguments: &FontsArguments) -> Result<Ending, Usage> {
    let mut book = FontBook::bundled();
    for folder in &arguments.font_dirs {
        book.add_directory(folder).map_err(Usage::from)?;
    }
    let mut text = String::new();
    for (_, face) in book.faces() {
        let (role, weight, slant) =
            (format!("{:?}", face.role), format!("{:?}", face.weight), format!("{:?}", face.slant));
        writeln!(text, "{role:<8} {:<20} {weight:<8} {slant:<8} {}", face.family, face.file)
            .expect("a string takes all");
    }
    print(&text)
}
