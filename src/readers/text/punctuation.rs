//! Half-width punctuation between Han characters back to its Chinese forms (GB/T 15834—2011).
//!
//! Only marks beside Han, kana or Chinese punctuation are touched: numbers, times, addresses, code and Latin text keep
//! theirs. Straight quotation marks are paired within a paragraph or left alone.

use crate::document::{Language, Region};

/// Which quotation marks a language has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    double: [char; 2],
    single: [char; 2],
    /// Japanese sentences end with 。 and part with 、.
    comma: char,
}

impl Style {
    /// The marks of a language; None where none of ours are wanted.
    pub fn of(language: &Language) -> Option<Style> {
        let corner = Style { double: ['「', '」'], single: ['『', '』'], comma: '，' };
        match language.region() {
            Region::Mainland => Some(Style { double: ['“', '”'], single: ['‘', '’'], comma: '，' }),
            Region::Taiwan | Region::HongKong => Some(corner),
            Region::Japan => Some(Style { comma: '、', ..corner }),
            Region::Korea | Region::Western => None,
        }
    }
}

/// One change: byte offset in the text as it was, what stood there and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub at: usize,
    pub was: String,
    pub is: String,
}

/// Half-width and full-width marks between Han characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub half: usize,
    pub full: usize,
}

impl Tally {
    /// Whether the file's half-width marks are damage rather than habit: they are most of the marks within sentences, or
    /// stand in a text whose sentences end with 。.
    pub fn says_repair(self) -> bool {
        self.half >= 3 && self.half * 4 > self.full
    }

    pub fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for (index, byte) in bytes.iter().enumerate() {
            match byte {
                b',' | b';' | b':' | b'?' | b'!' => {
                    let before = index > 0 && bytes[index - 1] >= 0xE3;
                    let beside = |at: usize| bytes.get(at).is_some_and(|byte| *byte >= 0x80 && *byte < 0xC0);
                    let after = bytes.get(index + 1).is_none_or(|byte| *byte >= 0xE3);
                    if index > 0 && (before || beside(index - 1)) && after {
                        self.half += 1;
                    }
                }
                // ，：；！？ begin EF BC; 、。 begin E3 80 and do not count: they are kept when a text is damaged.
                0xEF if matches!(bytes.get(index + 1..index + 3), Some([0xBC, 0x8C | 0x9A | 0x9B | 0x81 | 0x9F])) => {
                    self.full += 1;
                }
                _ => {}
            }
        }
    }
}

/// The text with its punctuation mended, or None where there is nothing to mend.
pub(super) fn repair(text: &str, style: Style) -> Option<(String, Vec<Change>)> {
    const TOUCHED: &[u8] = b",;:?!()\"'.-";
    if !text.bytes().any(|byte| TOUCHED.contains(&byte)) || text.is_ascii() {
        return None;
    }
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let kept =
        if text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'`') { kept(text) } else { Vec::new() };
    let mut mending = Mending { characters: &characters, style, kept, out: String::new(), changes: Vec::new() };
    mending.run();
    (!mending.changes.is_empty()).then_some((mending.out, mending.changes))
}

/// Byte ranges that are never touched: addresses of the web and of mail, and code in backquotes.
fn kept(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let address = |c: char| c.is_ascii_graphic();
    for (mark, _) in text.match_indices("://").chain(text.match_indices("www.")).chain(text.match_indices('@')) {
        let start =
            text[..mark].char_indices().rev().take_while(|(_, c)| address(*c)).last().map_or(mark, |(at, _)| at);
        let end = text[mark..].char_indices().find(|(_, c)| !address(*c)).map_or(text.len(), |(at, _)| mark + at);
        // A mark at the very end belongs to the sentence.
        let inner = text[start..end].trim_end_matches([',', ';', ':', '?', '!', '.', ')']);
        ranges.push((start, start + inner.len()));
    }
    let mut backquotes = text.match_indices('`').map(|(at, _)| at);
    while let (Some(start), Some(end)) = (backquotes.next(), backquotes.next()) {
        ranges.push((start, end + 1));
    }
    ranges
}

struct Mending<'a> {
    characters: &'a [(usize, char)],
    style: Style,
    kept: Vec<(usize, usize)>,
    out: String,
    changes: Vec<Change>,
}

