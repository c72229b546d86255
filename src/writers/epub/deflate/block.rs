//! One block with codes of its own (RFC 1951 §3.2.7).

use super::huffman::{codes, lengths};
use super::parse::Step;

/// A length or distance as its symbol and what follows it.
pub struct Coded {
    pub symbol: usize,
    pub extra_bits: u32,
    extra: u32,
}

/// The symbol, counted from 257 in the alphabet of literals, of a match's length.
#[inline]
pub fn length_code(length: u16) -> Coded {
    if length == 258 {
        return Coded { symbol: 285, extra_bits: 0, extra: 0 };
    }
    let over = u32::from(length) - 3;
    if over < 8 {
        return Coded { symbol: 257 + over as usize, extra_bits: 0, extra: 0 };
    }
    let extra_bits = over.ilog2() - 2;
    let symbol = 257 + (extra_bits * 4 + 4 + ((over >> extra_bits) & 3)) as usize;
    Coded { symbol, extra_bits, extra: over & ((1 << extra_bits) - 1) }
}

/// The symbol of a distance counted from 0.
#[inline]
pub fn distance_code(distance: u16) -> Coded {
    let distance = u32::from(distance);
    if distance < 4 {
        return Coded { symbol: distance as usize, extra_bits: 0, extra: 0 };
    }
    let extra_bits = distance.ilog2() - 1;
    let symbol = (extra_bits * 2 + 2 + ((distance >> extra_bits) & 1)) as usize;
    Coded { symbol, extra_bits, extra: distance & ((1 << extra_bits) - 1) }
}

/// A stream of bits, lowest first.
pub struct BitWriter {
    out: Vec<u8>,
    /// Bytes of `out` that are written; behind them is room.
    written: usize,
    waiting: u64,
    count: u32,
}

impl BitWriter {
    pub fn with_capacity(bytes: usize) -> BitWriter {
        BitWriter { out: vec![0; bytes + 8], written: 0, waiting: 0, count: 0 }
    }

    /// Add bits; no more than 57 together between two [`BitWriter::flush`].
    #[inline]
    fn add(&mut self, bits: u32, count: u32) {
        self.waiting |= u64::from(bits) << self.count;
        self.count += count;
    }

    /// Write the whole bytes that wait.
    #[inline]
    fn flush(&mut self) {
        if self.written + 8 > self.out.len() {
            self.out.resize(self.out.len() * 2, 0);
        }
        self.out[self.written..self.written + 8].copy_from_slice(&self.waiting.to_le_bytes());
        let bytes = self.count / 8;
        self.written += bytes as usize;
        self.waiting = self.waiting.checked_shr(bytes * 8).unwrap_or(0);
        self.count &= 7;
    }

    fn put(&mut self, bits: u32, count: u32) {
        self.add(bits, count);
        self.flush();
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.count = self.count.next_multiple_of(8);
        self.flush();
        self.out.truncate(self.written);
        self.out
    }
}

/// An alphabet's codes as they are used.
struct Codes {
    lengths: Vec<u8>,
    /// Of each symbol its code, and above that how many bits it has.
    codes: [u32; 286],
}

impl Codes {
    fn of(counts: &[u32], limit: usize) -> Codes {
        let lengths = lengths(counts, limit);
        let mut packed = [0; 286];
        for ((packed, code), length) in packed.iter_mut().zip(codes(&lengths)).zip(&lengths) {
            *packed = u32::from(*length) << 16 | u32::from(code);
        }
        Codes { codes: packed, lengths }
    }

    /// Of 15 bits at most.
    #[inline]
    fn add(&self, symbol: usize, bits: &mut BitWriter) {
        let code = self.codes[symbol];
        bits.add(code & 0xffff, code >> 16);
    }

    /// How many symbols must be told of, at least `least`.
    fn told(&self, least: usize) -> usize {
        self.lengths.iter().rposition(|length| *length > 0).map_or(least, |last| (last + 1).max(least))
    }
}

/// The symbol that ends a block.
const END: usize = 256;

