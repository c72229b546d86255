//! How thick paper is, and what follows from it: creep within a signature and the width of a spine.

use crate::length::Length;

/// The paper a book is printed on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stock {
    /// Thickness of one leaf.
    pub caliper: Length,
}

impl Stock {
    /// From grams a square metre and cubic centimetres a gram: what paper makers print on the ream.
    pub fn of_bulk(grammage: f64, bulk: f64) -> Stock {
        Stock { caliper: Length::from_millimetres(grammage * bulk / 1000.0) }
    }

    /// How far a sheet inside others is pushed out at the fold, and so how far its pages go towards it.
    pub fn creep(self, depth: usize) -> Length {
        self.caliper * depth as i64
    }

    /// Width of the spine of so many pages: two to a leaf.
    pub fn spine(self, pages: usize) -> Length {
        self.caliper * pages.div_ceil(2) as i64
    }
}

impl Default for Stock {
    /// Offset paper of 80 g/m² and bulk 1.25.
    fn default() -> Stock {
        Stock::of_bulk(80.0, 1.25)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spine_is_as_wide_as_its_leaves() {
        let stock = Stock::default();
        assert_eq!(stock.caliper, Length::from_millimetres(0.1));
        assert!((stock.spine(321).to_points() - Length::from_millimetres(16.1).to_points()).abs() < 0.01);
        assert_eq!(stock.creep(0), Length::ZERO);
    }
}
