//! Emoji of several characters: skin tones, families, flags, keycaps (UTS #51 §1.4.5).

use unicode_segmentation::UnicodeSegmentation;

/// Length in bytes of the emoji of several characters a text begins with, if it begins with one.
pub(super) fn sequence(text: &str) -> Option<usize> {
    let mut characters = text.chars();
    let (first, second) = (characters.next()?, characters.next()?);
    let begins = match second {
        // Presentation, a keycap, a skin tone.
        '\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' => true,
        '\u{200D}' => is_pictograph(first),
        '\u{1F1E6}'..='\u{1F1FF}' => ('\u{1F1E6}'..='\u{1F1FF}').contains(&first),
        _ => false,
    };
    begins.then(|| text.graphemes(true).next().map(str::len)).flatten()
}

fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_whole_and_single_characters_none() {
        for emoji in ["👍🏽", "🇨🇳", "1️⃣", "❤️", "👨‍👩‍👧", "👩🏽‍💻"] {
            assert_eq!(sequence(&format!("{emoji}后")), Some(emoji.len()), "{emoji}");
        }
        for text in ["👍后", "1后", "🇨后", "字", ""] {
            assert_eq!(sequence(text), None, "{text}");
        }
    }
}
