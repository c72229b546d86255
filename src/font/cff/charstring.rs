//! An outline with the subroutines it calls written out in their places (Adobe Technical Note 5177).

use skrifa::raw::ps::cff::v1::Index;

/// Subroutines call each other so deep at most (Technical Note 5177, appendix B).
const DEPTH: u8 = 10;

/// No sound outline is longer; a hostile one, whose subroutines call others over and over, would be.
const LONGEST: usize = 1 << 18;

/// No sound outline makes more calls.
const CALLS: u32 = 1 << 14;

pub(super) struct Subroutines<'a> {
    pub global: &'a Index<'a>,
    pub local: Option<&'a Index<'a>>,
}

/// The outline without calls; nothing when it is broken or not plain.
pub(super) fn inlined(charstring: &[u8], subroutines: &Subroutines<'_>) -> Option<Vec<u8>> {
    let out = Vec::with_capacity(charstring.len() * 2);
    let mut inliner = Inliner { subroutines, out, operands: Vec::with_capacity(48), stems: 0, calls: 0 };
    if inliner.run(charstring, 0)? == End::Returned {
        inliner.out.push(ENDCHAR);
    }
    Some(inliner.out)
}

const ENDCHAR: u8 = 14;

#[derive(PartialEq, Eq)]
enum End {
    Returned,
    Finished,
}

struct Inliner<'a> {
    subroutines: &'a Subroutines<'a>,
    out: Vec<u8>,
    /// Of each operand that waits for its operator: where it stands in `out`, and its value when it is whole.
    operands: Vec<(usize, i32)>,
    /// Hints so far: a mask has a bit for each.
    stems: usize,
    calls: u32,
}

impl Inliner<'_> {
    fn run(&mut self, code: &[u8], depth: u8) -> Option<End> {
        let mut rest = code;
        while let Some(first) = rest.first().copied() {
            if self.out.len() > LONGEST {
                return None;
            }
            let length = match first {
                28 | 32..=255 => self.number(first, rest)?,
                10 | 29 => {
                    if self.call(first == 29, depth)? == End::Finished {
                        return Some(End::Finished);
                    }
                    rest = &rest[1..];
                    continue;
                }
                11 => return Some(End::Returned),
                // With four operands it composes an accented letter of two others.
                ENDCHAR if self.operands.len() < 4 => {
                    self.out.push(ENDCHAR);
                    return Some(End::Finished);
                }
                1 | 3 | 18 | 23 => {
                    self.stems += self.operands.len() / 2;
                    1
                }
                // A mask counts the vertical hints that stand before it without their operator.
                19 | 20 => {
                    self.stems += self.operands.len() / 2;
                    1 + self.stems.div_ceil(8)
                }
                4..=8 | 21 | 22 | 24..=27 | 30 | 31 => 1,
                // The four kinds of flex; all else of two bytes is arithmetic.
                12 if matches!(rest.get(1), Some(34..=37)) => 2,
                _ => return None,
            };
            self.out.extend_from_slice(rest.get(..length)?);
            if !matches!(first, 28 | 32..=255) {
                self.operands.clear();
            }
            rest = &rest[length..];
        }
        Some(End::Returned)
    }

    /// Notes an operand; gives its length.
    fn number(&mut self, first: u8, rest: &[u8]) -> Option<usize> {
        let second = || rest.get(1).copied().map(i32::from);
        let (value, length) = match first {
            28 => (i32::from(i16::from_be_bytes([*rest.get(1)?, *rest.get(2)?])), 3),
            32..=246 => (i32::from(first) - 139, 1),
            247..=250 => ((i32::from(first) - 247) * 256 + second()? + 108, 2),
            251..=254 => (-(i32::from(first) - 251) * 256 - second()? - 108, 2),
            // A fraction calls nothing.
            _ => (i32::MIN, 5),
        };
        self.operands.push((self.out.len(), value));
        Some(length)
    }

    fn call(&mut self, is_global: bool, depth: u8) -> Option<End> {
        self.calls += 1;
        let (at, number) = self.operands.pop().filter(|_| depth < DEPTH && self.calls < CALLS)?;
        self.out.truncate(at);
        let index = if is_global { self.subroutines.global } else { self.subroutines.local? };
        let bias = match index.count() {
            ..1240 => 107,
            1240..33900 => 1131,
            _ => 32_768,
        };
        let subroutine = index.get(usize::try_from(number.checked_add(bias)?).ok()?)?;
        self.run(subroutine, depth + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::raw::{FontData, FontRead};

    fn inline(code: &[u8], subroutine: &[u8]) -> Option<Vec<u8>> {
        let length = u8::try_from(subroutine.len() + 1).expect("short");
        let index = [&[0, 1, 1, 1, length][..], subroutine].concat();
        let index = Index::read(FontData::new(&index)).expect("an index");
        inlined(code, &Subroutines { global: &index, local: None })
    }

    /// Number of the only subroutine: 0 less the bias of 107.
    const FIRST: u8 = 139 - 107;

    #[test]
    fn calls_are_written_out() {
        assert_eq!(inline(&[140, FIRST, 29, 14], &[141, 21, 11]).as_deref(), Some(&[140, 141, 21, 14][..]));
        assert_eq!(inline(&[140, FIRST, 29], &[141, 21, 14]).as_deref(), Some(&[140, 141, 21, 14][..]));
        assert_eq!(inline(&[140, 141, 21], &[11]).as_deref(), Some(&[140, 141, 21, 14][..]));
    }

    #[test]
    fn a_mask_has_a_bit_for_each_hint() {
        // Nine vertical hints without their operator make a mask of two bytes, which are no numbers.
        let code = [[139; 18].as_slice(), &[19, 29, 29, 139, 22, 14]].concat();
        assert_eq!(inline(&code, &[11]).as_deref(), Some(&code[..]));
    }

    #[test]
    fn what_is_not_plain_or_never_ends_is_refused() {
        assert_eq!(inline(&[139, 139, 139, 139, 14], &[11]), None, "a composed accent");
        assert_eq!(inline(&[139, 12, 18, 14], &[11]), None, "arithmetic");
        assert_eq!(inline(&[FIRST, 29], &[FIRST, 29]), None, "it calls itself");
        assert_eq!(inline(&[29], &[11]), None, "no number");
        assert_eq!(inline(&[28, 1], &[11]), None, "cut off");
        assert_eq!(inline(&[139, 10], &[11]), None, "no local subroutines");
    }
}
