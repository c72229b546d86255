//! Drawings made safe to carry: what runs, loads or embeds is taken out, the rest stays.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::writers::html::escape::{attribute, escape};
use crate::xml::{StartTag, XmlEvent, XmlPull};

/// Elements left out with all they hold: programs, other documents, and sound and film, which drawings in books may not
/// have (EPUB 3.3 §6.2).
const FORBIDDEN: &[&str] = &[
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "handler",
    "listener",
    "link",
    "metadata",
];

/// A drawing without scripts, foreign documents and addresses outside itself, and the names of what was taken out. One
/// that has none of them is left as it is.
///
/// Errors when it is no well-formed SVG in UTF-8.
pub fn cleaned(data: &[u8]) -> Result<(Cow<'_, [u8]>, BTreeSet<String>), String> {
    let text = std::str::from_utf8(data).map_err(|_| "its SVG is not UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{FEFF}');
    let mut cleaning = Cleaning::default();
    let mut pull = XmlPull::new(text);
    while let Some(event) = pull.pull().map_err(|error| format!("its SVG is broken: {error}"))? {
        match event {
            XmlEvent::Start(tag) => cleaning.start(&tag)?,
            XmlEvent::End { .. } => cleaning.end(),
            XmlEvent::Text(text) => cleaning.text(&text),
        }
    }
    if cleaning.out.is_empty() {
        return Err("it holds no drawing".to_owned());
    }
    for (sign, name) in [("<!DOCTYPE", "a document type"), ("<?xml-stylesheet", "a style sheet")] {
        if text.contains(sign) {
            cleaning.removed.insert(name.to_owned());
        }
    }
    let untouched = cleaning.removed.is_empty() && pull.lost().is_empty();
    let data = if untouched { Cow::Borrowed(data) } else { Cow::Owned(cleaning.out.into_bytes()) };
    Ok((data, cleaning.removed))
}

#[derive(Default)]
struct Cleaning {
    out: String,
    /// Names of open elements; none for those left out.
    open: Vec<Option<String>>,
    removed: BTreeSet<String>,
}

impl Cleaning {
    fn start(&mut self, tag: &StartTag) -> Result<(), String> {
        let local = local(&tag.name);
        if self.open.is_empty() && local != "svg" {
            return Err(format!("it holds <{}>, no drawing", tag.name));
        }
        let is_in_hidden = self.open.last().is_some_and(Option::is_none);
        let sets_address = matches!(local.as_str(), "animate" | "set")
            && value(tag, "attributename").is_some_and(|name| self::local(name) == "href");
        if is_in_hidden || FORBIDDEN.contains(&local.as_str()) || sets_address {
            if !is_in_hidden {
                self.removed.insert(format!("<{}>", tag.name));
            }
            self.open.push(None);
            return Ok(());
        }
        self.out.push('<');
        self.out.push_str(&tag.name);
        for (name, value) in &tag.attributes {
            if is_harmless(&local, name, value) {
                attribute(name, value, &mut self.out);
            } else {
                self.removed.insert(name.clone());
            }
        }
        if self.open.is_empty() && !tag.attributes.iter().any(|(name, _)| name.starts_with("xmlns")) {
            self.out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
            self.removed.insert("a missing name space".to_owned());
        }
        self.out.push('>');
        self.open.push(Some(tag.name.clone()));
        Ok(())
    }

    fn end(&mut self) {
        if let Some(Some(name)) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
        }
    }

    fn text(&mut self, text: &str) {
        let Some(Some(inside)) = self.open.last() else { return };
        if local(inside) == "style" && !css_is_harmless(text) {
            self.removed.insert("a style that loads".to_owned());
        } else {
            escape(text, &mut self.out);
        }
    }
}

/// A name without its prefix, in small letters.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn value<'a>(tag: &'a StartTag, wanted: &str) -> Option<&'a str> {
    tag.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
}

/// Whether an attribute neither runs nor loads anything.
fn is_harmless(element: &str, name: &str, value: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let address = value.trim().to_ascii_lowercase();
    match lower.as_str() {
        _ if lower.starts_with("xmlns") => true,
        "xml:base" => false,
        _ if lower.starts_with("on") => false,
        "href" | "xlink:href" if element == "a" => {
            ["#", "http://", "https://", "mailto:"].iter().any(|start| address.starts_with(start))
        }
        "href" | "xlink:href" | "src" => address.starts_with('#') || is_picture(&address),
        _ => css_is_harmless(value),
    }
}

/// A still picture within its own address.
fn is_picture(address: &str) -> bool {
    ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"]
        .iter()
        .any(|start| address.starts_with(start))
}

/// Whether a piece of CSS only refers to the drawing itself. Backslashes could hide a word, so none may stand in it.
fn css_is_harmless(css: &str) -> bool {
    let compact: String = css.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect();
    let lower = compact.to_ascii_lowercase();
    let urls = lower.split("url(").skip(1).all(|address| address.starts_with('#') || is_picture(address));
    urls && !css.contains('\\') && !["@import", "javascript:", "expression("].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(svg: &str) -> (String, Vec<String>) {
        let (data, removed) = cleaned(svg.as_bytes()).expect("it can be cleaned");
        (String::from_utf8(data.into_owned()).expect("text"), removed.into_iter().collect())
    }

    #[test]
    fn a_harmless_drawing_is_left_as_it_is() {
        let drawing = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><defs><path id='p'/></defs>\
            <!-- kept --><use href='#p' fill='url(#g)'/><style>path { fill: red }</style></svg>";
        assert_eq!(clean(drawing), (drawing.to_owned(), Vec::new()));
    }

    #[test]
    fn what_runs_or_loads_is_taken_out_and_the_rest_stays() {
        let hostile = "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg xmlns='http://www.w3.org/2000/svg' onload='a()'>\
            <script>alert(1)</script><foreignObject><p>x</p></foreignObject><SCRIPT/>\
            <image href='http://a.cn/x.png'/><image href='data:image/png;base64,AA'/>\
            <a href='javascript:1'><text>字&x;</text></a><a href='https://a.cn/'>去</a>\
            <style>@im\\port 'x'</style><rect style='fill:url( \"http://a\")' fill='url(#g)'/>\
            <set attributeName='xlink:href' to='javascript:1'/></svg>";
        let (drawing, removed) = clean(hostile);
        let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\"><image></image>\
            <image href=\"data:image/png;base64,AA\"></image><a><text>字y</text></a><a href=\"https://a.cn/\">去</a>\
            <style></style><rect fill=\"url(#g)\"></rect></svg>";
        assert_eq!(drawing, expected);
        assert!(removed.len() >= 8, "{removed:?}");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for data in ["", "<html/>", "<svg><g></svg>", "\u{1f}\u{8b}"] {
            assert!(cleaned(data.as_bytes()).is_err(), "{data}");
        }
        assert!(cleaned(b"<svg>\xff</svg>").is_err());
    }
}
