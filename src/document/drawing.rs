//! What a drawing (SVG) asks of its reader, looked at before any reader is given it.

use super::Resource;

impl Resource {
    /// How much there is to draw, in bytes without the pictures in it.
    ///
    /// Errors when a drawing asks for more than its reader can bear: it recurses over elements, masks, clips and patterns, looks
    /// through all attributes for each of them, sets all text at once, and keeps an image of the whole drawing for each
    /// part of a filter.
    pub fn bounded_drawing(&self) -> Result<usize, String> {
        let survey = Survey::of(self.data.as_slice())?;
        for (name, most) in MOST {
            let found = survey.counts[COUNTED.iter().position(|one| one == name).expect("it is counted")];
            if found > *most {
                return Err(format!("it has {found} of <{name}>, more than {most}"));
            }
        }
        if survey.has("feTurbulence") {
            return Err("it makes noise by feTurbulence, which takes any time".to_owned());
        }
        if survey.weight > LONGEST_WITH_TEXT && survey.has("text") {
            return Err(format!("it has text and {} bytes, more than {LONGEST_WITH_TEXT}", survey.weight));
        }
        if survey.weight > LARGEST_DRAWING {
            return Err(format!("it has {} bytes without its pictures, more than {LARGEST_DRAWING}", survey.weight));
        }
        Ok(survey.weight)
    }
}

/// Bytes of a drawing: each takes a hundred times as much memory while it is read.
pub const LARGEST_DRAWING: usize = 6_000_000;

/// Elements that cost more than others, and how many a drawing may have.
const MOST: &[(&str, usize)] = &[("mask", 100), ("clipPath", 1000), ("pattern", 1000), ("filter", 20), ("fe…", 100)];

/// The elements that are counted; `fe…` are all parts of filters.
const COUNTED: &[&str] = &["mask", "clipPath", "pattern", "filter", "fe…", "text", "feTurbulence"];

/// Bytes of a drawing with text.
const LONGEST_WITH_TEXT: usize = 500_000;

/// Levels that elements may nest.
const DEEPEST: usize = 256;

/// Attributes of one element.
const MOST_ATTRIBUTES: usize = 1000;

#[derive(Default)]
struct Survey {
    /// By the place in [`COUNTED`].
    counts: [usize; COUNTED.len()],
    weight: usize,
}

impl Survey {
    /// Look through the tags as a lenient reader would; whether they fit together is not asked.
    fn of(data: &[u8]) -> Result<Survey, String> {
        if data.starts_with(&[0x1f, 0x8b]) {
            return Err("it is compressed (svgz); unpack it".to_owned());
        }
        let mut survey = Survey { weight: data.len(), ..Survey::default() };
        let (mut at, mut depth) = (0, 0usize);
        while let Some(open) = memchr::memchr(b'<', &data[at..]) {
            at += open;
            let rest = &data[at..];
            at += match rest.get(1) {
                Some(b'!') if rest.starts_with(b"<!--") => behind(rest, b"-->"),
                Some(b'!') if rest.starts_with(b"<![CDATA[") => behind(rest, b"]]>"),
                Some(b'!') if rest.starts_with(b"<!ENTITY") => entity(rest)?,
                Some(b'!') => 2,
                Some(b'?') => behind(rest, b"?>"),
                Some(b'/') => {
                    depth = depth.saturating_sub(1);
                    2
                }
                _ => {
                    let (length, is_open) = survey.tag(rest)?;
                    depth += usize::from(is_open);
                    length
                }
            };
            if depth > DEEPEST {
                return Err(format!("it nests more than {DEEPEST} elements"));
            }
        }
        Ok(survey)
    }

    fn has(&self, name: &str) -> bool {
        COUNTED.iter().zip(self.counts).any(|(one, count)| *one == name && count > 0)
    }

    /// One start tag: how long it is, and whether an end tag must follow.
    fn tag(&mut self, rest: &[u8]) -> Result<(usize, bool), String> {
        let end = rest[1..].iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'='));
        let name = &rest[1..end.map_or(rest.len(), |end| end + 1)];
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        for (count, counted) in self.counts.iter_mut().zip(COUNTED) {
            let is_it = local == counted.as_bytes() || *counted == "fe…" && local.starts_with(b"fe");
            *count += usize::from(is_it);
        }
        let (mut at, mut attributes) = (1 + name.len(), 0);
        while let Some(byte) = rest.get(at) {
            match byte {
                b'>' => return Ok((at + 1, rest[at - 1] != b'/')),
                b'"' | b'\'' => {
                    let value = &rest[at + 1..];
                    let length = memchr::memchr(*byte, value).unwrap_or(value.len());
                    if value.starts_with(b"data:") {
                        self.weight -= length;
                    }
                    at += length + 2;
                }
                b'=' => {
                    attributes += 1;
                    if attributes > MOST_ATTRIBUTES {
                        return Err(format!("it has an element of more than {MOST_ATTRIBUTES} attributes"));
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
        Ok((rest.len(), false))
    }
}

/// Where what begins here is over.
fn behind(rest: &[u8], end: &[u8]) -> usize {
    memchr::memmem::find(rest, end).map_or(rest.len(), |found| found + end.len())
}

/// The declaration of an entity: drawing programs shorten the names of namespaces by them. One that holds elements or
/// others would make what is looked at here another thing than what is read.
fn entity(rest: &[u8]) -> Result<usize, String> {
    let length = behind(rest, b">");
    let inside = &rest[2..length];
    if inside.iter().any(|byte| matches!(byte, b'<' | b'&' | b'%')) {
        return Err("it declares an entity that holds more than words".to_owned());
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inside: &str) -> Result<usize, String> {
        let drawing = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        let resource = Resource {
            media_type: "image/svg+xml".to_owned(),
            data: std::sync::Arc::new(drawing.into_bytes()),
            width: 0,
            height: 0,
        };
        resource.bounded_drawing()
    }

    #[test]
    fn what_costs_too_much_is_found_under_any_prefix() {
        assert!(of(&"<mask/>".repeat(90)).is_ok());
        assert!(of(&"<mask/>".repeat(101)).is_err());
        assert!(of(&"<s:mask a='>'/>".repeat(101)).is_err());
        assert!(of(&"<!-- <mask/> -->".repeat(101)).is_ok());
        assert!(of("<filter><s:feTurbulence/></filter>").is_err());
        assert!(of(&"<g>".repeat(300)).is_err());
        assert!(of(&"<g></g><g/>".repeat(300)).is_ok());
        assert!(of(&format!("<g{}/>", " a='b'".repeat(1001))).is_err());
    }

    #[test]
    fn entities_may_shorten_names_and_nothing_else() {
        assert!(of("<!DOCTYPE svg [<!ENTITY ns 'http://ns.example/'>]>").is_ok());
        assert!(of("<!DOCTYPE svg [<!ENTITY m '<mask/>'>]>").is_err());
        assert!(of("<!DOCTYPE svg [<!ENTITY m '&n;&n;'>]>").is_err());
    }

    #[test]
    fn pictures_within_do_not_weigh() {
        let picture = format!("<image href='data:image/png;base64,{}'/>", "A".repeat(100_000));
        assert!(of(&picture).is_ok_and(|weight| weight < 1_000));
    }
}
