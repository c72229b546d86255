//! Which delimiter runs of Markdown can open and close emphasis. The reader corrects its parser by these rules, the
//! writer chooses its delimiters by them.
//!
//! CommonMark 0.31.2 §6.2, and its CJK-friendly amendment
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>): CJK punctuation no longer forbids a run
//! to open or close, and other punctuation does not beside a CJK character.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Which rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlankingRule {
    CommonMark,
    CjkFriendly,
}

/// Where a delimiter run leans: left-flanking runs can open, right-flanking runs can close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flanking {
    pub left: bool,
    pub right: bool,
}

impl Flanking {
    /// Of a run between the text before it and the text after it; an empty text is the edge of the line.
    pub fn between(before: &str, after: &str, rule: FlankingRule) -> Flanking {
        let previous = Neighbour::before(before, rule);
        let next = Neighbour::after(after, rule);
        let left = !next.is_space && (!next.is_hard || previous.is_space || previous.is_hard || previous.is_cjk);
        let right = !previous.is_space && (!previous.is_hard || next.is_space || next.is_hard || next.is_cjk);
        Flanking { left, right }
    }
}

/// What the rule needs to know of the character at one side of a run.
struct Neighbour {
    is_space: bool,
    /// Punctuation that hinders; under the amendment only what is not CJK.
    is_hard: bool,
    /// A CJK character, under the amendment only.
    is_cjk: bool,
}

impl Neighbour {
    fn before(text: &str, rule: FlankingRule) -> Neighbour {
        let mut back = text.chars().rev();
        let Some(last) = back.next() else { return Neighbour::EDGE };
        if rule == FlankingRule::CjkFriendly {
            if is_ideographic_variation_selector(last) {
                return Neighbour { is_space: false, is_hard: false, is_cjk: true };
            }
            if is_variation_selector(last)
                && let Some(base) = back.next()
            {
                // A full-width form of a quotation mark is asked for: “ and U+FE01.
                let is_wide_quote = last == '\u{FE01}' && matches!(base, '‘' | '’' | '“' | '”');
                return Neighbour { is_cjk: is_cjk(base) || is_wide_quote, ..Neighbour::of(base, rule) }
                    .soft_if(is_wide_quote);
            }
        }
        Neighbour::of(last, rule)
    }

    fn after(text: &str, rule: FlankingRule) -> Neighbour {
        text.chars().next().map_or(Neighbour::EDGE, |first| Neighbour::of(first, rule))
    }

    const EDGE: Neighbour = Neighbour { is_space: true, is_hard: false, is_cjk: false };

    fn of(character: char, rule: FlankingRule) -> Neighbour {
        let is_cjk = rule == FlankingRule::CjkFriendly && is_cjk(character);
        Neighbour { is_space: character.is_whitespace(), is_hard: !is_cjk && is_unicode_punctuation(character), is_cjk }
    }

    fn soft_if(self, soft: bool) -> Neighbour {
        Neighbour { is_hard: self.is_hard && !soft, ..self }
    }
}

/// A Unicode punctuation character of CommonMark 0.31.2 §2.1: general category P or S.
pub fn is_unicode_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    matches!(character.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}

/// Variation selectors 1 to 15; the sixteenth asks for an emoji.
pub fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0E}')
}

fn is_ideographic_variation_selector(character: char) -> bool {
    matches!(character, '\u{E0100}'..='\u{E01EF}')
}

/// A CJK character of the amendment: of East Asian width W, F or H without emoji, or Hangul. Unicode 17.
pub fn is_cjk(character: char) -> bool {
    let code = character as u32;
    if code < CJK_RANGES[0].0 {
        return false;
    }
    let after = CJK_RANGES.partition_point(|(first, _)| *first <= code);
    CJK_RANGES[after - 1].1 >= code
}

