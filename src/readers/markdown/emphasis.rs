//! Makes emphasis beside CJK punctuation open and close as a person means it.
//!
//! The parser decides by CommonMark's own rule. Where the CJK-friendly rule decides otherwise, a mark is put between the
//! delimiter run and the letter beside it: a punctuation character that does not occur in the source, so that the
//! parser's rule comes to the answer wanted. Beside a letter the mark can touch nothing else: all syntax is ASCII
//! punctuation. It is taken out of every text the parser gives back, and offsets are counted without it.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use crate::flanking::{Flanking, FlankingRule, is_unicode_punctuation, is_variation_selector};

/// The source as the parser gets it.
pub struct Marked<'a> {
    pub text: Cow<'a, str>,
    mark: char,
    /// Where marks were put, as offsets in the source without them, ascending.
    places: Vec<usize>,
    /// Whether braces stand right behind brackets anywhere, as those of attributes do.
    pub has_attributes: bool,
}

/// Symbols nobody writes in an article: Greek vocal notation. All are punctuation to CommonMark.
const MARKS: RangeInclusive<char> = '\u{1D200}'..='\u{1D241}';

/// The first byte of each of them in UTF-8.
const MARK_BYTE: u8 = 0xF0;

impl<'a> Marked<'a> {
    /// The source without any marks: CommonMark to the letter.
    pub fn strict(source: &'a str) -> Marked<'a> {
        Marked { text: Cow::Borrowed(source), mark: *MARKS.start(), places: Vec::new(), has_attributes: false }
    }

    /// The source with a mark at each run the two rules disagree on.
    pub fn cjk_friendly(source: &'a str) -> Marked<'a> {
        let mut places = disagreements(source);
        let has_attributes = rarer_marks(source, &mut places);
        let unmarked = Marked { has_attributes, ..Marked::strict(source) };
        if places.is_empty() {
            return unmarked;
        }
        let Some(mark) = MARKS.clone().find(|mark| !holds(source, *mark)) else { return unmarked };
        let mut text = String::with_capacity(source.len() + places.len() * mark.len_utf8());
        let mut done = 0;
        for place in &places {
            text.push_str(&source[done..*place]);
            text.push(mark);
            done = *place;
        }
        text.push_str(&source[done..]);
        Marked { text: Cow::Owned(text), mark, places, has_attributes }
    }

    /// A text from the parser without marks.
    pub fn unmarked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // Most texts have no character of four bytes at all.
        let begins = |text: &str| memchr::memchr(MARK_BYTE, text.as_bytes()).is_some();
        if self.places.is_empty() || !begins(text) || !text.contains(self.mark) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().filter(|character| *character != self.mark).collect())
    }

    /// The range in the source of a range in the marked text. `before` marks are known to stand before its start; it
    /// is moved on to all that do. Ranges that start in order take linear time together.
    pub fn source_range(&self, range: &Range<usize>, before: &mut usize) -> Range<usize> {
        let width = self.mark.len_utf8();
        // The mark with number n, counted from 0, stands at its place + n * width.
        let is_before =
            |number: usize, offset: usize| self.places.get(number).is_some_and(|place| place + number * width < offset);
        while *before > 0 && !is_before(*before - 1, range.start) {
            *before -= 1;
        }
        while is_before(*before, range.start) {
            *before += 1;
        }
        let (mut low, mut step) = (*before, 1);
        while is_before(low + step - 1, range.end) {
            low += step;
            step *= 2;
        }
        while step > 1 {
            step /= 2;
            if is_before(low + step - 1, range.end) {
                low += step;
            }
        }
        range.start.saturating_sub(*before * width)..range.end.saturating_sub(low * width)
    }
}

/// Looks for the byte they begin with, which hardly any text has; their last one is all over Han text.
fn holds(source: &str, mark: char) -> bool {
    let is_mark = |at: usize| source[at..].starts_with(mark);
    memchr::memchr_iter(MARK_BYTE, source.as_bytes()).any(is_mark)
}

/// Where a mark is wanted, ascending: at runs of `*` and `~` the two rules disagree on, and at superscripts and subscripts
/// within words.
///
/// Runs of `_` are the same under both rules, but for [`is_behind_selected_punctuation`].
fn disagreements(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut places = Vec::new();
    let mut end = 0;
    for found in memchr::memchr3_iter(b'*', b'~', b'^', bytes) {
        if found < end {
            continue;
        }
        let delimiter = bytes[found];
        end = found + bytes[found..].iter().take_while(|byte| **byte == delimiter).count();
        let backslashes = bytes[..found].iter().rev().take_while(|byte| **byte == b'\\').count();
        let start = if backslashes % 2 == 1 { found + 1 } else { found };
        if start == end {
            continue;
        }
        if delimiter != b'*' && end - start == 1 {
            if let Some(close) = script_within_word(bytes, start) {
                places.push(start);
                end = close + 1;
                places.extend(source[end..].starts_with(char::is_alphanumeric).then_some(end));
            }
        } else if delimiter != b'^' {
            places.extend(mark_for(source, start, end));
        }
    }
    places
}

