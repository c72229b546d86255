//! Character classes: what a character is to the compositor, by region.
//!
//! After clreq §3.1.2 to §3.1.6 and JLReq appendix A; the break rules of UAX #14 come on top in `kinsoku`.

use std::sync::OnceLock;

use crate::document::Region;

/// What a character is to the compositor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum CharClass {
    /// Anything without habits of its own here: scripts that are neither CJK nor Latin.
    Other,
    /// Han, full-width letters and symbols of the CJK frame.
    Ideograph,
    Kana,
    /// Small kana, prolonged sound and iteration marks: no line start at the strict level (JLReq cl-10, cl-11, cl-09).
    SmallKana,
    Hangul,
    /// （「『“
    Opening,
    /// ）」』”
    Closing,
    /// 、，
    Comma,
    /// ：；
    Colon,
    /// 。．
    FullStop,
    /// ！？
    Exclamation,
    /// · ・ ‧
    MiddleDot,
    /// – ～ between numbers and words.
    Connector,
    /// ／
    Solidus,
    /// — ⸺
    Dash,
    /// … ⋯
    Ellipsis,
    /// U+0020 and other spaces a line may break at.
    Space,
    /// Spaces that hold their neighbours together.
    FixedSpace,
    /// U+3000
    IdeographicSpace,
    Letter,
    Digit,
    /// Western punctuation and symbols.
    WesternMark,
    /// ￥ $ № : stay with the number after them.
    Prefix,
    /// % ℃ ‰ : stay with the number before them.
    Suffix,
    /// Combining marks and variation selectors.
    Mark,
    /// No glyph of its own: break opportunities, joiners, direction marks.
    Invisible,
    /// Has no place in text.
    Control,
}

use CharClass::{
    Closing, Colon, Comma, Connector, Control, Dash, Digit, Ellipsis, Exclamation, FixedSpace, FullStop, Hangul,
    Ideograph, IdeographicSpace, Invisible, Kana, Letter, Mark, MiddleDot, Opening, Other, Prefix, SmallKana, Solidus,
    Space, Suffix, WesternMark,
};

/// Ranges in order; a later one overrides an earlier one.
#[rustfmt::skip]
const RANGES: &[(u32, u32, CharClass)] = &[
    (0x0000, 0x001F, Control), (0x007F, 0x009F, Control),
    (0x0021, 0x007E, WesternMark), (0x00A1, 0x00BF, WesternMark),
    (0x0030, 0x0039, Digit), (0x0041, 0x005A, Letter), (0x0061, 0x007A, Letter),
    (0x00AA, 0x00AA, Letter), (0x00B5, 0x00B5, Letter), (0x00BA, 0x00BA, Letter),
    (0x00C0, 0x02B8, Letter), (0x00D7, 0x00D7, WesternMark), (0x00F7, 0x00F7, WesternMark),
    (0x02B9, 0x02FF, WesternMark), (0x0300, 0x036F, Mark), (0x0370, 0x058F, Letter), (0x0483, 0x0489, Mark),
    (0x1AB0, 0x1AFF, Mark), (0x1C80, 0x1C8F, Letter), (0x1D00, 0x1DBF, Letter), (0x1DC0, 0x1DFF, Mark),
    (0x1E00, 0x1FFF, Letter),
    (0x2000, 0x200A, Space), (0x200B, 0x200F, Invisible), (0x2010, 0x2027, WesternMark), (0x2028, 0x2029, Control),
    (0x202A, 0x202E, Invisible), (0x202F, 0x202F, FixedSpace), (0x2030, 0x205E, WesternMark), (0x205F, 0x205F, Space),
    (0x2060, 0x206F, Invisible), (0x2070, 0x209F, WesternMark), (0x20A0, 0x20CF, Prefix), (0x20D0, 0x20FF, Mark),
    (0x2100, 0x214F, WesternMark), (0x2150, 0x218F, Ideograph), (0x2190, 0x2BFF, Ideograph),
    (0x2C60, 0x2C7F, Letter), (0x2DE0, 0x2DFF, Mark), (0x2E00, 0x2E7F, WesternMark),
    (0x2E80, 0x2FFF, Ideograph), (0x3000, 0x3000, IdeographicSpace), (0x3001, 0x303F, Ideograph), (0x302A, 0x302F, Mark),
    (0x3041, 0x3096, Kana), (0x3099, 0x309A, Mark), (0x309B, 0x30FF, Kana), (0x3100, 0x312F, Ideograph),
    (0x3130, 0x318F, Hangul), (0x3190, 0x31EF, Ideograph), (0x31F0, 0x31FF, SmallKana), (0x3200, 0x9FFF, Ideograph),
    (0xA640, 0xA66E, Letter), (0xA66F, 0xA672, Mark), (0xA720, 0xA7FF, Letter), (0xAB30, 0xAB6F, Letter),
    (0xA960, 0xA97F, Hangul), (0x1100, 0x11FF, Hangul), (0xAC00, 0xD7FF, Hangul), (0xE000, 0xF8FF, Ideograph),
    (0xF900, 0xFAFF, Ideograph), (0xFB00, 0xFB06, Letter), (0xFE00, 0xFE0F, Mark), (0xFE10, 0xFE1F, Ideograph),
    (0xFE20, 0xFE2F, Mark), (0xFE30, 0xFE6F, Ideograph), (0xFEFF, 0xFEFF, Invisible), (0xFF01, 0xFF60, Ideograph),
    (0xFF61, 0xFF9F, Kana), (0xFFA0, 0xFFDC, Hangul), (0xFFE0, 0xFFE6, Ideograph), (0xFFF9, 0xFFFB, Control),
];