/// First and last code point of each range, ascending.
const CJK_RANGES: &[(u32, u32)] = &[
    (0x1100, 0x11FF),
    (0x20A9, 0x20A9),
    (0x2329, 0x232A),
    (0x2630, 0x2637),
    (0x268A, 0x268F),
    (0x2E80, 0x2E99),
    (0x2E9B, 0x2EF3),
    (0x2F00, 0x2FD5),
    (0x2FF0, 0x303E),
    (0x3041, 0x3096),
    (0x3099, 0x30FF),
    (0x3105, 0x312F),
    (0x3131, 0x318E),
    (0x3190, 0x31E5),
    (0x31EF, 0x321E),
    (0x3220, 0x3247),
    (0x3250, 0xA48C),
    (0xA490, 0xA4C6),
    (0xA960, 0xA97C),
    (0xAC00, 0xD7A3),
    (0xD7B0, 0xD7C6),
    (0xD7CB, 0xD7FB),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE19),
    (0xFE30, 0xFE52),
    (0xFE54, 0xFE66),
    (0xFE68, 0xFE6B),
    (0xFF01, 0xFFBE),
    (0xFFC2, 0xFFC7),
    (0xFFCA, 0xFFCF),
    (0xFFD2, 0xFFD7),
    (0xFFDA, 0xFFDC),
    (0xFFE0, 0xFFE6),
    (0xFFE8, 0xFFEE),
    (0x16FE0, 0x16FE4),
    (0x16FF0, 0x16FF6),
    (0x17000, 0x18CD5),
    (0x18CFF, 0x18D1E),
    (0x18D80, 0x18DF2),
    (0x1AFF0, 0x1AFF3),
    (0x1AFF5, 0x1AFFB),
    (0x1AFFD, 0x1AFFE),
    (0x1B000, 0x1B122),
    (0x1B132, 0x1B132),
    (0x1B150, 0x1B152),
    (0x1B155, 0x1B155),
    (0x1B164, 0x1B167),
    (0x1B170, 0x1B2FB),
    (0x1D300, 0x1D356),
    (0x1D360, 0x1D376),
    (0x1F200, 0x1F200),
    (0x1F202, 0x1F202),
    (0x1F210, 0x1F219),
    (0x1F21B, 0x1F22E),
    (0x1F230, 0x1F231),
    (0x1F237, 0x1F237),
    (0x1F23B, 0x1F23B),
    (0x1F240, 0x1F248),
    (0x1F260, 0x1F265),
    (0x20000, 0x3FFFD),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(before: &str, after: &str, rule: FlankingRule) -> (bool, bool) {
        let Flanking { left, right } = Flanking::between(before, after, rule);
        (left, right)
    }

    #[test]
    fn cjk_punctuation_closes_before_a_han_character() {
        assert_eq!(sides("强调。", "后文", FlankingRule::CommonMark), (true, false));
        assert_eq!(sides("强调。", "后文", FlankingRule::CjkFriendly), (true, true));
    }

    #[test]
    fn a_code_span_opens_and_closes_beside_han() {
        assert_eq!(sides("这个", "`码`", FlankingRule::CommonMark), (false, true));
        assert_eq!(sides("这个", "`码`", FlankingRule::CjkFriendly), (true, true));
        assert_eq!(sides("`码`", "吗", FlankingRule::CjkFriendly), (true, true));
    }

    #[test]
    fn western_text_keeps_the_strict_rule() {
        assert_eq!(sides("a", "(b", FlankingRule::CjkFriendly), (false, true));
        assert_eq!(sides("b)", "c", FlankingRule::CjkFriendly), (true, false));
        assert_eq!(sides("a ", "b", FlankingRule::CjkFriendly), (true, false));
    }

    #[test]
    fn variation_selectors_belong_to_the_character_before() {
        assert_eq!(sides("葛\u{E0100}", "(", FlankingRule::CjkFriendly), (true, true));
        assert_eq!(sides("”\u{FE01}", "后", FlankingRule::CjkFriendly), (true, true));
        assert_eq!(sides("〰\u{FE0E}", "(", FlankingRule::CjkFriendly), (true, true));
    }
}
