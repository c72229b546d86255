//! Which lines above the text come again in it.

use super::context::Surroundings;
use super::features::Features;
use super::habits::{Habits, is_text};
use super::lines::Line;

/// Lines this far down may still be the title, when menus stand above it.
pub(super) const TITLE_WITHIN: usize = 300;

/// Bytes of running text in which the words of a title are looked for.
const ECHO: usize = 16 << 10;

/// How much of each line above the text comes again in the text: a title does, a menu does not.
pub(super) fn echoes(lines: &[Line], features: &[Features], habits: Habits, around: &mut [Surroundings]) {
    if habits.texts == 0 {
        return;
    }
    let (mut known, mut bytes) = (Vec::new(), 0);
    for (line, feature) in lines.iter().zip(features).skip(habits.first_text) {
        if is_text(line, feature) {
            words(&line.text, &mut known);
            bytes += line.text.len();
        }
        if bytes > ECHO {
            break;
        }
    }
    known.sort_unstable();
    let mut own = Vec::new();
    for index in 0..habits.first_text.min(TITLE_WITHIN) {
        own.clear();
        words(&lines[index].text, &mut own);
        let again = own.iter().filter(|word| known.binary_search(word).is_ok()).count();
        around[index].echoed = (own.len() >= 2).then(|| (again * 10 / own.len()) as u8);
    }
}

/// The words of a text as numbers: two neighbouring characters of a script without spaces, or the letters of a word.
fn words(text: &str, out: &mut Vec<u64>) {
    let (mut before, mut word, mut length) = (None, 0u64, 0);
    for c in text.chars().chain([' ']) {
        if c.is_alphabetic() && c < '\u{2E80}' {
            word = word.wrapping_mul(0x100_0000_01B3) ^ u64::from(u32::from(c.to_ascii_lowercase()));
            (length, before) = (length + 1, None);
            continue;
        }
        if length > 3 {
            out.push(word | 1 << 63);
        }
        (word, length) = (0, 0);
        let joins = c.is_alphabetic().then_some(c);
        if let (Some(left), Some(right)) = (before, joins) {
            out.push(u64::from(u32::from(left)) << 32 | u64::from(u32::from(right)));
        }
        before = joins;
    }
}
