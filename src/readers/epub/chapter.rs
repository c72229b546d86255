//! One file of the spine as blocks, through the HTML reader.

use std::borrow::Cow;

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::options::ReadOptions;
use crate::readers::html::read_chapter;

/// Blocks and notes of one file; addresses are as written there.
pub fn chapter(markup: &str, options: &ReadOptions, diagnostics: &mut Diagnostics) -> Document {
    read_chapter(&unwrapped(&without_subset(markup)), options, diagnostics)
}

/// How much longer than itself a chapter may become by its own entities.
const EXPANSION: usize = 1 << 20;

/// The markup without the internal subset of its document type, which HTML does not know, and with the entities that are
/// declared there put in.
fn without_subset(markup: &str) -> Cow<'_, str> {
    let head = markup.get(..markup.find("<html").unwrap_or(0)).unwrap_or_default();
    let (Some(start), Some(open)) = (head.find("<!DOCTYPE"), head.find('[')) else { return markup.into() };
    let Some(close) = head.rfind(']').filter(|close| start < open && open < *close) else { return markup.into() };
    let Some(end) = head[close..].find('>').map(|end| close + end + 1) else { return markup.into() };
    let declared = head[open..close].split("<!ENTITY").skip(1).filter_map(|declaration| {
        let (name, rest) = declaration.trim_start().split_once(char::is_whitespace)?;
        let quote = rest.trim_start().chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = rest.trim_start()[1..].split(quote).next()?;
        (name != "%" && !value.contains('&')).then_some((format!("&{name};"), value))
    });
    let mut body = format!("{}{}", &markup[..start], &markup[end..]);
    for (reference, value) in declared.take(200) {
        if body.matches(&reference).count().saturating_mul(value.len()) <= EXPANSION {
            body = body.replace(&reference, value);
        }
    }
    body.into()
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
    fn a_document_type_with_entities_leaves_no_trace() {
        let chapter = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY me '我'> <!ENTITY % p 'x'><!ENTITY two '&me;&me;'>]>\n\
            <html><body>&me;们&nbsp;&two;</body></html>";
        assert_eq!(without_subset(chapter), "<?xml version='1.0'?>\n<html><body>我们&nbsp;&two;</body></html>");
        let plain = "<!DOCTYPE html><html><body>[1]></body></html>";
        assert_eq!(without_subset(plain), plain);
    }

    #[test]
    fn a_picture_in_a_drawing_is_a_picture() {
        let cover = "<p><svg viewBox=\"0 0 1 1\"><image width=\"1\" xlink:href=\"a.jpg\"/></svg></p>";
        assert_eq!(unwrapped(cover), "<p><img src=\"a.jpg\"/></p>");
        let drawn = "<svg><image href=\"a.jpg\"/><path d=\"M0 0\"/></svg>";
        assert_eq!(unwrapped(drawn), drawn);
    }
}
