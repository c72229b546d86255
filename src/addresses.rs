//! Addresses in running text: `https://…`, `www.…` and mail addresses (GFM, extended autolinks). The reader of Markdown makes
//! links of them, and so does its writer, or they would be links only when they are read back.
//!
//! GitHub lets an address run on to the next space. In running CJK text it ends before the text goes on: at CJK
//! punctuation, and at a CJK character unless that is a part of the path.

use std::ops::Range;

use crate::document::{Inline, Link};
use crate::flanking::{is_cjk, is_unicode_punctuation};

/// Turn bare addresses in the texts of a list into links. `ends_at_cjk` is the rule beyond GFM.
pub fn link_addresses(inlines: &mut Vec<Inline>, ends_at_cjk: bool) {
    let mut index = 0;
    while index < inlines.len() {
        match &mut inlines[index] {
            Inline::Text(text) if has_address(text) => {
                if let Some(parts) = split(text, ends_at_cjk) {
                    let count = parts.len();
                    inlines.splice(index..=index, parts);
                    index += count;
                    continue;
                }
            }
            Inline::Link(_) => {}
            other => {
                if let Some(children) = other.children_mut() {
                    link_addresses(children, ends_at_cjk);
                }
            }
        }
        index += 1;
    }
}

/// Whether there may be addresses in the texts of a list, outside of links.
pub fn has_addresses(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(text) => has_address(text),
        Inline::Link(_) => false,
        other => has_addresses(other.children()),
    })
}

/// Whether a text may have an address in it. Nearly every text is asked, so that this must be quick.
fn has_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b':', b'w', b'@', bytes).any(|at| match bytes[at] {
        b':' => bytes[at..].starts_with(b"://"),
        b'w' => bytes[at..].starts_with(b"www."),
        _ => true,
    })
}

/// Where in a source addresses may be, found in one go: most of its many small texts need not be looked through.
pub struct AddressMarks(Vec<usize>);

/// Bytes of a stretch of source that counts as one.
const STRETCH: usize = 64;

impl AddressMarks {
    pub fn of(source: &str) -> AddressMarks {
        let bytes = source.as_bytes();
        // A mark may have backslashes in it, which its text has not.
        let may_begin = |at: &usize| match bytes[*at] {
            b':' => matches!(bytes.get(at + 1), Some(b'/' | b'\\')),
            b'w' => bytes[*at..].starts_with(b"www"),
            _ => true,
        };
        let mut stretches: Vec<usize> = Vec::new();
        for stretch in memchr::memchr3_iter(b':', b'w', b'@', bytes).filter(may_begin).map(|at| at / STRETCH) {
            if stretches.last() != Some(&stretch) {
                stretches.push(stretch);
            }
        }
        AddressMarks(stretches)
    }

    /// Whether one may stand in this part of the source; only a text that says otherwise than its source is not covered.
    pub fn may_stand_in(&self, part: Range<usize>) -> bool {
        let next = self.0.partition_point(|stretch| *stretch < part.start / STRETCH);
        self.0.get(next).is_some_and(|stretch| *stretch <= part.end / STRETCH)
    }
}

/// A text with its addresses as links; `None` without any.
fn split(text: &str, ends_at_cjk: bool) -> Option<Vec<Inline>> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b':', b'w', b'@', &text.as_bytes()[at..]).map(|offset| at + offset) {
        let address = match text.as_bytes()[found] {
            b':' => with_scheme(text, found, done, ends_at_cjk),
            b'w' => with_www(text, found, ends_at_cjk),
            _ => mail(text, found, done),
        };
        at = found + 1;
        let Some((range, target)) = address else { continue };
        if range.start > done {
            parts.push(Inline::text(&text[done..range.start]));
        }
        at = range.end;
        done = range.end;
        let content = vec![Inline::text(&text[range])];
        parts.push(Inline::from(Link { target, title: None, content }));
    }
    if parts.is_empty() {
        return None;
    }
    if done < text.len() {
        parts.push(Inline::text(&text[done..]));
    }
    Some(parts)
}

type Address = (std::ops::Range<usize>, String);

fn with_scheme(text: &str, colon: usize, from: usize, ends_at_cjk: bool) -> Option<Address> {
    let rest = text[colon..].strip_prefix("://")?;
    let letters = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = colon - letters;
    if !matches!(text[start..colon].to_ascii_lowercase().as_str(), "http" | "https" | "ftp") {
        return None;
    }
    let domain = domain_length(rest)?;
    let end = address_end(text, colon + 3 + domain, ends_at_cjk);
    Some((start..end, text[start..end].to_owned()))
}

