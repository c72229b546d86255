//! Escapes what a parser would take for markup, and nothing else.

use super::dialect::Dialect;
use crate::flanking::{Flanking, is_unicode_punctuation};

/// What stands around a text, which decides what in it is markup.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub dialect: &'a Dialect,
    /// The source before the text on its line, and after it; empty at the edge of a line.
    pub before: &'a str,
    pub after: &'a str,
    /// Between brackets, where a bracket must be escaped.
    pub in_brackets: bool,
    pub in_table: bool,
    pub pairs: Pairs,
}

/// Which characters occur more than once in a paragraph: one alone is never markup.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pairs {
    tildes: usize,
    carets: usize,
    dollars: usize,
    backticks: usize,
    stars: usize,
    underscores: usize,
}

impl Pairs {
    pub fn count(&mut self, source: &str) {
        for byte in source.bytes() {
            match byte {
                b'~' => self.tildes += 1,
                b'^' => self.carets += 1,
                b'$' => self.dollars += 1,
                b'`' => self.backticks += 1,
                b'*' => self.stars += 1,
                b'_' => self.underscores += 1,
                _ => {}
            }
        }
    }
}

/// Characters that are written as references: to the parser they begin and end with punctuation.
pub const REFERENCES: [char; 2] = ['\u{A0}', '\t'];

/// Append a text to a source, escaped.
pub fn push_escaped(out: &mut String, text: &str, around: &Surroundings<'_>) {
    let mut copied = 0;
    let mut run = Run::default();
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            // The one character beyond ASCII that is written otherwise: U+00A0, C2 A0 in UTF-8.
            0xC2 if text.as_bytes().get(at + 1) == Some(&0xA0) => "&nbsp;",
            // A tab would be lost at an edge, and depends on who shows it elsewhere.
            b'\t' => "&#9;",
            _ if !byte.is_ascii_punctuation() => continue,
            _ if needs_escape(text, at, byte, around, &mut run) => "\\",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(replacement);
        copied = match byte {
            0xC2 => at + 2,
            b'\t' => at + 1,
            _ => at,
        };
    }
    out.push_str(&text[copied..]);
}

/// The last run of one delimiter: all its characters have the same answer, and a run may be as long as a book.
#[derive(Default)]
struct Run {
    byte: u8,
    end: usize,
    touches: bool,
    stands_alone: bool,
}

impl Run {
    /// The run at a place, looked at once however long it is.
    fn at(&mut self, text: &str, at: usize, byte: u8, around: &Surroundings<'_>) -> &Run {
        if self.byte != byte || at >= self.end {
            let length = text.as_bytes()[at..].iter().take_while(|other| **other == byte).count();
            let touches = touches_text(text, at, byte, around);
            *self = Run { byte, end: at + length, touches, stands_alone: stands_alone(text, at, byte, around) };
        }
        self
    }
}

fn needs_escape(text: &str, at: usize, byte: u8, around: &Surroundings<'_>, run: &mut Run) -> bool {
    let dialect = around.dialect;
    let rest = &text[at + 1..];
    let next = rest.chars().next().or_else(|| around.after.chars().next());
    let is_next = |wanted: char| next == Some(wanted);
    let alone = |count: usize| count < 2;
    match byte {
        b'\\' => {
            dialect.is_pandoc() || next.is_none_or(|next| next.is_ascii_punctuation() || REFERENCES.contains(&next))
        }
        // Two between spaces are no markup, but look like marks with a space too many, to people and linters.
        b'*' | b'_' => {
            let among = if byte == b'*' { around.pairs.stars } else { around.pairs.underscores };
            let run = run.at(text, at, byte, around);
            run.touches || !alone(among) && run.stands_alone
        }
        b':' | b'@' | b'.' if !dialect.links_addresses => !around.in_brackets && is_in_address(text, at),
        b'`' => !alone(around.pairs.backticks),
        b'<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        b'&' => starts_reference(rest),
        b'^' if at == 0 && around.before.ends_with('[') => dialect.notes,
        b'{' if at == 0 => dialect.attributes && around.before.ends_with([')', ']']),
        b'[' => around.in_brackets || is_next('^') && dialect.notes || around.after.starts_with('(') && rest.is_empty(),
        b']' => around.in_brackets || matches!(next, Some('(' | '[')) || dialect.attributes && is_next('{'),
        b'!' => rest.is_empty() && around.after.starts_with('['),
        b'|' => around.in_table,
        // The parser has one stack for both, on which one alone of the other is in the way.
        b'~' | b'^' if dialect.scripts => {
            !alone(around.pairs.tildes + around.pairs.carets) && run.at(text, at, byte, around).touches
        }
        b'~' if dialect.github => !alone(around.pairs.tildes) && run.at(text, at, byte, around).touches,
        b'$' if dialect.math => !alone(around.pairs.dollars),
        b'"' | b'\'' => dialect.is_pandoc(),
        b'@' => dialect.is_pandoc() && next.is_some_and(char::is_alphanumeric),
        b'-' => dialect.is_pandoc() && is_next('-'),
        b'.' => dialect.is_pandoc() && rest.starts_with(".."),
        _ => false,
    }
}