/// Add the places of marks at `_` and `:`, and find out whether braces stand behind brackets: what is rare is looked for
/// in one go.
fn rarer_marks(source: &str, places: &mut Vec<usize>) -> bool {
    let bytes = source.as_bytes();
    let known = places.len();
    let mut has_attributes = false;
    for at in memchr::memchr3_iter(b'_', b':', b'{', bytes) {
        match bytes[at] {
            b'{' => has_attributes |= at > 0 && matches!(bytes[at - 1], b']' | b')'),
            b'_' if is_behind_selected_punctuation(source, at) => places.push(at),
            b':' if is_colon_of_text(bytes, at) => places.push(at),
            _ => {}
        }
    }
    if places.len() > known {
        places.sort_unstable();
    }
    has_attributes
}

/// Whether a run of `_` begins behind punctuation with a variation selector: to the amendment it stands behind
/// punctuation, to CommonMark behind the selector, within a word.
fn is_behind_selected_punctuation(source: &str, at: usize) -> bool {
    let mut before = before_on_line(source, at).chars().rev();
    before.next().is_some_and(is_variation_selector) && before.next().is_some_and(is_unicode_punctuation)
}

/// Whether a line begins with a colon and no space behind it: to the parser that is a definition, to everyone else text,
/// or the fence of a division. The rule of a table is left alone.
fn is_colon_of_text(bytes: &[u8], at: usize) -> bool {
    let is_text = bytes.get(at + 1).is_some_and(|next| !matches!(next, b' ' | b'\t' | b'\n' | b'\r' | b'-'));
    let mut before = bytes[..at].iter().rev();
    is_text && before.find(|byte| !matches!(byte, b' ' | b'\t' | b'>')).is_none_or(|byte| *byte == b'\n')
}

/// The end of a superscript or subscript that begins within a word, as in `H~2~O` and `10^-3^`: a few letters, digits and
/// signs. A range such as `10~20` is none.
fn script_within_word(bytes: &[u8], start: usize) -> Option<usize> {
    let before = *bytes[..start].last()?;
    let may_follow = before.is_ascii_alphabetic() || bytes[start] == b'^' && before.is_ascii_digit();
    let is_script = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-=,.()".contains(byte);
    let length = bytes[start + 1..].iter().take(13).take_while(|byte| is_script(byte)).count();
    let close = start + 1 + length;
    let closes = bytes.get(close) == Some(&bytes[start]) && bytes.get(close + 1) != Some(&bytes[start]);
    (may_follow && (1..=12).contains(&length) && closes).then_some(close)
}

/// Where a mark makes CommonMark's rule agree with the CJK-friendly one for the run `start..end`.
fn mark_for(source: &str, start: usize, end: usize) -> Option<usize> {
    let before = before_on_line(source, start);
    let after = source[end..].chars().next().filter(|next| !matches!(next, '\n' | '\r'))?;
    let last = before.chars().next_back()?;
    // The edge of a table's cell is the edge of a line, and so is the end of a block quotation's marks.
    if last.is_ascii() && after.is_ascii()
        || last == '|' && !before.ends_with("\\|")
        || after == '|'
        || ends_quote_marks(source, start)
    {
        return None;
    }
    let after = &source[end..end + after.len_utf8()];
    let wanted = Flanking::between(before, after, FlankingRule::CjkFriendly);
    if wanted == Flanking::between(before, after, FlankingRule::CommonMark) {
        return None;
    }
    let mark = "\u{1D200}";
    if !last.is_ascii_punctuation() && Flanking::between(mark, after, FlankingRule::CommonMark) == wanted {
        return Some(start);
    }
    let can_follow = !after.starts_with(|next: char| next.is_ascii_punctuation());
    (can_follow && Flanking::between(before, mark, FlankingRule::CommonMark) == wanted).then_some(end)
}

/// The last characters before `at` on its line: two at most, which is all the rule looks at.
fn before_on_line(source: &str, at: usize) -> &str {
    let mut start = at;
    for character in source[..at].chars().rev().take(2).take_while(|one| !matches!(one, '\n' | '\r')) {
        start -= character.len_utf8();
    }
    &source[start..at]
}

/// Whether all before `at` on its line are marks of block quotations.
fn ends_quote_marks(source: &str, at: usize) -> bool {
    let bytes = &source.as_bytes()[..at];
    let rest = bytes.iter().rev().find(|byte| !matches!(byte, b'>' | b' ' | b'\t'));
    bytes.ends_with(b">") && rest.is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
}
