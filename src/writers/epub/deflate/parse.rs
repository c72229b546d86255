//! The cheapest way through a block: literal characters, and matches with what stands up to 32 KiB before
//! (RFC 1951 §3.2.5).

use std::ops::Range;

use super::BIT;
use super::block::length_code;
use super::huffman::information;

/// Shortest and longest match.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;
/// How far back a match may lie.
const WINDOW: usize = 32_768;
/// Earlier places tried for each place.
const TRIED: usize = 6;
/// A match of so many bytes is good enough: nothing is sought within it.
const ENOUGH: usize = 24;
/// A match of so many bytes is taken whatever it costs: its inside is not even looked at.
const PLENTY: usize = 128;
/// Bits of the hashes of the first 3 bytes of a place, and of the first 6.
const HASH: u32 = 14;
const HASHES: usize = 1 << HASH;

/// A literal character, or a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step(u32);

/// Marks a literal in the half of a step that else is its distance.
const LITERAL: u32 = 1 << 15;

impl Step {
    #[inline]
    pub fn length(self) -> usize {
        (self.0 >> 16) as usize
    }

    /// How far back, counted from 0; none for a literal.
    #[inline]
    pub fn distance(self) -> Option<u16> {
        (self.0 & LITERAL == 0).then_some(self.0 as u16)
    }
}

/// What it takes to find the way, kept from file to file.
pub struct Parser {
    /// The last place of each hash of 3 bytes, and of 6; places count through all files, from 1.
    short: Box<[u32; HASHES]>,
    long: Box<[u32; HASHES]>,
    /// For each place of this file the one before it with the same hash of 6 bytes.
    earlier: Vec<u32>,
    /// Places of this file's first byte and of the end of all files so far.
    base: u32,
    end: u32,
    /// Whether the file is text, where steps go from character to character; else from byte to byte.
    is_text: bool,
    /// For each place of the block the cost to come there, in the upper half, and the last step.
    ways: Vec<u64>,
    steps: Vec<Step>,
    prices: Prices,
}

impl Default for Parser {
    fn default() -> Parser {
        Parser {
            short: Box::new([0; HASHES]),
            long: Box::new([0; HASHES]),
            earlier: Vec::new(),
            base: 1,
            end: 1,
            is_text: true,
            ways: Vec::new(),
            steps: Vec::new(),
            prices: Prices::default(),
        }
    }
}

/// A place of a block from which ways are sought.
#[derive(Clone, Copy)]
struct Here {
    /// In the block, and in the file.
    at: usize,
    place: usize,
    /// Length of the block.
    size: usize,
    /// What it costs to come here.
    cost: u32,
    /// The next eight bytes.
    word: u64,
}

impl Parser {
    /// With room for files of so many bytes: taken once, it is handed out as blank memory that costs nothing until used.
    pub fn for_files_of(longest: usize) -> Parser {
        Parser { earlier: vec![0; longest], ..Parser::default() }
    }

    /// Start with a new file.
    pub fn begin(&mut self, data: &[u8]) {
        let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
        if self.end.checked_add(length).is_none() {
            self.short.fill(0);
            self.long.fill(0);
            self.end = 1;
        }
        self.base = self.end;
        self.end = self.base.saturating_add(length);
        self.earlier.resize(self.earlier.len().max(data.len()), 0);
        let head = &data[..data.len().min(1024)];
        self.is_text = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    }

    /// Whether a byte is not the first of its character.
    #[inline]
    pub fn is_inside(&self, byte: u8) -> bool {
        self.is_text && byte & 0xC0 == 0x80
    }

    /// The steps through a block that take the fewest bits, as far as these are known before the codes are made.
    pub fn cheapest(&mut self, data: &[u8], range: Range<usize>) -> &[Step] {
        let block = &data[range.clone()];
        let size = block.len();
        self.prices.estimate(block);
        self.ways.clear();
        self.ways.resize(size + 1, u64::MAX);
        self.ways[0] = 0;
        let mut at = 0;
        let mut sought_from = 0;
        while at < size {
            let here = (self.ways[at] >> 32) as u32;
            let mut cost = here + self.prices.literals[usize::from(block[at])];
            let mut next = at + 1;
            for byte in block[next..].iter().take(3).take_while(|byte| self.is_inside(**byte)) {
                cost += self.prices.literals[usize::from(*byte)];
                next += 1;
            }
            self.open(next, cost, (next - at) as u32, LITERAL);
            let place = range.start + at;
            if place + 8 <= data.len() {
                let here = Here { at, place, size, cost: here, word: word(data, place) };
                let (longest, end) = self.matches(data, here, at >= sought_from);
                if longest >= PLENTY && end > at {
                    at = end;
                    continue;
                }
                if longest >= ENOUGH {
                    sought_from = at + longest - 1;
                }
            }
            at = next;
        }
        self.steps.clear();
        while at > 0 {
            let step = Step(self.ways[at] as u32);
            self.steps.push(step);
            at -= step.length();
        }
        self.steps.reverse();
        &self.steps
    }

