//! What a line break in running text stands for: nothing between CJK characters, a space elsewhere.

use crate::flanking::{is_cjk, is_unicode_punctuation};

/// Whether two lines are joined without a space, by the characters at the break.
///
/// CSS Text 4 §4.1.3 (segment break transformation): both sides are East Asian wide and none is Hangul, or one side is
/// CJK punctuation.
pub fn joins_without_space(before: char, after: char) -> bool {
    let joins = |one: char| is_cjk(one) && !is_hangul(one);
    let is_mark = |one: char| joins(one) && is_unicode_punctuation(one);
    joins(before) && joins(after) || is_mark(before) || is_mark(after)
}

fn is_hangul(one: char) -> bool {
    matches!(one as u32, 0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xFFA0..=0xFFDC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_with_spaces_are_joined_with_one() {
        assert!(joins_without_space('中', '文'));
        assert!(joins_without_space('，', 'a'));
        assert!(!joins_without_space('中', 'a'));
        assert!(!joins_without_space('한', '글'));
        assert!(!joins_without_space('a', 'b'));
    }
}
