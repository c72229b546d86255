//! Takes one HTML tag apart: its name, attributes and length.

use std::collections::BTreeMap;

/// A start or end tag.
#[derive(Debug, PartialEq)]
pub struct Tag {
    /// Lower case.
    pub name: String,
    /// By lower-case name, values decoded; the first of a name counts.
    pub attributes: BTreeMap<String, String>,
    pub is_end: bool,
    /// Bytes from `<` to `>`.
    pub length: usize,
}

/// The tag a text starts with. `None` for comments, declarations and what is not well formed (CommonMark §6.6).
pub fn parse(text: &str) -> Option<Tag> {
    let mut rest = text.strip_prefix('<')?;
    let is_end = rest.starts_with('/');
    rest = rest.strip_prefix('/').unwrap_or(rest);
    let name_length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let name = rest[..name_length].to_ascii_lowercase();
    rest = &rest[name_length..];
    let mut attributes = BTreeMap::new();
    loop {
        let trimmed = rest.trim_ascii_start();
        if let Some(after) = trimmed.strip_prefix("/>").or_else(|| trimmed.strip_prefix('>')) {
            return Some(Tag { name, attributes, is_end, length: text.len() - after.len() });
        }
        if trimmed.len() == rest.len() || is_end {
            return None;
        }
        let (key, value, after) = attribute(trimmed)?;
        attributes.entry(key).or_insert(value);
        rest = after;
    }
}

/// One attribute with its decoded value, and what follows it.
fn attribute(text: &str) -> Option<(String, String, &str)> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-' | b'@');
    let length = text.bytes().take_while(|byte| is_name(byte)).count();
    if length == 0 {
        return None;
    }
    let key = text[..length].to_ascii_lowercase();
    let after_key = &text[length..];
    let Some(value) = after_key.trim_ascii_start().strip_prefix('=') else {
        return Some((key, String::new(), after_key));
    };
    let value = value.trim_ascii_start();
    let (raw, rest) = match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let end = value[1..].find(char::from(*quote))?;
            (&value[1..=end], &value[end + 2..])
        }
        _ => {
            let end =
                value.find(|one: char| one.is_ascii_whitespace() || "\"'=<>`".contains(one)).unwrap_or(value.len());
            if end == 0 {
                return None;
            }
            value.split_at(end)
        }
    };
    Some((key, decoded(raw), rest))
}

/// A text with the references every HTML writer uses resolved: `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&#39;`, numbers.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (character, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// The character a reference stands for, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|one| *one != '\0')?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_taken_apart() {
        let tag = parse("<IMG src='a &amp; b' alt=\"图\" hidden width=3 />后").expect("it is a tag");
        assert_eq!(tag.name, "img");
        assert_eq!(tag.attributes["src"], "a & b");
        assert_eq!(tag.attributes["alt"], "图");
        assert_eq!((tag.attributes["hidden"].as_str(), tag.attributes["width"].as_str()), ("", "3"));
        assert_eq!(tag.length, "<IMG src='a &amp; b' alt=\"图\" hidden width=3 />".len());
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in ["<!-- a -->", "<1>", "</a b>", "<a=b>", "< a>", "<a href='x'", "<图>"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