    /// Open a way to a place, if it is cheaper than the one known.
    #[inline]
    fn open(&mut self, to: usize, cost: u32, length: u32, distance: u32) {
        let way = u64::from(cost) << 32 | u64::from(length << 16 | distance);
        let known = &mut self.ways[to];
        *known = way.min(*known);
    }

    /// Remember a place, and open the ways of its matches, from the nearest of 3 bytes to ever longer and farther ones.
    /// Gives the length of the longest and where in the block its way ends; 0 when there is none.
    #[inline]
    fn matches(&mut self, data: &[u8], here: Here, seek: bool) -> (usize, usize) {
        let number = self.base + here.place as u32;
        let near = std::mem::replace(&mut self.short[hash(here.word << 40)], number);
        let mut far = std::mem::replace(&mut self.long[hash(here.word << 16)], number);
        self.earlier[here.place] = far;
        let (mut longest, mut end) = (SHORTEST - 1, 0);
        if !seek {
            return (longest, end);
        }
        let reach = here.place.min(WINDOW) as u32;
        let distance = number - near;
        if distance <= reach {
            (longest, end) = self.take(data, here, distance as usize, longest, end);
        }
        for _ in 0..TRIED {
            let distance = number - far;
            if distance > reach || longest >= ENOUGH {
                break;
            }
            let from = here.place - distance as usize;
            if data.get(here.place + longest) == Some(&data[from + longest]) {
                (longest, end) = self.take(data, here, distance as usize, longest, end);
            }
            far = self.earlier[from];
        }
        (longest, end)
    }

    /// Open the way to the end of a match, back to where a character ends, and one character less; unless a nearer one is
    /// as long. The longest so far, and where its way ends.
    #[inline]
    fn take(&mut self, data: &[u8], here: Here, distance: usize, longest: usize, end: usize) -> (usize, usize) {
        let length = common(data, here.place - distance, here.place, here.word);
        if length <= longest {
            return (longest, end);
        }
        let cost = here.cost + self.prices.distances[(distance.ilog2() & 15) as usize];
        let mut ending = length.min(here.size - here.at);
        if here.at + ending < here.size {
            while ending >= SHORTEST && self.is_inside(data[here.place + ending]) {
                ending -= 1;
            }
        }
        if ending < SHORTEST || ending <= longest {
            return (length, end);
        }
        let back = distance as u32 - 1;
        self.open(here.at + ending, cost + self.prices.lengths[ending], ending as u32, back);
        let shorter = ending - 3;
        if shorter >= SHORTEST && shorter > longest && !self.is_inside(data[here.place + shorter]) {
            self.open(here.at + shorter, cost + self.prices.lengths[shorter], shorter as u32, back);
        }
        (length, here.at + ending)
    }
}

/// What each choice is expected to cost, in fractions of a bit.
struct Prices {
    literals: [u32; 256],
    lengths: [u32; LONGEST + 1],
    /// By logarithm.
    distances: [u32; 16],
}

impl Default for Prices {
    /// Matches as measured on Chinese books, where those of one and of two characters, 3 and 6 bytes, are by far the most.
    fn default() -> Prices {
        const SHORT: [u32; 8] = [20, 92, 108, 48, 120, 130, 92, 168];
        let mut lengths = [0; LONGEST + 1];
        for (length, price) in lengths.iter_mut().enumerate().skip(SHORTEST) {
            let usual = 98 + 2 * (length as u32).min(30) + length_code(length as u16).extra_bits * BIT;
            *price = SHORT.get(length - SHORTEST).copied().unwrap_or(usual);
        }
        let mut distances = [0; 16];
        for (bits, price) in distances.iter_mut().enumerate() {
            *price = (bits as u32).saturating_sub(1) * BIT + if bits < 5 { 104 } else { 66 };
        }
        Prices { literals: [0; 256], lengths, distances }
    }
}

impl Prices {
    /// Literals by how often their byte occurs.
    fn estimate(&mut self, block: &[u8]) {
        let mut counts = [0u32; 256];
        for byte in block {
            counts[usize::from(*byte)] += 1;
        }
        let total = block.len().max(1) as u32;
        self.literals = counts.map(|count| information(count.max(1), total).max(BIT) + BIT / 2);
    }
}

#[inline]
fn word(data: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(data[at..at + 8].try_into().expect("eight bytes"))
}

#[inline]
fn hash(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B1_85EB_CA87) >> (64 - HASH)) as usize & (HASHES - 1)
}

/// How many bytes from two places on are the same; `first` are those at the later one.
#[inline]
fn common(data: &[u8], from: usize, at: usize, first: u64) -> usize {
    let different = word(data, from) ^ first;
    if different != 0 {
        return (different.trailing_zeros() / 8) as usize;
    }
    let most = (data.len() - at).min(LONGEST);
    let (earlier, later) = (&data[from..from + most], &data[at..at + most]);
    let mut length = 8;
    while let (Some(one), Some(other)) = (earlier.get(length..length + 8), later.get(length..length + 8)) {
        let different = word(one, 0) ^ word(other, 0);
        if different != 0 {
            return length + (different.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    while length < most && earlier[length] == later[length] {
        length += 1;
    }
    length
}