/// In which order the lengths of the lengths' own codes are told.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Write `block`, taken in `steps`, with the codes that suit it best.
pub fn write_block(bits: &mut BitWriter, block: &[u8], steps: &[Step], is_last: bool) {
    let (literals, distances) = codes_for(block, steps);
    bits.put(u32::from(is_last), 1);
    bits.put(2, 2);
    write_codes(bits, &literals, &distances);
    let mut at = 0;
    for step in steps {
        let end = at + step.length();
        match step.distance() {
            None => {
                for bytes in block[at..end].chunks(3) {
                    bytes.iter().for_each(|byte| literals.add(usize::from(*byte), bits));
                    bits.flush();
                }
            }
            Some(distance) => {
                let coded = length_code(step.length() as u16);
                literals.add(coded.symbol, bits);
                bits.add(coded.extra, coded.extra_bits);
                let coded = distance_code(distance);
                distances.add(coded.symbol, bits);
                bits.add(coded.extra, coded.extra_bits);
                bits.flush();
            }
        }
        at = end;
    }
    literals.add(END, bits);
    bits.flush();
}

/// Codes of literals with lengths, and of distances.
fn codes_for(block: &[u8], steps: &[Step]) -> (Codes, Codes) {
    let (mut literals, mut distances) = ([0; 286], [0; 30]);
    literals[END] = 1;
    let mut at = 0;
    for step in steps {
        let end = at + step.length();
        match step.distance() {
            None => block[at..end].iter().for_each(|byte| literals[usize::from(*byte)] += 1),
            Some(distance) => {
                literals[length_code(step.length() as u16).symbol] += 1;
                distances[distance_code(distance).symbol] += 1;
            }
        }
        at = end;
    }
    if distances.iter().all(|count| *count == 0) {
        // Some readers want one distance in a block without any.
        distances[0] = 1;
    }
    (Codes::of(&literals, 15), Codes::of(&distances, 15))
}

/// The lengths of both codes, themselves in a code.
fn write_codes(bits: &mut BitWriter, literals: &Codes, distances: &Codes) {
    let (of_literals, of_distances) = (literals.told(257), distances.told(1));
    let all: Vec<u8> =
        literals.lengths[..of_literals].iter().chain(&distances.lengths[..of_distances]).copied().collect();
    let runs = runs(&all);
    let mut counts = [0; 19];
    runs.iter().for_each(|run| counts[run.symbol] += 1);
    let own = Codes::of(&counts, 7);
    let told = ORDER.iter().rposition(|symbol| own.lengths[*symbol] > 0).map_or(4, |last| (last + 1).max(4));
    bits.put(of_literals as u32 - 257, 5);
    bits.put(of_distances as u32 - 1, 5);
    bits.put(told as u32 - 4, 4);
    ORDER[..told].iter().for_each(|symbol| bits.put(u32::from(own.lengths[*symbol]), 3));
    for run in runs {
        own.add(run.symbol, bits);
        bits.add(run.extra, run.extra_bits);
        bits.flush();
    }
}

/// Lengths with their repetitions told by number: 16 repeats the last, 17 and 18 are runs of none.
fn runs(lengths: &[u8]) -> Vec<Coded> {
    let mut runs = Vec::new();
    for same in lengths.chunk_by(|one, next| one == next) {
        let single = Coded { symbol: usize::from(same[0]), extra_bits: 0, extra: 0 };
        let mut left = same.len();
        if same[0] > 0 {
            runs.push(single);
            left -= 1;
        }
        while left > 0 {
            let (symbol, extra_bits, least, most) = match (same[0], left) {
                (0, 11..) => (18, 7, 11, 138),
                (0, 3..) => (17, 3, 3, 10),
                (1.., 3..) => (16, 2, 3, 6),
                (value, _) => (usize::from(value), 0, 1, 1),
            };
            let count = left.min(most);
            runs.push(Coded { symbol, extra_bits, extra: (count - least) as u32 });
            left -= count;
        }
    }
    runs
}
