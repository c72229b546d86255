//! Lengths: exact, integral, the same on every machine.
//!
//! A [`Length`] is an absolute distance on paper; an [`Em`] is a ratio that becomes a length once a type size is known.
//! Both count in 1/65536, so halves, quarters and eighths of an em are exact and sums never drift.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// Units in one point, and in one em.
pub const UNITS: i64 = 65_536;

/// A distance in 1/65536 of a PostScript point (1/72 inch).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Length(pub i64);

/// A ratio of the type size in 1/65536 em.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Em(pub i64);

impl Length {
    pub const ZERO: Length = Length(0);

    /// From whole points.
    pub const fn points(points: i64) -> Length {
        Length(points * UNITS)
    }

    /// From a fraction of points, rounded to the nearest unit.
    pub fn from_points(points: f64) -> Length {
        Length((points * UNITS as f64).round() as i64)
    }

    /// From millimetres, rounded to the nearest unit.
    pub fn from_millimetres(millimetres: f64) -> Length {
        Length::from_points(millimetres * 72.0 / 25.4)
    }

    /// In points, for writers and messages; never for further reckoning.
    pub fn to_points(self) -> f64 {
        self.0 as f64 / UNITS as f64
    }

    /// From a face's design units at a type size; `upem` is units per em, never zero.
    pub fn from_font_units(units: i64, upem: u16, size: Length) -> Length {
        size.share(units, i64::from(upem.max(1)))
    }

    /// `part` of `whole` of this length, rounded towards zero; `whole` is never zero.
    pub fn share(self, part: i64, whole: i64) -> Length {
        // 128-bit division is a call: lengths on paper nearly always do without.
        match self.0.checked_mul(part) {
            Some(product) => Length(product / whole),
            None => Length((i128::from(self.0) * i128::from(part) / i128::from(whole)) as i64),
        }
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub fn abs(self) -> Length {
        Length(self.0.abs())
    }
}

impl Em {
    pub const ZERO: Em = Em(0);
    pub const ONE: Em = Em(UNITS);
    pub const HALF: Em = Em(UNITS / 2);
    pub const THIRD: Em = Em(UNITS / 3);
    pub const QUARTER: Em = Em(UNITS / 4);
    pub const EIGHTH: Em = Em(UNITS / 8);

    /// `numerator / denominator` em.
    pub const fn ratio(numerator: i64, denominator: i64) -> Em {
        Em(numerator * UNITS / denominator)
    }

    /// From a decimal number of ems, rounded to the nearest unit.
    pub fn from_ems(ems: f64) -> Em {
        Em((ems * UNITS as f64).round() as i64)
    }

    /// The length this ratio has at a type size.
    pub fn at(self, size: Length) -> Length {
        size.share(self.0, UNITS)
    }
}

macro_rules! arithmetic {
    ($unit:ident) => {
        impl Add for $unit {
            type Output = $unit;
            fn add(self, other: $unit) -> $unit {
                $unit(self.0 + other.0)
            }
        }
        impl Sub for $unit {
            type Output = $unit;
            fn sub(self, other: $unit) -> $unit {
                $unit(self.0 - other.0)
            }
        }
        impl Neg for $unit {
            type Output = $unit;
            fn neg(self) -> $unit {
                $unit(-self.0)
            }
        }
        impl Mul<i64> for $unit {
            type Output = $unit;
            fn mul(self, factor: i64) -> $unit {
                $unit(self.0 * factor)
            }
        }
        impl Div<i64> for $unit {
            type Output = $unit;
            fn div(self, divisor: i64) -> $unit {
                $unit(self.0 / divisor)
            }
        }
        impl AddAssign for $unit {
            fn add_assign(&mut self, other: $unit) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $unit {
            fn sub_assign(&mut self, other: $unit) {
                self.0 -= other.0;
            }
        }
        impl Sum for $unit {
            fn sum<I: Iterator<Item = $unit>>(lengths: I) -> $unit {
                lengths.fold($unit(0), Add::add)
            }
        }
    };
}
arithmetic!(Length);
arithmetic!(Em);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_an_em_are_exact() {
        let size = Length::points(10) + Length::points(1) / 2;
        assert_eq!(Em::QUARTER.at(size) * 4, size);
        assert_eq!(Em::EIGHTH.at(size) * 8, size);
    }
}
