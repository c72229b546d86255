//! Words found at a place of a text, by their first character.

/// Places of first characters; a power of two.
const SLOTS: usize = 4096;

/// Words, each with its number in the order in which they were given. Of several that stand at a place the longest is
/// found, and of the same word twice the first.
pub(super) struct Lookup {
    /// By place of the first character, the longest first.
    words: Vec<(&'static str, u16)>,
    /// Where the words of each place begin in `words`.
    starts: Vec<u16>,
    /// Places of last characters.
    ends: Vec<bool>,
    /// Letters of ASCII are the same in both cases.
    any_case: bool,
}

impl Lookup {
    pub fn new(words: impl Iterator<Item = &'static str>, any_case: bool) -> Lookup {
        let mut words: Vec<(&'static str, u16)> = words.zip(0..).collect();
        words.sort_by_key(|(word, _)| (slot(word.as_bytes()), std::cmp::Reverse(word.len())));
        let mut starts = vec![0; SLOTS + 1];
        let mut ends = vec![false; SLOTS];
        for (word, _) in &words {
            starts[slot(word.as_bytes()) + 1] += 1;
            ends[last_slot(word)] = true;
        }
        (1..=SLOTS).for_each(|slot| starts[slot] += starts[slot - 1]);
        Lookup { words, starts, ends, any_case }
    }

    /// The number and the length of the longest word a text begins with.
    pub fn at_start(&self, text: &str) -> Option<(usize, usize)> {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        let slot = slot(bytes);
        if self.starts[slot] == self.starts[slot + 1] {
            return None;
        }
        let words = &self.words[usize::from(self.starts[slot])..usize::from(self.starts[slot + 1])];
        let stands = |word: &&(&'static str, u16)| {
            let word = word.0.as_bytes();
            bytes
                .get(..word.len())
                .is_some_and(|head| if self.any_case { head.eq_ignore_ascii_case(word) } else { head == word })
        };
        words.iter().find(stands).map(|(word, number)| (usize::from(*number), word.len()))
    }

    /// The first word from a place on: its number, its start and its end.
    pub fn next(&self, text: &str, from: usize) -> Option<(usize, usize, usize)> {
        let bytes = text.as_bytes();
        let mut start = from;
        while start < bytes.len() {
            let (slot, length) = slot_and_length(&bytes[start..]);
            if self.starts[slot] != self.starts[slot + 1]
                && let Some((number, length)) = self.at_start(&text[start..])
            {
                return Some((number, start, start + length));
            }
            start += length;
        }
        None
    }

    /// All words from left to right, none of them within another.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.next(text, from)?;
            from = found.2;
            Some(found)
        })
    }

    /// Whether a text may end with one of the words.
    pub fn may_end(&self, text: &str) -> bool {
        !text.is_empty() && self.ends[last_slot(text)]
    }

    /// The characters the words begin with.
    pub fn beginnings(&self) -> impl Iterator<Item = char> + '_ {
        self.words.iter().filter_map(|(word, _)| word.chars().next())
    }
}

/// The place of the first character of a text that is not empty; letters of ASCII have one for both cases.
fn slot(bytes: &[u8]) -> usize {
    slot_and_length(bytes).0
}

/// The place of a first character, and how many bytes it has.
fn slot_and_length(bytes: &[u8]) -> (usize, usize) {
    let low = |byte: u8| usize::from(byte & 0x3F);
    match *bytes {
        [first @ 0..0x80, ..] => (usize::from(first.to_ascii_lowercase()), 1),
        [first @ 0xE0..0xF0, second, third, ..] => {
            ((usize::from(first) << 8 ^ low(second) << 6 ^ low(third)) & (SLOTS - 1), 3)
        }
        [first @ 0x80..0xE0, second, ..] => ((usize::from(first) << 6 ^ low(second)) & (SLOTS - 1), 2),
        [first, second, third, ..] => ((usize::from(first) ^ low(second) << 6 ^ low(third)) & (SLOTS - 1), 4),
        _ => (0, 1),
    }
}

fn last_slot(text: &str) -> usize {
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    slot(&text.as_bytes()[last..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_at_a_place_is_found() {
        let lookup = Lookup::new(["渡", "渡口", "Ferry", "口", "渡口"].into_iter(), true);
        assert_eq!(lookup.at_start("渡口记"), Some((1, 6)));
        assert_eq!(lookup.at_start("FERRY"), Some((2, 5)));
        assert_eq!(lookup.at_start("记"), None);
        assert_eq!(lookup.all("老渡口口ferry").collect::<Vec<_>>(), [(1, 3, 9), (3, 9, 12), (2, 12, 17)]);
        assert!(lookup.may_end("老渡口") && !lookup.may_end("渡口人"));
        assert_eq!(Lookup::new(["Ferry"].into_iter(), false).at_start("ferry"), None);
    }
}
