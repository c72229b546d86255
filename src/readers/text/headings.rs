//! Ranks of headings: the nesting of their families in this document, not a fixed order.

use super::number::{FAMILIES, Family};

/// What a heading is numbered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Numbered(Family, u32),
    Bare,
    /// Without a number, and with text of its own before the next heading.
    Filled,
    /// 前言, 后记: a part of the whole by its words.
    Named,
}

/// Levels of headings in their order, counted from 1.
///
/// Chapters of a book get 1; the first rank of an article, or of a law with its numbered articles, gets 2: the title
/// outranks it.
pub(super) fn levels(kinds: &[Kind], is_law: bool) -> Vec<usize> {
    let mut order: Vec<Family> = Vec::new();
    for kind in kinds {
        if let Kind::Numbered(family, _) = kind
            && !order.contains(family)
        {
            order.push(*family);
        }
    }
    // Divisions outrank the rest and keep their own order; the others come as they nest.
    order.sort_by_key(|family| if family.names_a_division() { *family as usize } else { FAMILIES });
    // 第一部分 and PART 1 without chapters part an article.
    let is_book = order.iter().any(|family| family.is_of_a_book() && *family != Family::Part) && !is_law;
    let base = if is_book { 1 } else { 2 };
    let bare = bare_rank(kinds, &order);
    let shift = |rank: usize| if bare.is_some_and(|bare| rank >= bare) { rank + 1 } else { rank };
    let level = |kind: &Kind| {
        let rank = match kind {
            Kind::Numbered(family, _) => shift(order.iter().position(|one| one == family).unwrap_or(0)),
            Kind::Bare | Kind::Filled => bare.unwrap_or(0),
            Kind::Named => 0,
        };
        base + rank
    };
    let mut levels: Vec<usize> = kinds.iter().map(level).collect();
    close_gaps(&mut levels, base);
    levels
}

/// Among the ranks of numbered families, that of bare headings; None where they share the first.
///
/// A bare heading before the first member of a run outranks that run, unless it has text of its own and the run begins
/// but once; one between two members is inside it.
fn bare_rank(kinds: &[Kind], order: &[Family]) -> Option<usize> {
    let mut above = [0i32; FAMILIES];
    let mut last = [0u32; FAMILIES];
    let mut waiting = 0;
    let mut any = false;
    let mut filled = false;
    for kind in kinds {
        match kind {
            Kind::Bare => (waiting, any, filled) = (waiting + 1, true, false),
            Kind::Filled => (waiting, any, filled) = (waiting + 1, true, true),
            Kind::Numbered(family, value) => {
                let slot = *family as usize;
                let starts = *value <= 1 || *value <= last[slot];
                // Before the first of all, a preface may stand: that says nothing.
                let beside = filled && starts && last[slot] == 0;
                if waiting > 0 && !beside && (!starts || last[slot] > 0 || !family.names_a_division()) {
                    above[slot] += if starts { waiting } else { -waiting };
                }
                last[slot] = *value;
                waiting = 0;
            }
            Kind::Named => waiting = 0,
        }
    }
    if !any || order.is_empty() {
        return None;
    }
    let rank = order.iter().position(|family| above[*family as usize] > 0);
    let voted = order.iter().any(|family| above[*family as usize] != 0);
    match rank {
        Some(rank) => Some(rank),
        None if voted || order[0].names_a_division() => Some(order.len()),
        None => None,
    }
}

/// No heading is more than one level below the one before it.
fn close_gaps(levels: &mut [usize], base: usize) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for level in levels {
        while open.last().is_some_and(|(original, _)| *original >= *level) {
            open.pop();
        }
        let closed = open.last().map_or(base, |(_, closed)| closed + 1);
        open.push((*level, closed));
        *level = closed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_nesting_of_this_document() {
        use Family::*;
        use Kind::{Bare, Named, Numbered};
        let official = [
            Numbered(ChineseComma, 1),
            Numbered(ChineseBrackets, 1),
            Numbered(ChineseBrackets, 2),
            Numbered(ChineseComma, 2),
        ];
        assert_eq!(levels(&official, false), [2, 3, 3, 2]);
        let novel = [
            Named,
            Numbered(Volume, 1),
            Numbered(Chapter, 1),
            Numbered(Chapter, 2),
            Numbered(Volume, 2),
            Numbered(Chapter, 3),
        ];
        assert_eq!(levels(&novel, false), [1, 1, 2, 2, 1, 2]);
        let inside = [Numbered(Chapter, 1), Bare, Bare, Numbered(Chapter, 2), Bare];
        assert_eq!(levels(&inside, false), [1, 2, 2, 1, 2]);
        let outside = [Bare, Numbered(Decimal, 1), Numbered(Decimal, 2), Bare, Numbered(Decimal, 1)];
        assert_eq!(levels(&outside, false), [2, 3, 3, 2, 3]);
        assert_eq!(levels(&[Bare, Bare], false), [2, 2]);
    }
}
