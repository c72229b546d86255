//! What kinds of characters a line has, found in one pass over it.
//!
//! Most questions asked of a line need a character that most lines do not have. A sign says only that such a character
//! may be there: without it the question need not be asked.

use std::ops::BitOr;
use std::sync::LazyLock;

use super::lexicon;

/// Kinds of characters, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u32);

impl Signs {
    /// ASCII digits.
    pub const DIGIT: Signs = Signs(1);
    /// ASCII letters.
    pub const LETTER: Signs = Signs(1 << 1);
    /// U+0020.
    pub const SPACE: Signs = Signs(1 << 2);
    /// Two spaces in a row.
    pub const SPACES: Signs = Signs(1 << 3);
    /// White space other than U+0020.
    pub const BLANK: Signs = Signs(1 << 4);
    /// Bars, upright, whole and broken.
    pub const BAR: Signs = Signs(1 << 5);
    /// `:` and `：`
    pub const COLON: Signs = Signs(1 << 6);
    /// `/` and `／`
    pub const SLASH: Signs = Signs(1 << 7);
    /// `·` and `•`
    pub const DOT: Signs = Signs(1 << 8);
    /// Opening round and square brackets.
    pub const BRACKET: Signs = Signs(1 << 9);
    /// `>`
    pub const GREATER: Signs = Signs(1 << 10);
    /// `@`
    pub const AT: Signs = Signs(1 << 11);
    /// `.`
    pub const PERIOD: Signs = Signs(1 << 12);
    /// `_`
    pub const UNDERSCORE: Signs = Signs(1 << 13);
    /// 年 and the figures of years that are not ASCII.
    pub const YEAR: Signs = Signs(1 << 14);
    /// 第
    pub const ORDINAL: Signs = Signs(1 << 15);
    /// 者, of those who report.
    pub const PERSON: Signs = Signs(1 << 16);
    /// 自, of where one writes from.
    pub const FROM: Signs = Signs(1 << 17);
    /// Han characters of U+4E00 to U+9FFF: letters, and no figures.
    pub const HAN: Signs = Signs(1 << 18);
    /// Kana and Hangul.
    pub const KANA_OR_HANGUL: Signs = Signs(1 << 19);
    /// Characters that may be figures, other than those of ASCII.
    pub const FIGURE: Signs = Signs(1 << 20);
    /// A character that begins the key of a meta line.
    pub const KEY: Signs = Signs(1 << 21);
    /// A character that begins a word which tells its line wherever it stands.
    pub const TELLING: Signs = Signs(1 << 22);
    /// 页 and its like.
    pub const PAGE: Signs = Signs(1 << 26);
    /// A character of the words by which a picture is credited: 摄, 供图, Photo.
    pub const PICTURE: Signs = Signs(1 << 25);
    /// A character that begins what a page asks of whoever reads it.
    pub const ASKED: Signs = Signs(1 << 24);
    /// Controls, invisible characters and blanks other than a space: the line wants cleaning.
    pub const UNCLEAN: Signs = Signs(1 << 23);

    /// The signs of a text, and how many characters it has.
    pub fn of(text: &str) -> (Signs, u32) {
        let table = &**TABLE;
        let bytes = text.as_bytes();
        let (mut signs, mut chars, mut at) = (0, 0, 0);
        let mut after_space = false;
        while let Some(&first) = bytes.get(at) {
            let next = |offset: usize| usize::from(bytes.get(at + offset).copied().unwrap_or(0) & 0x3F);
            let space = first == b' ';
            if space & after_space {
                signs |= (Signs::SPACES | Signs::UNCLEAN).0;
            }
            after_space = space;
            chars += 1;
            let (page, place, length) = match first {
                0..0x80 => (usize::from(first >> 6), usize::from(first & 0x3F), 1),
                0x80..0xE0 => (usize::from(first & 0x1F), next(1), 2),
                0xE0..0xF0 => (usize::from(first & 0xF) << 6 | next(1), next(2), 3),
                _ => (PLANE_TWO, 0, 4),
            };
            signs |= table.pages[usize::from(table.page[page]) & (PAGES - 1)][place];
            at += length;
        }
        (Signs(signs), chars)
    }

    /// Whether one of the kinds may be there.
    pub fn any(self, kinds: Signs) -> bool {
        self.0 & kinds.0 != 0
    }
}

impl BitOr for Signs {
    type Output = Signs;

    fn bitor(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }
}

/// The page of the characters beyond U+FFFF.
const PLANE_TWO: usize = 1024;

/// Most pages that differ.
const PAGES: usize = 256;

/// The signs of each character, in pages of 64; pages that are alike are one.
struct Table {
    page: [u8; PLANE_TWO + 1],
    pages: [[u32; 64]; PAGES],
}

static TABLE: LazyLock<Box<Table>> = LazyLock::new(table);

