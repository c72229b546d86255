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
    /// Elements within those that others refer to and that are drawn again for each of them.
    within: usize,
    /// References to such, and to filters.
    references: usize,
    filtered: usize,
    /// References within what is repeated: each may multiply the others.
    nested: usize,
}

/// Elements that are drawn for each reference to them.
const REPEATED: &[&str] = &["clipPath", "mask", "pattern", "marker"];

/// References times the elements they repeat.
const MOST_REPEATED: usize = 1_000_000;

/// What is drawn through a filter: each is an image of its own.
const MOST_FILTERED: usize = 100;

/// References from within what is repeated to more of it: so many make at most some two thousand of one.
const MOST_NESTED: usize = 20;

impl Survey {
    /// Look through the tags as a lenient reader would; whether they fit together is not asked.
    fn of(data: &[u8]) -> Result<Survey, String> {
        if data.starts_with(&[0x1f, 0x8b]) {
            return Err("it is compressed (svgz); unpack it".to_owned());
        }
        let mut survey = Survey { weight: data.len(), ..Survey::default() };
        let (mut at, mut depth) = (0, 0usize);
        // The depth at which an element that is repeated began.
        let mut repeated: Option<usize> = None;
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
                    repeated = repeated.filter(|begun| *begun < depth);
                    2
                }
                _ => {
                    let before = survey.references;
                    let (name, length) = survey.tag(rest)?;
                    if repeated.is_some() {
                        survey.within += 1;
                        survey.nested += survey.references - before;
                    }
                    if !rest[..length].ends_with(b"/>") {
                        let is_repeated = REPEATED.iter().any(|one| one.as_bytes() == name);
                        repeated = repeated.or(is_repeated.then_some(depth));
                        depth += 1;
                    }
                    length
                }
            };
            if depth > DEEPEST {
                return Err(format!("it nests more than {DEEPEST} elements"));
            }
        }
        let repeats = survey.within.saturating_mul(survey.references);
        if repeats > MOST_REPEATED || survey.filtered > MOST_FILTERED || survey.nested > MOST_NESTED {
            return Err("it repeats clips, masks, patterns or filters too often".to_owned());
        }
        Ok(survey)
    }

    fn has(&self, name: &str) -> bool {
        COUNTED.iter().zip(self.counts).any(|(one, count)| *one == name && count > 0)
    }

    /// One start tag: its name without prefix, and how long it is.
    fn tag<'a>(&mut self, rest: &'a [u8]) -> Result<(&'a [u8], usize), String> {
        let end = rest[1..].iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'='));
        let name = &rest[1..end.map_or(rest.len(), |end| end + 1)];
        let local = local(name);
        for (count, counted) in self.counts.iter_mut().zip(COUNTED) {
            let is_it = local == counted.as_bytes() || *counted == "fe…" && local.starts_with(b"fe");
            *count += usize::from(is_it);
        }
        let (mut at, mut attributes, mut word) = (1 + name.len(), 0, 0..0);
        while let Some(byte) = rest.get(at) {
            match byte {
                b'>' => return Ok((local, at + 1)),
                b'"' | b'\'' => {
                    let value = &rest[at + 1..];
                    let length = memchr::memchr(*byte, value).unwrap_or(value.len());
                    self.attribute(self::local(&rest[word.clone()]), &value[..length])?;
                    at += length + 2;
                }
                b'=' => {
                    attributes += 1;
                    if attributes > MOST_ATTRIBUTES {
                        return Err(format!("it has an element of more than {MOST_ATTRIBUTES} attributes"));
                    }
                    at += 1;
                }
                byte if byte.is_ascii_whitespace() => at += 1,
                _ => {
                    let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !b"=>/\"'".contains(byte);
                    word = at..at + rest[at..].iter().take_while(|byte| is_name(byte)).count().max(1);
                    at = word.end;
                }
            }
        }
        Ok((local, rest.len()))
    }

    fn attribute(&mut self, name: &[u8], value: &[u8]) -> Result<(), String> {
        if value.starts_with(b"data:") {
            self.weight -= value.len();
            let is_raster = [&b"png"[..], b"jpeg", b"jpg", b"gif", b"webp"]
                .iter()
                .any(|kind| value.strip_prefix(b"data:image/").and_then(|rest| rest.strip_prefix(*kind)).is_some());
            return if is_raster { Ok(()) } else { Err("it holds something other than a picture".to_owned()) };
        }
        let refers = memchr::memmem::find_iter(value, b"url(").count();
        let is_filter = name == b"filter" || memchr::memmem::find(value, b"filter").is_some();
        if is_filter {
            self.filtered += refers
        } else {
            self.references += refers
        }
        if MEASURED.contains(&name) && has_large_number(value) {
            return Err("it has a number that no page can hold".to_owned());
        }
        Ok(())
    }
}

