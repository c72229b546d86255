//! Which Han characters the old national character sets hold: evidence of script and of encoding.
//!
//! GB/T 2312 has only simplified forms, Big5 only traditional ones, JIS X 0208 the Japanese ones; the commoner half of
//! each comes first in its table. The sets are read out of the decoders, so there is no table to keep.

use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GB18030, SHIFT_JIS};

/// In GB/T 2312, either level.
pub(crate) const IN_GB2312: u8 = 1;
/// In Big5, levels 1 and 2 without HKSCS.
pub(crate) const IN_BIG5: u8 = 2;
/// In JIS X 0208, either level.
pub(crate) const IN_JIS: u8 = 4;
/// In the common level of any of the three.
pub(crate) const COMMON: u8 = 8;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

static SETS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut sets = vec![0u8; (LAST - FIRST + 1) as usize];
    fill(&mut sets, GB18030, 0xB0..=0xF7, |trail| trail >= 0xA1, |lead, _| lead <= 0xD7, IN_GB2312);
    let big5_trail = |trail: u8| (0x40..=0x7E).contains(&trail) || trail >= 0xA1;
    let big5_common = |lead: u8, trail: u8| (lead, trail) <= (0xC6, 0x7E);
    fill(&mut sets, BIG5, 0xA4..=0xF9, big5_trail, big5_common, IN_BIG5);
    let jis_trail = |trail: u8| trail >= 0x40 && trail != 0x7F && trail <= 0xFC;
    fill(&mut sets, SHIFT_JIS, 0x88..=0x9F, jis_trail, |lead, trail| (lead, trail) <= (0x98, 0x72), IN_JIS);
    fill(&mut sets, SHIFT_JIS, 0xE0..=0xEA, jis_trail, |_, _| false, IN_JIS);
    sets
});

/// The sets a character is in, as a sum of the constants above; 0 outside U+4E00–9FFF.
pub(crate) fn charsets(character: char) -> u8 {
    let index = (character as u32).wrapping_sub(FIRST) as usize;
    SETS.get(index).copied().unwrap_or(0)
}

/// Mark every character of a two-byte table.
fn fill(
    sets: &mut [u8],
    encoding: &'static Encoding,
    leads: std::ops::RangeInclusive<u8>,
    is_trail: impl Fn(u8) -> bool,
    is_common: impl Fn(u8, u8) -> bool,
    set: u8,
) {
    for lead in leads {
        for trail in (0x40..=0xFE).filter(|trail| is_trail(*trail)) {
            let pair = [lead, trail];
            let (text, _) = encoding.decode_without_bom_handling(&pair);
            let index = text.chars().next().map_or(u32::MAX, |c| (c as u32).wrapping_sub(FIRST)) as usize;
            if let Some(entry) = sets.get_mut(index) {
                *entry |= set | if is_common(lead, trail) { COMMON } else { 0 };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_tell_the_scripts_apart() {
        assert_eq!(charsets('国') & (IN_GB2312 | IN_BIG5 | IN_JIS), IN_GB2312 | IN_JIS);
        assert_eq!(charsets('國') & (IN_GB2312 | IN_BIG5), IN_BIG5);
        assert_eq!(charsets('说') & (IN_GB2312 | IN_BIG5 | IN_JIS), IN_GB2312);
        assert_eq!(charsets('駅') & (IN_GB2312 | IN_BIG5 | IN_JIS), IN_JIS);
        assert_eq!(charsets('的') & COMMON, COMMON);
        assert_eq!(charsets('a'), 0);
    }
}
