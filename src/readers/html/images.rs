//! Pictures: their true address behind lazy loading, their size, and which of them are none.

use super::style;
use super::tree::{NodeData, NodeId, Tree};
use crate::document::Image;

/// What an `img` turned out to be.
pub enum Found {
    Image(Image),
    /// An emoji or a symbol drawn as a picture.
    Character(String),
    /// A counting pixel, a spacer, a placeholder without a picture.
    Nothing,
}

/// Attributes in which scripts keep the address of a picture that is loaded late, best first.
const LATE: &[&str] = &[
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-actualsrc",
    "data-actualSrc",
    "data-original-src",
    "data-echo",
    "data-lazyload",
    "data-lazy",
    "data-url",
    "data-image",
    "data-full-src",
    "data-hi-res-src",
    "data-srcs",
    "zoomfile",
    "_src",
    "data-raw-src",
    "data-croporisrc",
];

/// The picture of an `img` element.
pub fn image(tree: &Tree, id: NodeId) -> Found {
    let alternative = tree.attribute(id, "alt").map(one_line).unwrap_or_default();
    let (width, height) = (size(tree, id, "width"), size(tree, id, "height"));
    if is_character(tree, id, &alternative) {
        return Found::Character(alternative);
    }
    let is_dot = |size: Option<u32>| size.is_some_and(|pixels| pixels <= 2);
    if is_dot(width) || is_dot(height) {
        return Found::Nothing;
    }
    let Some(source) = address(tree, id) else { return Found::Nothing };
    let title = tree.attribute(id, "title").map(one_line).filter(|title| !title.is_empty());
    Found::Image(Image { source, resource: None, alternative, title, width, height })
}

/// An `svg` element as a picture, where it is more than an icon.
pub fn drawing(tree: &Tree, id: NodeId) -> Option<Image> {
    let title = tree.children(id).find(|child| tree.name(*child) == "title").map(|title| tree.text_content(title));
    let label = tree.attribute(id, "aria-label").map(str::to_owned).or(title).map(|text| one_line(&text));
    let in_figure = tree.ancestors(id).take(3).any(|one| tree.name(one) == "figure");
    let (width, height) = (size(tree, id, "width"), size(tree, id, "height"));
    let large = width.is_some_and(|width| width >= 100) && height.is_some_and(|height| height >= 60);
    if !in_figure && !large {
        return None;
    }
    let mut source = String::new();
    serialize(tree, id, &mut source);
    let encoded = percent_encoding::utf8_percent_encode(&source, percent_encoding::NON_ALPHANUMERIC);
    Some(Image {
        source: format!("data:image/svg+xml,{encoded}"),
        resource: None,
        alternative: label.unwrap_or_default(),
        title: None,
        width,
        height,
    })
}

