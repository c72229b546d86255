//! Lists of words that are asked of nearly every line, with the characters they begin and end with known beforehand.

/// Words that are looked for in lines.
pub(super) struct Words {
    words: &'static [&'static str],
    first: Characters,
    last: Characters,
}

impl Words {
    pub const fn new(words: &'static [&'static str]) -> Words {
        let (mut first, mut last) = (Characters::NONE, Characters::NONE);
        let mut at = 0;
        while at < words.len() {
            first.add(first_slot(words[at].as_bytes()));
            last.add(last_slot(words[at].as_bytes()));
            at += 1;
        }
        Words { words, first, last }
    }

    /// Whether a text may begin with one of the words: its first character does not rule it out.
    pub fn may_begin(&self, text: &str) -> bool {
        !text.is_empty() && self.first.has(first_slot(text.as_bytes()))
    }

    /// Whether a text begins with one of the words.
    pub fn begin(&self, text: &str) -> bool {
        self.may_begin(text) && self.words.iter().any(|word| text.starts_with(word))
    }

    /// Whether a text ends with one of the words.
    pub fn end(&self, text: &str) -> bool {
        !text.is_empty()
            && self.last.has(last_slot(text.as_bytes()))
            && self.words.iter().any(|word| text.ends_with(word))
    }

    /// Whether one of the words stands somewhere in a text.
    pub fn stand_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.begin(&text[at..]))
    }
}

/// A set of characters that holds more than was put in: 128 of ASCII, and 256 places for all others.
struct Characters([u64; 6]);

impl Characters {
    const NONE: Characters = Characters([0; 6]);

    const fn add(&mut self, slot: usize) {
        self.0[slot >> 6] |= 1 << (slot & 63);
    }

    fn has(&self, slot: usize) -> bool {
        self.0[slot >> 6] >> (slot & 63) & 1 == 1
    }
}

const fn first_slot(bytes: &[u8]) -> usize {
    match bytes[0] {
        byte @ 0..0x80 => byte as usize,
        0x80..0xE0 => slot(bytes[0], bytes[1]),
        _ => slot(bytes[1], bytes[2]),
    }
}

const fn last_slot(bytes: &[u8]) -> usize {
    match bytes[bytes.len() - 1] {
        byte @ 0..0x80 => byte as usize,
        byte => slot(bytes[bytes.len() - 2], byte),
    }
}

const fn slot(left: u8, right: u8) -> usize {
    128 + ((left as usize & 0x3F) << 2 ^ (right as usize & 0x3F))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        static WORDS: Words = Words::new(&["渡口", "QQ", "é。"]);
        assert!(WORDS.begin("渡口记") && WORDS.begin("QQ 群") && WORDS.begin("é。"));
        assert!(WORDS.end("老渡口") && WORDS.end("加QQ") && WORDS.end("一é。"));
        assert!(!WORDS.begin("") && !WORDS.end(""));
        assert!(WORDS.stand_in("老渡口的船") && !WORDS.stand_in("渡 口"));
    }
}