/// Attributes that place and measure.
const MEASURED: &[&[u8]] = &[
    b"x",
    b"y",
    b"width",
    b"height",
    b"r",
    b"cx",
    b"cy",
    b"rx",
    b"ry",
    b"x1",
    b"x2",
    b"y1",
    b"y2",
    b"fx",
    b"fy",
    b"dx",
    b"dy",
    b"d",
    b"points",
    b"transform",
    b"gradientTransform",
    b"patternTransform",
    b"viewBox",
    b"stroke-width",
    b"stroke-dasharray",
    b"stroke-dashoffset",
    b"font-size",
    b"letter-spacing",
    b"word-spacing",
    b"textLength",
    b"stdDeviation",
    b"radius",
    b"markerWidth",
    b"markerHeight",
    b"refX",
    b"refY",
    b"style",
];

/// Whether a number in a list of them has more than nine digits before its point, or an exponent beyond nine.
fn has_large_number(value: &[u8]) -> bool {
    let mut at = 0;
    while at < value.len() {
        let digits = value[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).map_or(b' ', |before| value[before]);
        let is_whole = !before.is_ascii_alphabetic() && !b"_#.".contains(&before);
        let is_exponent = matches!(before, b'e' | b'E' | b'+' | b'-')
            && value[..at].iter().rev().take(3).any(|byte| matches!(byte, b'e' | b'E'))
            && value[..at]
                .iter()
                .rev()
                .find(|byte| !b"eE+-".contains(byte))
                .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.');
        if is_exponent && before != b'-' && (digits > 2 || value[at..at + digits] > b"9"[..] || digits == 2) {
            return true;
        }
        if is_whole && !is_exponent && digits > 9 {
            return true;
        }
        at += digits;
    }
    false
}

fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
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
    fn numbers_are_bounded_where_they_measure() {
        assert!(of("<rect x='1e38'/>").is_err());
        assert!(of("<rect style='font-size:99999999999pt'/>").is_err());
        assert!(of("<path d='M1.5e12 0'/>").is_err());
        assert!(of("<rect id='SVGID_00000012345678901' x='1e-38' y='0.00000000000001' fill='#1e38e3'/>").is_ok());
        assert!(of("<path d='M100.25-3.5e2.5e1l-1e9,2' transform='matrix(1 0 0 1 -2e+3 5)'/>").is_ok());
    }

    #[test]
    fn what_is_repeated_is_counted_with_its_references() {
        let clip = format!("<clipPath id='c'>{}</clipPath>", "<circle r='9'/>".repeat(3_000));
        assert!(of(&format!("{clip}{}", "<rect clip-path='url(#c)'/>".repeat(30))).is_ok());
        assert!(of(&format!("{clip}{}", "<rect clip-path='url(#c)'/>".repeat(3_000))).is_err());
        assert!(of(&format!("{clip}{}", "<rect/>".repeat(3_000))).is_ok());
        assert!(of(&"<rect filter='url(#f)'/>".repeat(101)).is_err());
        assert!(of("<image href='data:image/svg+xml,a'/>").is_err());
    }

    #[test]
    fn pictures_within_do_not_weigh() {
        let picture = format!("<image href='data:image/png;base64,{}'/>", "A".repeat(100_000));
        assert!(of(&picture).is_ok_and(|weight| weight < 1_000));
    }
}
