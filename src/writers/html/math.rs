//! TeX mathematics as MathML, through `math-core`, which writes MathML Core for browsers. E-books are held to MathML 3
//! (EPUB 3.3 §6.1.5.1), which says a few things in other places; browsers understand those too.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::escape::escaped;

/// Longest formula that is tried, in bytes, and how deeply its braces may nest: the converter recurses.
const LONGEST: usize = 20_000;
const DEEPEST: usize = 60;

/// The converter, made once a document.
pub struct Mathematics(LatexToMathML);

impl Default for Mathematics {
    fn default() -> Mathematics {
        let config = MathCoreConfig { xml_namespace: true, ..MathCoreConfig::default() };
        Mathematics(LatexToMathML::new(config).expect("no macros of our own can be wrong"))
    }
}

impl Mathematics {
    /// A `<math>` element with the TeX as its alternative text; nothing when the TeX is not understood.
    pub fn mathml(&self, tex: &str, display: bool) -> Option<String> {
        let tex = tex.trim();
        if tex.is_empty() || tex.len() > LONGEST || nesting(tex) > DEEPEST {
            return None;
        }
        let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
        let mathml = self.0.convert_with_local_state(tex, mode).ok()?.mathml;
        let mathml = as_mathml_3(&mathml);
        let rest = mathml.strip_prefix("<math")?;
        Some(format!("<math alttext=\"{}\"{rest}", escaped(tex)))
    }
}

/// MathML Core as MathML 3: style attributes stand on an `mstyle` of their own, lengths are in ems, elements of HTML are in
/// its name space, and there are no anchors and links: formulas that number themselves alike would clash in one file.
fn as_mathml_3(core: &str) -> String {
    let mut out = String::with_capacity(core.len() + 64);
    let mut rest = core;
    // What follows the end of each open element; an element that is left out has no tags at all.
    let mut open: Vec<Option<&str>> = Vec::new();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(length) = tag_length(&rest[at..]) else { break };
        let tag = &rest[at + 1..at + length - 1];
        rest = &rest[at + length..];
        if tag.starts_with('/') {
            if let Some(Some(after)) = open.pop() {
                out.push_str(&format!("<{tag}>{after}"));
            }
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let tag = Tag::of(tag);
        let after = if tag.name == "a" { None } else { Some(if tag.moved.is_empty() { "" } else { "</mstyle>" }) };
        if let Some(after) = after {
            let wrapped = if tag.moved.is_empty() { String::new() } else { format!("<mstyle{}>", tag.moved) };
            let (end, after) = if is_empty { ("/", after) } else { ("", "") };
            out.push_str(&format!("{wrapped}<{}{}{end}>{after}", tag.name, tag.kept));
        }
        if !is_empty {
            open.push(after);
        }
    }
    out.push_str(rest);
    out
}

/// Bytes of a tag from `<` to `>`, one in a quoted value not counted.
fn tag_length(text: &str) -> Option<usize> {
    let mut quoted = false;
    let end = text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map(|end| end + 1)
}

/// A start tag taken apart.
struct Tag<'a> {
    name: &'a str,
    /// Attributes that stay, each with a space before it.
    kept: String,
    /// Those that belong to an `mstyle` around the element.
    moved: String,
}

impl<'a> Tag<'a> {
    fn of(tag: &'a str) -> Tag<'a> {
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let mut found = Tag { name, kept: String::new(), moved: String::new() };
        let mut pieces = attributes.split('"');
        while let (Some(key), Some(value)) = (pieces.next(), pieces.next()) {
            let key = key.trim().trim_end_matches('=');
            let is_style = matches!(key, "displaystyle" | "scriptlevel");
            let stays = matches!((name, key), ("math" | "mstyle", _) | ("mtable", "displaystyle"));
            let is_length = matches!(key, "linethickness" | "width" | "height" | "depth" | "voffset");
            let value = if is_length { value.replace("rem", "em") } else { value.to_owned() };
            let into = if is_style && !stays { &mut found.moved } else { &mut found.kept };
            if key != "id" {
                into.push_str(&format!(" {key}=\"{value}\""));
            }
        }
        if !name.starts_with('m') || name == "mark" {
            found.kept.push_str(" xmlns=\"http://www.w3.org/1999/xhtml\"");
        }
        found
    }
}

/// A bound on how deeply the converter may recurse: groups, environments and delimiters that are open at once.
fn nesting(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for (index, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'\\' if ["\\left", "\\begin", "\\frac", "\\sqrt"].iter().any(|word| tex[index..].starts_with(word)) => {
                depth += 1;
            }
            b'\\' if ["\\right", "\\end"].iter().any(|word| tex[index..].starts_with(word)) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_goes_to_an_element_of_its_own() {
        assert_eq!(
            as_mathml_3("<math><mrow displaystyle=\"true\" scriptlevel=\"0\"><mi>x</mi></mrow></math>"),
            "<math><mstyle displaystyle=\"true\" scriptlevel=\"0\"><mrow><mi>x</mi></mrow></mstyle></math>"
        );
        assert_eq!(
            as_mathml_3("<mtable displaystyle=\"true\" style=\"a:b\"></mtable>"),
            "<mtable displaystyle=\"true\" style=\"a:b\"></mtable>"
        );
    }

    #[test]
    fn links_and_anchors_are_left_out_and_html_says_that_it_is() {
        assert_eq!(
            as_mathml_3("<mtext id=\"eq:1\"><a href=\"#x>y\">(1)</a><i>a&lt;b</i></mtext><mspace width=\"1rem\"/>"),
            "<mtext>(1)<i xmlns=\"http://www.w3.org/1999/xhtml\">a&lt;b</i></mtext><mspace width=\"1em\"/>"
        );
    }

    #[test]
    fn a_wrapped_element_that_is_empty_ends_its_style() {
        assert_eq!(as_mathml_3("<mspace scriptlevel=\"1\"/>z"), "<mstyle scriptlevel=\"1\"><mspace/></mstyle>z");
    }
}
