//! One file of the spine as blocks, through the HTML reader.

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::options::ReadOptions;
use crate::readers::html::read_chapter;

/// Blocks and notes of one file; addresses are as written there.
pub fn chapter(markup: &str, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    read_chapter(&unwrapped(markup), options, diagnostics)
}

/// The markup with each `<svg>` that does nothing but hold a picture replaced by that picture: the usual way to fit a
/// cover or plate to the page.
fn unwrapped(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(start) = rest.find("<svg") {
        let Some(length) = rest[start..].find("</svg>").map(|end| end + "</svg>".len()) else { break };
        let drawing = &rest[start..start + length];
        out.push_str(&rest[..start]);
        match held_picture(drawing) {
            Some(address) => out.push_str(&format!("<img src=\"{address}\"/>")),
            None => out.push_str(drawing),
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

/// The address, escaped as it stands, of the one picture of a drawing without shapes of its own.
fn held_picture(drawing: &str) -> Option<&str> {
    let shapes = ["<path", "<rect", "<text", "<circle", "<line", "<poly", "<ellipse", "<use", "<script"];
    if shapes.iter().any(|shape| drawing.contains(shape)) {
        return None;
    }
    let (_, image) = drawing.split_once("<image")?;
    let tag = image.split('>').next()?;
    let (_, value) = tag.split_once("href=")?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let address = value[1..].split(quote).next()?;
    (!address.contains(['"', '<']) && !address.starts_with("data:")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_a_drawing_is_a_picture() {
        let cover = "<p><svg viewBox=\"0 0 1 1\"><image width=\"1\" xlink:href=\"a.jpg\"/></svg></p>";
        assert_eq!(unwrapped(cover), "<p><img src=\"a.jpg\"/></p>");
        let drawn = "<svg><image href=\"a.jpg\"/><path d=\"M0 0\"/></svg>";
        assert_eq!(unwrapped(drawn), drawn);
    }
}
