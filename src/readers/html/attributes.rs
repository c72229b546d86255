//! A bound on the attributes of one tag, kept before the parser sees them: it compares each with all before it.

use std::borrow::Cow;

/// Attributes of one tag that are kept.
const MOST: usize = 256;

/// The markup with the attributes beyond the bound blanked, so that all else keeps its place.
pub(super) fn bounded(markup: &str) -> Cow<'_, str> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(found) = markup[from..].find('<') {
        let start = from + found;
        from = start + 1;
        if !markup.as_bytes().get(from).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (end, cut) = tag(markup.as_bytes(), from);
        cuts.extend(cut.map(|cut| (cut, end)));
        from = end;
    }
    if cuts.is_empty() {
        return Cow::Borrowed(markup);
    }
    let mut kept = String::with_capacity(markup.len());
    for (start, end) in cuts {
        kept.push_str(&markup[kept.len()..start]);
        kept.extend(markup.as_bytes()[start..end].iter().map(|byte| if *byte == b'\n' { '\n' } else { ' ' }));
    }
    kept.push_str(&markup[kept.len()..]);
    Cow::Owned(kept)
}

/// Where a tag ends, and where its first attribute too many begins.
fn tag(bytes: &[u8], start: usize) -> (usize, Option<usize>) {
    let (mut count, mut cut, mut quote, mut after_space, mut after_equals) = (0usize, None, None, false, false);
    for (offset, byte) in bytes[start..].iter().enumerate() {
        let at = start + offset;
        match (quote, *byte) {
            (Some(open), byte) if byte == open => (quote, after_space) = (None, true),
            (Some(_), _) => {}
            (None, b'>') => return (at, cut),
            (None, b'"' | b'\'') if after_equals => (quote, after_equals) = (Some(*byte), false),
            (None, b'=') => (after_equals, after_space) = (true, false),
            (None, byte) if byte.is_ascii_whitespace() || byte == b'/' => after_space = true,
            (None, _) => {
                if after_space && !after_equals {
                    count += 1;
                    if count > MOST {
                        cut = cut.or(Some(at));
                    }
                }
                (after_space, after_equals) = (false, false);
            }
        }
    }
    // A tag that never ends is text or nothing; either way it is not the parser's to compare.
    (bytes.len(), cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_keeps_its_first_attributes_and_everything_its_place() {
        let many: String = (0..2_000).map(|n| format!(" a{n}=\"x > y\"\n")).collect();
        let markup = format!("<p{many}>字</p><img alt=\"{}\">", "长 a b".repeat(2_000));
        let bounded = bounded(&markup);
        assert_eq!(bounded.len(), markup.len());
        assert_eq!(bounded.lines().count(), markup.lines().count());
        assert!(bounded.contains("a255=") && !bounded.contains("a256="));
        assert!(bounded.contains(">字</p><img alt=\"长 a b长"));
        assert!(bounded.ends_with("长 a b\">"));
    }

    #[test]
    fn usual_markup_is_left_alone() {
        let markup = "<p class=a title='b > c'>1 < 2 <b</p> <".repeat(100);
        assert!(matches!(bounded(&markup), Cow::Borrowed(_)));
    }
}