/// Characters of which one is a sign by itself.
const KINDS: &[(Signs, &str)] = &[
    (Signs::DIGIT, "0123456789"),
    (Signs::LETTER, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (Signs::SPACE, " "),
    (Signs::BAR, "|｜丨│┃∣┊"),
    (Signs::COLON, ":："),
    (Signs::SLASH, "/／"),
    (Signs::DOT, "·•"),
    (Signs::BRACKET, "(（〔［["),
    (Signs::GREATER, ">"),
    (Signs::AT, "@"),
    (Signs::PERIOD, "."),
    (Signs::UNDERSCORE, "_"),
    (Signs::YEAR, "年０１２〇○"),
    (Signs::ORDINAL, "第"),
    (Signs::PERSON, "者"),
    (Signs::FROM, "自"),
    (Signs::PAGE, "页頁ペ"),
    (Signs::PICTURE, "摄攝撮影供提写図图圖社資资PC사기제"),
];

fn table() -> Box<Table> {
    // The first pages are shared: what is known of all their characters.
    let shared = [Signs::FIGURE, Signs::HAN, Signs::KANA_OR_HANGUL, Signs(0)];
    let mut table = Box::new(Table { page: [0; PLANE_TWO + 1], pages: [[0; 64]; PAGES] });
    for (page, signs) in shared.iter().enumerate() {
        table.pages[page] = [signs.0; 64];
    }
    // ASCII, Latin letters, and the punctuation of Han and of Latin: their few figures are added below.
    for pages in [0..=0x1, 0x3..=0x8, 0x80..=0x80, 0xC0..=0xC0, 0x3FC..=0x3FD] {
        table.page[pages].fill(3);
    }
    table.page[0x4E00 >> 6..0xA000 >> 6].fill(1);
    table.page[0x3040 >> 6..0x3100 >> 6].fill(2);
    table.page[0xAC00 >> 6..=0xD7A3 >> 6].fill(2);
    let mut used = shared.len();
    let mut add = |c: char, signs: u32| {
        let page = c as usize >> 6;
        if usize::from(table.page[page]) < shared.len() {
            // Where there are no pages left, the last is shared and says too much.
            table.pages[used.min(PAGES - 1)] = table.pages[usize::from(table.page[page])];
            table.page[page] = used.min(PAGES - 1) as u8;
            used += 1;
        }
        table.pages[usize::from(table.page[page])][c as usize & 63] |= signs;
    };
    for (signs, characters) in KINDS {
        characters.chars().for_each(|c| add(c, signs.0));
    }
    let figures = ['〇'].into_iter().chain('\u{3021}'..='\u{3029}').chain('\u{3038}'..='\u{303A}').chain('０'..='９');
    figures.for_each(|c| add(c, Signs::FIGURE.0));
    let blanks = ['\u{85}', '\u{A0}', '\u{1680}', '\u{2028}', '\u{2029}', '\u{202F}', '\u{205F}', '\u{3000}'];
    let blanks = blanks.into_iter().chain('\t'..='\r').chain('\u{2000}'..='\u{200A}');
    blanks.for_each(|c| add(c, Signs::BLANK.0));
    let unclean =
        ('\0'..='\x1F').chain('\x7F'..='\u{A0}').chain('\u{2000}'..='\u{200F}').chain('\u{202A}'..='\u{202F}');
    let unclean = unclean.chain('\u{205F}'..='\u{206F}').chain(['\u{AD}', '\u{3000}', '\u{FEFF}']);
    unclean.for_each(|c| add(c, Signs::UNCLEAN.0));
    let beginnings = [
        (Signs::KEY, lexicon::key_beginnings()),
        (Signs::TELLING, lexicon::telling_beginnings()),
        (Signs::ASKED, lexicon::asked_beginnings()),
    ];
    for (signs, beginnings) in beginnings {
        for c in beginnings {
            add(c.to_ascii_lowercase(), signs.0);
            add(c.to_ascii_uppercase(), signs.0);
        }
    }
    assert!(used <= PAGES, "{used} pages of signs do not fit");
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_signs() {
        let of = |text: &str| Signs::of(text).0;
        for (signs, characters) in KINDS {
            assert!(characters.chars().all(|c| of(&c.to_string()).any(*signs)), "{characters}");
        }
        assert!(of("渡口").any(Signs::HAN) && !of("渡口。").any(Signs::DIGIT | Signs::KANA_OR_HANGUL | Signs::SPACE));
        assert!(of("a  b").any(Signs::SPACES) && !of("a b").any(Signs::SPACES | Signs::UNCLEAN));
        assert!(
            of("渡し").any(Signs::KANA_OR_HANGUL)
                && of("𠮷").any(Signs::FIGURE)
                && of("나루").any(Signs::KANA_OR_HANGUL)
        );
        assert_eq!(Signs::of("渡口é𠮷a").1, 5);
        assert!(
            (' '..='\u{FFFF}')
                .filter(|c| c.is_whitespace())
                .all(|c| of(&c.to_string()).any(Signs::SPACE | Signs::BLANK))
        );
    }

    #[test]
    fn every_figure_may_be_one() {
        let told = |c: char| Signs::of(&c.to_string()).0.any(Signs::DIGIT | Signs::FIGURE);
        assert!(('\0'..='\u{10FFFF}').filter(|c| c.is_numeric()).all(told));
        assert!("渡口，。「」！AZ é—…”".chars().all(|c| !told(c)));
    }
}