impl Mending<'_> {
    fn run(&mut self) {
        let has = |marks: &[char]| self.characters.iter().any(|(_, c)| marks.contains(c));
        let quotes = if has(&['"', '\'']) { self.pair_quotes() } else { Vec::new() };
        let brackets = if has(&['(']) { self.pair_brackets() } else { Vec::new() };
        let mut index = 0;
        while index < self.characters.len() {
            let (at, c) = self.characters[index];
            let (length, now) = if self.kept.iter().any(|(start, end)| (*start..*end).contains(&at)) {
                (1, None)
            } else if let Some(mark) = quotes.iter().chain(&brackets).find(|(place, _)| *place == index) {
                (1, Some(mark.1.to_string()))
            } else if c.is_ascii_punctuation() {
                self.mended(index, c)
            } else {
                (1, None)
            };
            match now {
                Some(now) => {
                    let was: String = self.characters[index..index + length].iter().map(|(_, c)| *c).collect();
                    self.out.push_str(&now);
                    self.changes.push(Change { at, was, is: now });
                    index += length;
                    // The blank after a half-width mark belongs to it.
                    if self.at(index) == Some(' ')
                        && self.at(index + 1).is_some_and(is_wide)
                        && self.out.ends_with(['，', '；', '：', '？', '！', '、'])
                    {
                        index += 1;
                    }
                }
                None => {
                    self.out.push(c);
                    index += 1;
                }
            }
        }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.characters.get(index).map(|(_, c)| *c)
    }

    /// What stands before a place, blanks and quotation marks passed over.
    fn before(&self, index: usize) -> Option<char> {
        self.characters[..index]
            .iter()
            .rev()
            .map(|(_, c)| *c)
            .find(|c| !matches!(c, ' ' | '"' | '\'' | ')' | '(' | '”' | '’'))
    }

    fn after(&self, index: usize) -> Option<char> {
        self.characters[index..]
            .iter()
            .map(|(_, c)| *c)
            .find(|c| !matches!(c, ' ' | '"' | '\'' | '(' | ')' | '“' | '‘'))
    }

    /// The Chinese form of a mark, and how many characters it replaces.
    fn mended(&self, index: usize, c: char) -> (usize, Option<String>) {
        let run = |of: char| self.characters[index..].iter().take_while(|(_, c)| *c == of).count();
        let wide_before = self.before(index).is_some_and(is_wide);
        let after = self.after(index + 1);
        let wide_after = after.is_some_and(is_wide);
        let past_run = self.after(index + run(c));
        match c {
            '.' if run('.') >= 3 && (wide_before || wide_after) => return (run('.'), Some("……".to_owned())),
            '-' if run('-') == 2 && wide_before && (past_run.is_none_or(is_wide)) => {
                return (2, Some("——".to_owned()));
            }
            '.' if index + 1 == self.characters.len() && wide_before && run('.') == 1 => {
                return (1, Some("。".to_owned()));
            }
            '.' if run('.') == 1 && wide_before && self.at(index + 1).is_some_and(is_wide) => {
                return (1, Some("。".to_owned()));
            }
            _ => {}
        }
        let full = match c {
            ',' => self.style.comma,
            ';' => '；',
            ':' => '：',
            '?' => '？',
            '!' => '！',
            _ => return (1, None),
        };
        // After Han a mark is Chinese but between digits that belong together: 12:30 has no Han before its colon.
        let mends = wide_before || (wide_after && self.closes_han(index));
        (1, mends.then(|| full.to_string()))
    }

    /// A mark after a number or Latin word within a Han sentence: `8月23,周二`, `用 Rust,然后`.
    fn closes_han(&self, index: usize) -> bool {
        let direct = self.at(index + 1);
        let tight = direct.is_some_and(is_wide);
        let before = self.characters[..index]
            .iter()
            .rev()
            .map(|(_, c)| *c)
            .find(|c| !c.is_ascii_alphanumeric() && !" .%-".contains(*c));
        tight && before.is_none_or(is_wide)
    }

    /// Straight double quotation marks beside Han, when their number is even.
    fn pair_quotes(&self) -> Vec<(usize, char)> {
        let mut marks = Vec::new();
        for (straight, forms) in [('"', self.style.double), ('\'', self.style.single)] {
            let places: Vec<usize> = (0..self.characters.len())
                .filter(|index| self.characters[*index].1 == straight)
                .filter(|index| straight == '"' || !self.is_apostrophe(*index))
                .collect();
            if places.len() % 2 == 1 {
                continue;
            }
            for pair in places.chunks(2) {
                let inside = &self.characters[pair[0] + 1..pair[1]];
                let han = inside.iter().any(|(_, c)| is_wide(*c))
                    || self.at(pair[1] + 1).is_some_and(is_wide)
                    || (pair[0] > 0 && is_wide(self.characters[pair[0] - 1].1));
                if han && !inside.is_empty() {
                    marks.push((pair[0], forms[0]));
                    marks.push((pair[1], forms[1]));
                }
            }
        }
        marks
    }

    fn is_apostrophe(&self, index: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        letter(index.checked_sub(1).and_then(|before| self.at(before))) && !self.at(index + 1).is_some_and(is_wide)
            || letter(self.at(index + 1))
                && !index.checked_sub(1).and_then(|before| self.at(before)).is_some_and(is_wide)
    }

    /// Round brackets with Han inside or right before them.
    fn pair_brackets(&self) -> Vec<(usize, char)> {
        let mut marks = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, (_, c)) in self.characters.iter().enumerate() {
            match c {
                '(' => open.push(index),
                ')' => {
                    let Some(start) = open.pop() else { continue };
                    let inside = &self.characters[start + 1..index];
                    let han_inside = inside.iter().any(|(_, c)| is_wide(*c));
                    let before = start.checked_sub(1).and_then(|before| self.at(before));
                    let number = start == 0 && inside.iter().all(|(_, c)| c.is_ascii_digit());
                    let call = before.is_some_and(|c| c.is_ascii_alphanumeric()) && !han_inside;
                    if !call && !number && (han_inside || before.is_some_and(is_wide)) {
                        marks.push((start, '（'));
                        marks.push((index, '）'));
                    }
                }
                _ => {}
            }
        }
        marks
    }
}

