//! The dictionaries of a `CFF ` table: operands, then the operator they belong to (Technical Note 5176, section 4).

/// Operators; those of two bytes begin with 12.
pub(super) mod operator {
    pub const NOTICE: u16 = 1;
    pub const FONT_BOX: u16 = 5;
    pub const CHARSET: u16 = 15;
    pub const CHARSTRINGS: u16 = 17;
    pub const PRIVATE: u16 = 18;
    pub const SUBROUTINES: u16 = 19;
    pub const COPYRIGHT: u16 = 0x0c00;
    pub const FONT_MATRIX: u16 = 0x0c07;
    pub const REGISTRY: u16 = 0x0c1e;
    pub const CID_COUNT: u16 = 0x0c22;
    pub const FD_ARRAY: u16 = 0x0c24;
    pub const FD_SELECT: u16 = 0x0c25;
}

/// The entries of a dictionary: each operator with the bytes of its operands. Ends where the bytes make no sense.
pub(super) struct Entries<'a> {
    rest: &'a [u8],
}

impl<'a> Entries<'a> {
    pub fn of(dictionary: &'a [u8]) -> Entries<'a> {
        Entries { rest: dictionary }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let mut at = 0;
        loop {
            match *self.rest.get(at)? {
                first @ 0..=21 => {
                    let operands = &self.rest[..at];
                    let long = first == 12;
                    let operator = if long { 0x0c00 | u16::from(*self.rest.get(at + 1)?) } else { u16::from(first) };
                    self.rest = &self.rest[at + 1 + usize::from(long)..];
                    return Some((operator, operands));
                }
                _ => at += number_length(&self.rest[at..])?,
            }
        }
    }
}

/// Bytes of the number at the start.
fn number_length(bytes: &[u8]) -> Option<usize> {
    match *bytes.first()? {
        28 => Some(3),
        29 => Some(5),
        // Decimal digits two to a byte, up to an end mark in either half.
        30 => Some(2 + bytes[1..].iter().position(|byte| byte & 0x0f == 0x0f || byte >> 4 == 0x0f)?),
        32..=246 => Some(1),
        247..=254 => Some(2),
        _ => None,
    }
}

/// The whole numbers among operands.
pub(super) fn integers(operands: &[u8]) -> Vec<i32> {
    let mut found = Vec::new();
    let mut rest = operands;
    while let Some(length) = number_length(rest).filter(|length| *length <= rest.len()) {
        let byte = |at: usize| i32::from(rest[at]);
        match rest[0] {
            28 => found.push(i32::from(i16::from_be_bytes([rest[1], rest[2]]))),
            29 => found.push(i32::from_be_bytes([rest[1], rest[2], rest[3], rest[4]])),
            32..=246 => found.push(byte(0) - 139),
            247..=250 => found.push((byte(0) - 247) * 256 + byte(1) + 108),
            251..=254 => found.push(-(byte(0) - 251) * 256 - byte(1) - 108),
            _ => {}
        }
        rest = &rest[length..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_end_where_the_bytes_make_no_sense() {
        let dictionary = [139, 28, 1, 0, 18, 30, 0xa0, 0x01, 0xff, 12, 7, 29, 0, 1];
        let found: Vec<(u16, Vec<i32>)> =
            Entries::of(&dictionary).map(|(operator, operands)| (operator, integers(operands))).collect();
        assert_eq!(found, [(operator::PRIVATE, vec![0, 256]), (operator::FONT_MATRIX, vec![])]);
        assert_eq!(integers(&[247, 0, 251, 1, 29, 255, 255, 255, 254]), [108, -109, -2]);
        assert_eq!(integers(&[28, 1]), Vec::<i32>::new());
    }
}
