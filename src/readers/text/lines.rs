//! Splits a text into its lines and cleans their characters.
//!
//! The rule for characters that are not text:
//! - CR LF, LF, a lone CR, NEL, VT, U+2028 and U+2029 end a line; a form feed ends a page too.
//! - Blanks at either end of a line (space, tab, no-break space, ideographic space, zero-width characters) are its
//!   indentation and nothing else; a line of nothing else is blank.
//! - A run of blanks within a line is one space: U+3000 if there is one in it, else U+0020.
//! - NUL and the other control characters, zero-width space and no-break space, word joiner and soft hyphen are
//!   removed; so are bidirectional controls in a text without right-to-left letters. All are counted.

use std::borrow::Cow;

use super::signs::Signs;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Without indentation, cleaned.
    pub text: Cow<'a, str>,
    /// Without indentation, as the source has it: columns of a table are told by its tabs and runs of spaces.
    /// Empty once another line was joined to it.
    pub raw: &'a str,
    /// From 1.
    pub number: u32,
    /// Byte range of `raw` in the decoded source.
    pub start: usize,
    pub end: usize,
    /// Columns before the first character; a tab counts four, an ideographic space two.
    pub indent: u16,
    /// Blank lines before it.
    pub blanks: u16,
    /// Page number or running head, found beside the ends of pages.
    pub furniture: bool,
    /// First line after a form feed.
    pub new_page: bool,
    /// Characters of `text`.
    pub chars: u32,
    /// Kinds of characters that `raw` or `text` may have.
    pub signs: Signs,
}

impl Line<'_> {
    /// Whether `text` is of ASCII alone.
    pub fn is_ascii(&self) -> bool {
        self.text.len() == self.chars as usize
    }

    /// Columns of a fixed-width screen: two for a character of three bytes.
    pub fn columns(&self) -> usize {
        (self.text.len() + self.chars as usize) / 2
    }
}

/// The lines of a text, and how many characters were removed.
pub(super) fn lines(text: &str) -> (Vec<Line<'_>>, usize) {
    // Hebrew, Arabic and their neighbours begin with these bytes.
    let keeps_bidi = has(text, |byte| matches!(byte, 0xD6..=0xE0));
    // Most texts end their lines with LF and nothing else.
    let ends_otherwise = has(text, |byte| matches!(byte, 0x0B..=0x0D | 0xC2)) || has_separator(text.as_bytes());
    let mut lines = Vec::with_capacity(text.bytes().filter(|byte| *byte == b'\n').count() + 1);
    let (mut removed, mut blanks, mut new_page) = (0, 0u16, false);
    let (mut start, mut number) = (0, 1u32);
    while start < text.len() {
        let (length, ending, form_feed) = if ends_otherwise {
            line_end(&text.as_bytes()[start..])
        } else {
            text[start..].find('\n').map_or((text.len() - start, 0, false), |length| (length, 1, false))
        };
        match line(text, start, start + length, keeps_bidi, &mut removed) {
            Some(mut line) => {
                (line.number, line.blanks, line.new_page) = (number, blanks, new_page);
                (blanks, new_page) = (0, false);
                lines.push(line);
            }
            None => blanks = blanks.saturating_add(1),
        }
        new_page |= form_feed;
        number = number.saturating_add(1);
        start += length + ending;
    }
    (lines, removed)
}

/// Whether a text has a byte of some kind, told for many bytes at once.
fn has(text: &str, kind: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(256).any(|bytes| bytes.iter().fold(false, |found, byte| found | kind(*byte)))
}

/// Whether U+2028 or U+2029 is in a text.
fn has_separator(bytes: &[u8]) -> bool {
    let separates = |three: (&u8, &u8, &u8)| (*three.0 == 0xE2) & (*three.1 == 0x80) & (*three.2 & 0xFE == 0xA8);
    let places = bytes.len().saturating_sub(2);
    (0..places).step_by(256).any(|start| {
        let end = places.min(start + 256);
        let (first, second, third) = (&bytes[start..end], &bytes[start + 1..end + 1], &bytes[start + 2..end + 2]);
        let three = first.iter().zip(second).zip(third);
        three.fold(false, |found, ((first, second), third)| found | separates((first, second, third)))
    })
}

/// Bytes up to the next line end, bytes of the line end itself, and whether it is a form feed.
fn line_end(bytes: &[u8]) -> (usize, usize, bool) {
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' | 0x0B => return (index, 1, false),
            b'\r' => return (index, if bytes.get(index + 1) == Some(&b'\n') { 2 } else { 1 }, false),
            0x0C => return (index, 1, true),
            0xC2 if bytes.get(index + 1) == Some(&0x85) => return (index, 2, false),
            0xE2 if matches!(bytes.get(index + 1..index + 3), Some([0x80, 0xA8 | 0xA9])) => return (index, 3, false),
            _ => {}
        }
    }
    (bytes.len(), 0, false)
}

fn line<'a>(text: &'a str, start: usize, end: usize, keeps_bidi: bool, removed: &mut usize) -> Option<Line<'a>> {
    let whole = &text[start..end];
    let body = whole.trim_start_matches(is_blank);
    let raw = body.trim_end_matches(is_blank);
    if raw.is_empty() {
        return None;
    }
    let lead = &whole[..whole.len() - body.len()];
    let indent = lead.chars().map(|c| match c {
        '\t' => 4,
        '\u{3000}' => 2,
        ' ' | '\u{A0}' => 1,
        _ => 0,
    });
    let (signs, chars) = Signs::of(raw);
    let (text, chars) = if signs.any(Signs::UNCLEAN) {
        let text = clean(raw, keeps_bidi, removed);
        let chars = text.chars().count() as u32;
        (Cow::Owned(text), chars)
    } else {
        (Cow::Borrowed(raw), chars)
    };
    if text.is_empty() {
        return None;
    }
    let start = start + lead.len();
    let indent = indent.sum::<usize>().min(1000) as u16;
    Some(Line {
        raw,
        number: 0,
        start,
        end: start + raw.len(),
        indent,
        blanks: 0,
        furniture: false,
        new_page: false,
        chars,
        signs,
        text,
    })
}

fn is_blank(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}' | '\0'..='\x1F' | '\x7F') || c.is_whitespace()
}

fn clean(raw: &str, keeps_bidi: bool, removed: &mut usize) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut blank: Option<char> = None;
    for c in raw.chars() {
        if c == '\u{3000}' || c.is_whitespace() {
            blank = Some(if c == '\u{3000}' || blank == Some('\u{3000}') { '\u{3000}' } else { ' ' });
            continue;
        }
        let bidi = matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let invisible = matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}') || c.is_control();
        if invisible || (bidi && !keeps_bidi) {
            *removed += 1;
            continue;
        }
        if let Some(blank) = blank.take().filter(|_| !text.is_empty()) {
            text.push(blank);
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let (found, _) = lines("一\r\n二\r三\n\n \u{A0}\n四\u{2028}五\x0C六");
        let texts: Vec<_> = found.iter().map(|line| line.text.as_ref()).collect();
        assert_eq!(texts, ["一", "二", "三", "四", "五", "六"]);
        assert_eq!((found[3].blanks, found[3].number, found[5].new_page), (2, 6, true));
    }

    #[test]
    fn blanks_are_indentation_or_one_space() {
        let (found, removed) = lines("\u{3000}\u{3000}甲 \u{A0} 乙\u{3000} 丙\u{200B}丁\0\u{202E}戊  ");
        assert_eq!(found[0].text, "甲 乙\u{3000}丙丁戊");
        assert_eq!((found[0].indent, removed), (4, 3));
    }
}