/// Write an SVG subtree as XML, without scripts.
fn serialize(tree: &Tree, id: NodeId, out: &mut String) {
    match tree.data(id) {
        NodeData::Text(text) => out.push_str(&escaped(text)),
        NodeData::Element { name, attributes } => {
            if matches!(&*name.local, "script" | "foreignObject") {
                return;
            }
            out.push_str(&format!("<{}", name.local));
            if &*name.local == "svg" {
                out.push_str(" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
            }
            for attribute in attributes {
                let is_handler = attribute.name.local.starts_with("on");
                let is_namespace = attribute.name.local.starts_with("xmlns") || &*attribute.name.local == "xlink";
                if is_handler || is_namespace {
                    continue;
                }
                let prefix = attribute.name.prefix.as_ref().map(|prefix| format!("{prefix}:")).unwrap_or_default();
                out.push_str(&format!(" {prefix}{}=\"{}\"", attribute.name.local, escaped(&attribute.value)));
            }
            out.push('>');
            tree.children(id).for_each(|child| serialize(tree, child, out));
            out.push_str(&format!("</{}>", name.local));
        }
        NodeData::Root | NodeData::Other => {}
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Where the picture really is.
fn address(tree: &Tree, id: NodeId) -> Option<String> {
    let value = |name: &str| tree.attribute(id, name).map(str::trim).filter(|value| !value.is_empty());
    let late = LATE.iter().filter_map(|name| value(name)).find(|value| looks_like_address(value));
    let plain = value("src").filter(|source| !is_placeholder(source));
    let set = ["data-srcset", "srcset"].iter().filter_map(|name| value(name)).find_map(largest_of_set);
    let from_picture = || {
        let picture = tree.parent(id).filter(|parent| tree.name(*parent) == "picture")?;
        let sources = tree.children(picture).filter(|child| tree.name(*child) == "source");
        sources
            .filter_map(|source| tree.attribute(source, "srcset").or_else(|| tree.attribute(source, "data-srcset")))
            .find_map(largest_of_set)
    };
    let found = late.or(plain).map(str::to_owned).or(set).or_else(from_picture)?;
    let without_scheme = found.starts_with("//");
    Some(if without_scheme { format!("https:{found}") } else { found })
}

fn looks_like_address(value: &str) -> bool {
    !value.starts_with(['{', '[', '#']) && !value.contains(char::is_whitespace) && value.contains(['.', '/'])
}

/// Stand-ins shown until a script puts the picture in.
fn is_placeholder(source: &str) -> bool {
    if let Some(data) = source.strip_prefix("data:") {
        return data.len() < 400 && !data.starts_with("image/svg") || data.len() < 120;
    }
    let name = source.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let stand_ins = [
        "blank",
        "placeholder",
        "loading",
        "spacer",
        "grey",
        "gray",
        "transparent",
        "pixel",
        "1x1",
        "lazy",
        "default_img",
    ];
    source.starts_with("about:") || stand_ins.iter().any(|one| stem == *one || stem.starts_with(&format!("{one}_")))
}

/// The largest picture of a `srcset` (HTML §4.8.4.2.1).
fn largest_of_set(set: &str) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in set.split([',', '\n']).flat_map(|part| {
        // A comma may belong to an address; a candidate without white space before its comma is joined by browsers.
        Some(part.trim())
    }) {
        let mut words = candidate.split_ascii_whitespace();
        let Some(address) = words.next().filter(|address| looks_like_address(address)) else { continue };
        let size = words.next().and_then(|word| word.trim_end_matches(['w', 'x', 'h']).parse().ok()).unwrap_or(1.0);
        if best.is_none_or(|(largest, _)| size > largest) && !is_placeholder(address) {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

fn size(tree: &Tree, id: NodeId, name: &str) -> Option<u32> {
    let attribute = tree.attribute(id, name).and_then(style::pixels);
    let declared = || {
        let value = style::property(tree.attribute(id, "style")?, name)?;
        value.ends_with("px").then(|| style::pixels(&value)).flatten()
    };
    attribute.or_else(declared)
}

/// Emoji set as pictures carry themselves, or their name in brackets, as alternative text.
fn is_character(tree: &Tree, id: NodeId, alternative: &str) -> bool {
    let marked = tree.attribute(id, "class").is_some_and(|classes| {
        classes
            .split_ascii_whitespace()
            .any(|one| one.contains("emoji") || one.contains("smil") || one.contains("emoticon"))
    });
    let symbol = |c: char| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}');
    let is_symbol = !alternative.is_empty() && alternative.chars().all(symbol);
    is_symbol || (marked && !alternative.is_empty() && alternative.chars().count() <= 12)
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tree::Syntax;
    use super::*;
    use crate::options::Limits;

    fn source_of(markup: &str) -> Option<String> {
        let tree = Tree::parse(markup, Syntax::Html, &Limits::default());
        let id = tree.first_named(NodeId::ROOT, "img").expect("there is an img");
        match image(&tree, id) {
            Found::Image(image) => Some(image.source),
            Found::Character(text) => Some(text),
            Found::Nothing => None,
        }
    }

    #[test]
    fn the_address_behind_lazy_loading_is_found() {
        assert_eq!(source_of("<img src=/loading.gif data-src=a.jpg>").as_deref(), Some("a.jpg"));
        assert_eq!(source_of("<img srcset='s.jpg 320w, l.jpg 1280w'>").as_deref(), Some("l.jpg"));
        assert_eq!(source_of("<img src=//cdn.example/a.png>").as_deref(), Some("https://cdn.example/a.png"));
        assert_eq!(source_of("<img src=t.gif width=1 height=1>"), None);
        assert_eq!(source_of("<img src=1f600.png alt=😀>").as_deref(), Some("😀"));
    }
}