/// Whether a delimiter character could open or close something: it does not stand between spaces, and an underscore not
/// within a word.
fn touches_text(text: &str, at: usize, byte: u8, around: &Surroundings<'_>) -> bool {
    let delimiter = char::from(byte);
    let before = text[..at].trim_end_matches(delimiter);
    let after = text[at + 1..].trim_start_matches(delimiter);
    let before = if before.is_empty() { around.before } else { before };
    let after = if after.is_empty() { around.after } else { after };
    let before = if before.ends_with(REFERENCES) { ";" } else { before };
    let after = if after.starts_with(REFERENCES) { "&" } else { after };
    let Flanking { left, right } = Flanking::between(before, after, around.dialect.rule);
    let within_word = left && right && byte == b'_';
    let punctuation = |one: Option<char>| one.is_some_and(is_unicode_punctuation);
    let opens_in_word = punctuation(before.chars().next_back()) || punctuation(after.chars().next());
    (left || right) && (!within_word || opens_in_word)
}

/// Whether a run of a delimiter stands between spaces.
fn stands_alone(text: &str, at: usize, byte: u8, around: &Surroundings<'_>) -> bool {
    let delimiter = char::from(byte);
    let before = text[..at].trim_end_matches(delimiter);
    let after = text[at + 1..].trim_start_matches(delimiter);
    let before = if before.is_empty() { around.before } else { before };
    let after = if after.is_empty() { around.after } else { after };
    (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
}

/// Whether a mark makes an address of what is text: CommonMark itself has no such links, but nearly all that show it do.
fn is_in_address(text: &str, at: usize) -> bool {
    let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + 1..]);
    let ends =
        |word: &[u8]| before.len() >= word.len() && before[before.len() - word.len()..].eq_ignore_ascii_case(word);
    let goes_on = after.first().is_some_and(u8::is_ascii_alphanumeric);
    match text.as_bytes()[at] {
        b':' => after.starts_with(b"//") && (ends(b"http") || ends(b"https")),
        b'.' => ends(b"www") && goes_on,
        _ => goes_on && before.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(byte)),
    }
}

/// Whether what follows an ampersand makes it a character reference (CommonMark §2.5).
fn starts_reference(rest: &str) -> bool {
    let Some(end) = rest.bytes().take(40).position(|byte| byte == b';') else { return false };
    let name = &rest.as_bytes()[..end];
    match name {
        [b'#', b'x' | b'X', digits @ ..] => (1..=6).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => (1..=7).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit),
        name => name.len() > 1 && name[0].is_ascii_alphabetic() && name.iter().all(u8::is_ascii_alphanumeric),
    }
}