fn with_www(text: &str, start: usize, ends_at_cjk: bool) -> Option<Address> {
    let rest = text[start..].strip_prefix("www.").map(|_| &text[start..])?;
    let before = text[..start].chars().next_back();
    let may_follow = |one: char| one.is_whitespace() || "*_~(".contains(one) || ends_at_cjk && is_cjk(one);
    if !before.is_none_or(may_follow) {
        return None;
    }
    let domain = domain_length(rest).filter(|length| rest[..*length].trim_end_matches('.').contains('.'))?;
    let end = address_end(text, start + domain, ends_at_cjk);
    Some((start..end, format!("http://{}", &text[start..end])))
}

fn mail(text: &str, at: usize, from: usize) -> Option<Address> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b".+_-".contains(byte);
    let name = text[from..at].bytes().rev().take_while(|byte| is_name(byte)).count();
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let domain = text[at + 1..].bytes().take_while(|byte| is_domain(byte)).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches('.');
    let is_good = name > 0 && domain.contains('.') && !domain.ends_with(['-', '_']) && !domain.contains("..");
    let range = at - name..at + 1 + domain.len();
    is_good.then(|| (range.clone(), format!("mailto:{}", &text[range])))
}

/// Bytes of a domain: letters, digits, hyphens and underscores between periods, no underscore in the last two parts.
fn domain_length(text: &str) -> Option<usize> {
    let is_part = |one: char| one.is_alphanumeric() && !is_cjk(one) || matches!(one, '-' | '_' | '.');
    let length = text.find(|one: char| !is_part(one)).unwrap_or(text.len());
    let domain = &text[..length];
    let has_underscore = domain.rsplit('.').take(2).any(|part| part.contains('_'));
    (domain.starts_with(char::is_alphanumeric) && !has_underscore).then_some(length)
}

/// Where an address ends that goes on after its domain: trailing punctuation belongs to the sentence.
fn address_end(text: &str, path: usize, ends_at_cjk: bool) -> usize {
    let mut before = '/';
    let length = text[path..].find(|one: char| {
        let is_text = ends_at_cjk && is_cjk(one);
        let in_path = is_text && !is_unicode_punctuation(one) && ("/=_-#".contains(before) || is_cjk(before));
        let at_start = before == '/' && is_text && text[path..].starts_with(one);
        before = one;
        one.is_whitespace() || one == '<' || is_text && (!in_path || at_start)
    });
    let mut address = &text[..path + length.unwrap_or(text.len() - path)];
    while let Some(last) = address[path..].chars().next_back() {
        let cut = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => 1,
            ')' => {
                let count = |one: char| address[path..].matches(one).count();
                usize::from(count(')') > count('('))
            }
            ';' => {
                let name = address[path..address.len() - 1].trim_end_matches(|one: char| one.is_ascii_alphanumeric());
                if name.ends_with('&') && name.len() + 1 < address.len() - path {
                    address.len() - path - name.len() + 1
                } else {
                    0
                }
            }
            _ => 0,
        };
        if cut == 0 {
            break;
        }
        address = &address[..address.len() - cut];
    }
    let end = address.len();
    // The domain's own last period, where nothing follows it.
    if end == path { text[..end].trim_end_matches('.').len() } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let mut inlines = vec![Inline::text(text)];
        link_addresses(&mut inlines, true);
        let target = |inline: &Inline| match inline {
            Inline::Link(link) => Some(link.target.clone()),
            _ => None,
        };
        inlines.iter().filter_map(target).collect()
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        assert_eq!(links("详见https://example.org/a，后文"), ["https://example.org/a"]);
        assert_eq!(links("见 https://example.org/词条_一 后文"), ["https://example.org/词条_一"]);
        assert_eq!(links("见https://example.org后文"), ["https://example.org"]);
        assert_eq!(links("(see www.example.org/a_(b))."), ["http://www.example.org/a_(b)"]);
        assert_eq!(links("写信到me@example.org。"), ["mailto:me@example.org"]);
        assert_eq!(links("http://a.org?x=1&copy; www.a.org."), ["http://a.org?x=1", "http://www.a.org"]);
    }

    #[test]
    fn what_only_looks_like_an_address_stays_text() {
        assert!(links("awww.example.org a@b http:// www. 12:30").is_empty());
    }
}