/// Han, kana, and the marks written with them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, language: &str) -> String {
        let style = Style::of(&Language::new(language)).expect("a CJK language");
        repair(text, style).map_or(text.to_owned(), |(mended, _)| mended)
    }

    #[test]
    fn marks_between_han_become_chinese() {
        for (was, is) in [
            ("8月23日,渡口开航,他们来了:", "8月23日，渡口开航，他们来了："),
            ("好吗?好!就这样;走吧", "好吗？好！就这样；走吧"),
            ("他说:\"走吧,\"然后笑了.", "他说：“走吧，”然后笑了。"),
            ("渡口(老码头)还在...", "渡口（老码头）还在……"),
            ("他来了--又走了", "他来了——又走了"),
            ("开航后,3条船", "开航后，3条船"),
            ("共有12条船,5个人", "共有12条船，5个人"),
            ("用 Rust,然后编译", "用 Rust，然后编译"),
        ] {
            assert_eq!(mended(was, "zh-Hans"), is);
        }
    }

    #[test]
    fn numbers_times_addresses_and_latin_are_kept() {
        for text in [
            "票价3,000元",
            "时间12:30开船",
            "见 https://example.org/a?b=1,2 一页",
            "邮箱 a.b@example.org 可用",
            "他说 hello, world 是一句话",
            "版本 1.2.3 发布",
            "函数 f(x) 的值",
            "It's 一个词",
        ] {
            assert_eq!(mended(text, "zh-Hans"), text);
        }
    }

    #[test]
    fn traditional_and_japanese_have_their_own_marks() {
        assert_eq!(mended("他說:\"走吧,\"就走了", "zh-Hant-TW"), "他說：「走吧，」就走了");
        assert_eq!(mended("船は来たが,人は来ない", "ja"), "船は来たが、人は来ない");
        assert_eq!(Style::of(&Language::new("ko")), None);
    }

    #[test]
    fn evidence_decides() {
        let tally = |text: &str| {
            let mut tally = Tally::default();
            tally.add(text);
            tally
        };
        assert!(tally("一天,他们来了,又走了,不再回来。").says_repair());
        assert!(!tally("一天，他们来了，又走了，不再回来。").says_repair());
        assert!(!tally("时间12:30,票价3,000元。").says_repair());
    }
}