/// Where a backslash must go so that a line of text does not start a block; `None` when it does not.
///
/// `is_first`: whether it is the first line of its paragraph.
pub fn block_start(line: &str, is_first: bool, dialect: &Dialect) -> Option<usize> {
    let bytes = line.as_bytes();
    let first = *bytes.first()?;
    let is_blank = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    let run = bytes.iter().take_while(|byte| **byte == first).count();
    let only = |allowed: &[u8]| bytes.iter().all(|byte| allowed.contains(byte));
    let starts = match first {
        b'#' => is_first || run <= 6 && is_blank(run),
        b'>' => true,
        b'+' | b'-' | b'*' if is_blank(1) => true,
        b'-' | b'*' | b'_' if only(&[first, b' ', b'\t']) => run >= 3 || !is_first || line.contains("- -"),
        b'=' if only(b"= \t") => !is_first,
        b'+' => is_first && run == 3 && line.trim_end().len() == 3,
        b'`' | b'~' => run >= 3,
        b':' if dialect.attributes && line.starts_with(":::") => true,
        b'\\' if dialect.attributes => matches!(line, "\\newpage" | "\\pagebreak" | "\\clearpage"),
        b':' if dialect.definitions => is_blank(1) || !is_first,
        b'[' => starts_definition(line, dialect),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_mark = matches!(bytes.get(digits), Some(b'.' | b')')) && is_blank(digits + 1);
            return (is_mark && digits <= 9).then_some(digits);
        }
        _ => false,
    };
    let is_table_rule =
        || !is_first && dialect.github && matches!(first, b'|' | b'-' | b':') && line.contains('-') && only(b"|:- \t");
    (starts || is_table_rule()).then_some(0)
}

/// Whether a line that starts with a bracket is a link definition, an alert or a task.
fn starts_definition(line: &str, dialect: &Dialect) -> bool {
    let is_task = dialect.github && ["[ ] ", "[x] ", "[X] "].iter().any(|mark| line.starts_with(mark));
    line.contains("]:") || dialect.alerts && line.starts_with("[!") || is_task
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{MarkdownFlavour, MarkdownOptions};

    fn escaped(text: &str, flavour: MarkdownFlavour) -> String {
        let dialect = Dialect::of(&MarkdownOptions { flavour, ..MarkdownOptions::default() });
        let mut pairs = Pairs::default();
        pairs.count(text);
        let around =
            Surroundings { dialect: &dialect, before: "", after: "", in_brackets: false, in_table: false, pairs };
        let mut out = String::new();
        push_escaped(&mut out, text, &around);
        out
    }

    #[test]
    fn only_markup_is_escaped() {
        assert_eq!(escaped("5 * 3 * 2，a\\\tb", MarkdownFlavour::Gfm), r"5 \* 3 \* 2，a\\&#9;b");
        let addresses = "http://a.b www.a.b a@b.c";
        assert_eq!(escaped(addresses, MarkdownFlavour::CommonMark), r"http\://a.b www\.a.b a\@b.c");
        assert_eq!(escaped(addresses, MarkdownFlavour::Gfm), addresses);
        let plain = "a * b, snake_case, 3 < 5, A&B; [注] 1. #tag ~10 $5 `x 100% (是)";
        assert_eq!(escaped(plain, MarkdownFlavour::Banxin), plain);
        assert_eq!(
            escaped("*a* _b_ \\* <b> &amp; [a](b)", MarkdownFlavour::Banxin),
            r"\*a\* \_b\_ \\\* \<b> \&amp; [a\](b)"
        );
        assert_eq!(escaped("10~20公里，30~40公里", MarkdownFlavour::CommonMark), "10~20公里，30~40公里");
        assert_eq!(escaped("10~20公里，30~40公里", MarkdownFlavour::Gfm), r"10\~20公里，30\~40公里");
    }

    #[test]
    fn lines_that_start_blocks_are_found() {
        let dialect = Dialect::of(&MarkdownOptions::default());
        for (line, at) in
            [("# a", 0), ("- a", 0), ("1. a", 1), ("23) a", 2), ("---", 0), ("> a", 0), ("```", 0), ("[a]: b", 0)]
        {
            assert_eq!(block_start(line, true, &dialect), Some(at), "{line}");
        }
        for line in ["-a", "1.a", "1234567890. a", "—— a", "=", "a", "2024年", "[a] b"] {
            assert_eq!(block_start(line, true, &dialect), None, "{line}");
        }
    }
}
