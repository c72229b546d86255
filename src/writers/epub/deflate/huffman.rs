//! Prefix codes of limited length.

use super::BIT;

/// How much a thing says that occurs `count` times among `total`, in fractions of a bit. In whole numbers, because
/// logarithms differ in their last digit between machines.
pub fn information(count: u32, total: u32) -> u32 {
    logarithm(total).saturating_sub(logarithm(count))
}

/// Logarithm to base 2 in fractions of a bit, rounded down; of at least 1.
fn logarithm(number: u32) -> u32 {
    let whole = number.ilog2();
    // The mantissa between 1 and 2, with 15 bits behind the point, squared once for each bit of the fraction.
    let mut mantissa = (u64::from(number) << 15) >> whole;
    let mut fraction = 0;
    for _ in 0..BIT.ilog2() {
        mantissa = (mantissa * mantissa) >> 15;
        fraction <<= 1;
        if mantissa >= 2 << 15 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    whole * BIT + fraction
}

/// Length of each symbol's code: 0 for those that do not occur, none longer than `limit`.
pub fn lengths(counts: &[u32], limit: usize) -> Vec<u8> {
    let mut symbols: Vec<(u32, usize)> =
        counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(symbol, count)| (*count, symbol)).collect();
    symbols.sort_unstable();
    let mut lengths = vec![0; counts.len()];
    if let [(_, only)] = symbols.as_slice() {
        lengths[*only] = 1;
    }
    if symbols.len() < 2 {
        return lengths;
    }
    let mut rarest_first = symbols.iter();
    for (length, of_length) in limited(&depths(&symbols), limit).into_iter().enumerate().rev() {
        for (_, symbol) in rarest_first.by_ref().take(of_length) {
            lengths[*symbol] = length as u8;
        }
    }
    lengths
}

/// Depth of each leaf in Huffman's tree; leaves in order of weight, made of two queues.
fn depths(leaves: &[(u32, usize)]) -> Vec<usize> {
    let count = leaves.len();
    let mut weights: Vec<u64> = leaves.iter().map(|(weight, _)| u64::from(*weight)).collect();
    let mut parents = vec![0; 2 * count - 1];
    let (mut leaf, mut knot) = (0, count);
    for parent in count..2 * count - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            let of_leaves = leaf < count && (knot >= parent || weights[leaf] <= weights[knot]);
            let queue = if of_leaves { &mut leaf } else { &mut knot };
            parents[*queue] = parent;
            weight += weights[*queue];
            *queue += 1;
        }
        weights.push(weight);
    }
    let mut depths = vec![0; 2 * count - 1];
    for node in (0..2 * count - 2).rev() {
        depths[node] = depths[parents[node]] + 1;
    }
    depths.truncate(count);
    depths
}

/// How many codes have each length, when none may be longer than `limit`: too long ones are cut, and shorter ones made
/// longer until all fit (Kraft's sum is at most 1).
fn limited(depths: &[usize], limit: usize) -> Vec<usize> {
    let mut of_length = vec![0; limit + 1];
    depths.iter().for_each(|depth| of_length[(*depth).min(limit)] += 1);
    let mut sum: usize = of_length.iter().enumerate().skip(1).map(|(length, count)| count << (limit - length)).sum();
    while sum > 1 << limit {
        let Some(longer) = (1..limit).rev().find(|length| of_length[*length] > 0) else { break };
        of_length[limit] -= 1;
        of_length[longer] -= 1;
        of_length[longer + 1] += 2;
        sum -= 1;
    }
    of_length
}

/// The codes of these lengths (RFC 1951 §3.2.2), first bit lowest.
pub fn codes(lengths: &[u8]) -> Vec<u16> {
    let mut next = [0u16; 17];
    for length in 1..=15u8 {
        let shorter = lengths.iter().filter(|one| **one == length - 1 && length > 1).count() as u16;
        next[usize::from(length)] = (next[usize::from(length) - 1] + shorter) << 1;
    }
    let code = |length: &u8| match *length {
        0 => 0,
        length => {
            let code = next[usize::from(length)];
            next[usize::from(length)] += 1;
            code.reverse_bits() >> (16 - length)
        }
    };
    lengths.iter().map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_near_enough() {
        assert_eq!([1, 2, 3, 1024, 40_000].map(logarithm), [0, 16, 25, 160, 244]);
    }

    #[test]
    fn rare_symbols_get_long_codes_and_none_too_long() {
        assert_eq!(lengths(&[8, 4, 2, 1, 0, 1], 15), [1, 2, 3, 4, 0, 4]);
        let steep: Vec<u32> = (0..30).map(|power| 1 << power).collect();
        let lengths = lengths(&steep, 15);
        let sum: u32 = lengths.iter().map(|length| 1 << (15 - length)).sum();
        assert!(lengths.iter().all(|length| (1..=15).contains(length)) && sum <= 1 << 15);
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let codes = codes(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let reversed: Vec<u16> = vec![0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111];
        assert_eq!(codes, reversed, "the example of RFC 1951 §3.2.2");
    }
}
