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
    /// Of each operand that waits for its operator: its length, and its value when it is whole.
    operands: Vec<(u8, i32)>,
    /// Hints so far: a mask has a bit for each.
    stems: usize,
    calls: u32,
}

impl Inliner<'_> {
    fn run(&mut self, code: &[u8], depth: u8) -> Option<End> {
        // What is read but not yet copied begins at `kept`.
        let (mut at, mut kept) = (0, 0);
        while let Some(first) = code.get(at).copied() {
            let length = match first {
                28 | 32..=255 => {
                    let (length, value) = number(&code[at..])?;
                    self.operands.push((length, value));
                    at += usize::from(length);
                    continue;
                }
                10 | 29 => {
                    self.keep(&code[kept..at])?;
                    (at, kept) = (at + 1, at + 1);
                    if self.call(first == 29, depth)? == End::Finished {
                        return Some(End::Finished);
                    }
                    continue;
                }
                11 => {
                    self.keep(&code[kept..at])?;
                    return Some(End::Returned);
                }
                // With four operands it composes an accented letter of two others.
                ENDCHAR if self.operands.len() < 4 => {
                    self.keep(&code[kept..=at])?;
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
                12 if matches!(code.get(at + 1), Some(34..=37)) => 2,
                _ => return None,
            };
            self.operands.clear();
            at += length;
        }
        self.keep(code.get(kept..at)?)?;
        Some(End::Returned)
    }

    fn keep(&mut self, code: &[u8]) -> Option<()> {
        self.out.extend_from_slice(code);
        (self.out.len() <= LONGEST).then_some(())
    }

    /// Everything before it is in `out`, the number of the subroutine last.
    fn call(&mut self, is_global: bool, depth: u8) -> Option<End> {
        self.calls += 1;
        let (length, number) = self.operands.pop().filter(|_| depth < DEPTH && self.calls < CALLS)?;
        self.out.truncate(self.out.len().checked_sub(usize::from(length))?);
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

/// Length and value of the number at the start; a fraction, which calls nothing, has the least value.
fn number(code: &[u8]) -> Option<(u8, i32)> {
    let first = i32::from(code[0]);
    let second = || code.get(1).copied().map(i32::from);
    Some(match first {
        28 => (3, i32::from(i16::from_be_bytes([*code.get(1)?, *code.get(2)?]))),
        32..=246 => (1, first - 139),
        247..=250 => (2, (first - 247) * 256 + second()? + 108),
        251..=254 => (2, -(first - 251) * 256 - second()? - 108),
        _ => (5, i32::MIN),
    })
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