/// Single characters, over the ranges.
#[rustfmt::skip]
const SINGLES: &[(&str, CharClass)] = &[
    ("（「『【《〈〔〖［｛｟〘〚〝", Opening), ("）」』】》〉〕〗］｝｠〙〛〞〟", Closing),
    ("、，﹐﹑", Comma), ("：；﹔﹕", Colon), ("。．﹒", FullStop), ("！？‼⁇⁈⁉﹖﹗", Exclamation),
    ("・‧", MiddleDot), ("～〜", Connector), ("／", Solidus), ("⸺⸻―", Dash), ("⋯‥", Ellipsis),
    ("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー々〻ゝゞヽヾ", SmallKana),
    ("￥＄￡№", Prefix), ("$", Prefix), ("％‰‱℃℉°′″￠", Suffix), ("%", Suffix),
    (" \t", Space), ("\u{A0}\u{2007}", FixedSpace), ("\u{AD}", Invisible), ("\u{34F}\u{61C}\u{180E}", Invisible),
    ("\u{3164}\u{115F}\u{1160}\u{FFA0}", Invisible), ("\u{2E3A}\u{2E3B}", Dash), ("\u{3030}\u{30A0}", Connector), ("○〇", Ideograph),
];

const PLANE: usize = 0x1_0000;

/// The class of a character standing in the setting of a region; quotes, dashes and dots whose width depends on what is
/// around them are `WesternMark` here, see `itemize`.
pub(super) fn class_of(character: char) -> CharClass {
    static TABLE: OnceLock<Vec<CharClass>> = OnceLock::new();
    let code = character as usize;
    if code < PLANE {
        return TABLE.get_or_init(basic_plane)[code];
    }
    match code {
        0xE_0100..=0xE_01EF | 0xE_0000..=0xE_007F | 0x1_F3FB..=0x1_F3FF => Mark,
        0x2_0000..=0x3_FFFF | 0x1_6FE0..=0x1_8DFF | 0x1_F000..=0x1_FAFF => Ideograph,
        0x1_AFF0..=0x1_B16F => Kana,
        _ => Other,
    }
}

fn basic_plane() -> Vec<CharClass> {
    let mut table = vec![Other; PLANE];
    for (first, last, class) in RANGES {
        table[*first as usize..=*last as usize].fill(*class);
    }
    for (characters, class) in SINGLES {
        characters.chars().for_each(|character| table[character as usize] = *class);
    }
    table
}

/// The class of a mark that is written alike in Chinese and Western text, once it is known to stand in Chinese.
pub(super) fn chinese_class_of(character: char) -> Option<CharClass> {
    Some(match character {
        '“' | '‘' => Opening,
        '”' | '’' => Closing,
        '—' => Dash,
        '…' => Ellipsis,
        '·' | '•' => MiddleDot,
        '–' => Connector,
        _ => return None,
    })
}

/// Blank on both sides of a full-width mark's ink, in quarters of an em: what can be taken from its frame.
///
/// clreq §3.1.2 (places of marks), §3.1.6.1 (what may be trimmed); JLReq §3.1.2.
pub(super) fn blanks(class: CharClass, region: Region) -> (i64, i64) {
    use Region::{HongKong, Japan, Korea, Mainland, Taiwan, Western};
    match (class, region) {
        (Opening, _) => (2, 0),
        (Closing, _) => (0, 2),
        (Comma | FullStop, Taiwan | HongKong) | (Colon, Taiwan | HongKong | Japan | Korea) => (1, 1),
        (Comma | FullStop, _) | (Colon, _) => (0, 2),
        (Exclamation, Mainland | Western) => (0, 2),
        (MiddleDot, _) => (1, 1),
        _ => (0, 0),
    }
}

impl CharClass {
    /// Set in a square frame, and of CJK habits.
    pub(super) fn is_cjk(self) -> bool {
        matches!(self, Ideograph | Kana | SmallKana | Hangul) || self.is_cjk_mark()
    }

    pub(super) fn is_cjk_mark(self) -> bool {
        matches!(
            self,
            Opening
                | Closing
                | Comma
                | Colon
                | FullStop
                | Exclamation
                | MiddleDot
                | Connector
                | Solidus
                | Dash
                | Ellipsis
                | IdeographicSpace
        )
    }

    /// Takes a space beside Western letters and digits (clreq §3.2.2).
    pub(super) fn takes_autospace(self) -> bool {
        matches!(self, Ideograph | Kana | SmallKana)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_letters_have_their_classes() {
        assert_eq!(class_of('，'), Comma);
        assert_eq!(class_of('字'), Ideograph);
        assert_eq!(class_of('𠮷'), Ideograph);
        assert_eq!(class_of('é'), Letter);
        assert_eq!(class_of('“'), WesternMark);
        assert_eq!(chinese_class_of('“'), Some(Opening));
    }

    #[test]
    fn stops_are_low_left_on_the_mainland_and_centred_in_taiwan() {
        assert_eq!(blanks(FullStop, Region::Mainland), (0, 2));
        assert_eq!(blanks(FullStop, Region::Taiwan), (1, 1));
        assert_eq!(blanks(Exclamation, Region::Taiwan), (0, 0));
    }
}
