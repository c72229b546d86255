//! Which page goes where: pages on the two sides of sheets, so that the sheets, printed, folded and gathered, read in
//! order. Nothing here knows PDF or lengths.

/// How pages are dealt to sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Sheets folded once and stacked into each other, so many to a signature; all of them without a number, for
    /// saddle stitching.
    Folio { sheets: Option<usize> },
    /// Sheets folded twice, eight pages each; so many stacked into each other to a signature.
    Quarto { sheets: usize },
    /// Pages side by side in reading order, for cutting or for proofs: columns and rows of one side.
    Grid { columns: usize, rows: usize },
}

/// The edge a book is held together at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binding {
    /// Of books whose lines run across.
    #[default]
    Left,
    /// Of books whose lines run down (clreq §2.3).
    Right,
}

/// One side of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub columns: usize,
    pub rows: usize,
    /// Row by row from the top left.
    pub slots: Vec<Slot>,
}

/// The place of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// Index of the page; none is a blank one.
    pub page: Option<usize>,
    /// With its head to the foot of the sheet.
    pub upside_down: bool,
    /// How many leaves of its half signature lie around this one.
    pub depth: usize,
}

impl Scheme {
    /// The sides of all sheets, front and back in turn; the back is printed turned about its upright edge.
    pub fn sides(self, pages: usize, binding: Binding) -> Vec<Side> {
        let mut sides = match self {
            Scheme::Folio { sheets } => signatures(pages, 4, sheets, folio),
            Scheme::Quarto { sheets } => signatures(pages, 8, Some(sheets), quarto),
            Scheme::Grid { columns, rows } => grid(pages, columns.max(1), rows.max(1)),
        };
        if binding == Binding::Right {
            for side in &mut sides {
                let columns = side.columns;
                side.slots.chunks_mut(columns).for_each(<[Slot]>::reverse);
            }
        }
        sides
    }
}

/// Sides of signatures of so many sheets; the last has as many as its pages need.
fn signatures(
    pages: usize,
    to_a_sheet: usize,
    sheets: Option<usize>,
    sheet: fn(usize, usize) -> [Side; 2],
) -> Vec<Side> {
    let needed = pages.div_ceil(to_a_sheet).max(1);
    let most = sheets.unwrap_or(needed).max(1);
    let mut sides = Vec::new();
    let mut first = 0;
    while first < needed {
        let sheets = most.min(needed - first);
        let start = first * to_a_sheet;
        for depth in 0..sheets {
            let [mut front, mut back] = sheet(sheets * to_a_sheet, depth);
            for slot in front.slots.iter_mut().chain(&mut back.slots) {
                slot.page = slot.page.map(|page| start + page).filter(|page| *page < pages);
            }
            sides.extend([front, back]);
        }
        first += sheets;
    }
    sides
}

/// A sheet folded once: the outermost holds the first two and the last two pages.
fn folio(pages: usize, depth: usize) -> [Side; 2] {
    let (low, high) = (2 * depth, pages - 1 - 2 * depth);
    [row(depth, [high, low]), row(depth, [low + 1, high - 1])]
}

/// A sheet folded twice holds what two sheets folded once would, the inner one head down over the outer.
fn quarto(pages: usize, depth: usize) -> [Side; 2] {
    let [outer_front, outer_back] = folio(pages, 2 * depth);
    let [inner_front, inner_back] = folio(pages, 2 * depth + 1);
    // Folding turns the inner one over: its back lies on the front of the sheet.
    let over = |inner: Side, outer: Side| {
        let turned = inner.slots.into_iter().rev().map(|slot| Slot { upside_down: true, ..slot });
        Side { columns: 2, rows: 2, slots: turned.chain(outer.slots).collect() }
    };
    [over(inner_back, outer_front), over(inner_front, outer_back)]
}

fn row(depth: usize, pages: [usize; 2]) -> Side {
    let slots = pages.map(|page| Slot { page: Some(page), upside_down: false, depth }).to_vec();
    Side { columns: 2, rows: 1, slots }
}

fn grid(pages: usize, columns: usize, rows: usize) -> Vec<Side> {
    let to_a_side = columns * rows;
    let slot = |page: usize| Slot { page: (page < pages).then_some(page), ..Slot::default() };
    let side =
        |index: usize| Side { columns, rows, slots: (index * to_a_side..(index + 1) * to_a_side).map(slot).collect() };
    (0..pages.div_ceil(to_a_side).max(1)).map(side).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages of a signature as a reader turns them, by folding real leaves: nothing here knows how pages were dealt.
    ///
    /// A sheet is a stack of surfaces seen from the front. Its back is printed turned about the upright edge, so behind
    /// a slot lies that of the mirrored column.
    fn read(signature: &[Side], binding: Binding) -> Vec<Option<usize>> {
        // Each sheet becomes the leaves of its right half, outermost first, and those of its left half.
        let mut right_leaves = Vec::new();
        let mut left_leaves = Vec::new();
        for sheet in signature.chunks(2) {
            let [front, back] = sheet else { panic!("a sheet has two sides") };
            let slot = |side: &Side, row: usize, column: usize| side.slots[row * 2 + column];
            let behind = |row: usize, column: usize| slot(back, row, 1 - column);
            // From the front: the bottom row, then whatever was folded behind it, each row turned over.
            let stack = |column: usize| {
                let bottom = front.rows - 1;
                let mut surfaces = vec![slot(front, bottom, column), behind(bottom, column)];
                if front.rows == 2 {
                    surfaces.extend([behind(0, column), slot(front, 0, column)]);
                    assert!(slot(front, 0, column).upside_down && behind(0, column).upside_down);
                }
                assert!(!slot(front, bottom, column).upside_down);
                surfaces.into_iter().map(|slot| slot.page).collect::<Vec<_>>()
            };
            let (on_top, under) = match binding {
                Binding::Left => (stack(1), stack(0)),
                Binding::Right => (stack(0), stack(1)),
            };
            right_leaves.push(on_top);
            // The other half is folded behind: its surfaces come in the opposite order.
            left_leaves.push(under.into_iter().rev().collect());
        }
        // Sheets lie inside each other: the first halves from the outside in, the second from the inside out.
        right_leaves.into_iter().chain(left_leaves.into_iter().rev()).flatten().collect()
    }

    fn reads_in_order(scheme: Scheme, sheets: usize, pages: usize, binding: Binding) {
        let sides = scheme.sides(pages, binding);
        assert_eq!(sides.len() % 2, 0);
        let whole: Vec<Option<usize>> = sides.chunks(2 * sheets).flat_map(|one| read(one, binding)).collect();
        let expected = (0..whole.len()).map(|page| (page < pages).then_some(page));
        assert!(expected.eq(whole.iter().copied()), "{scheme:?} of {pages} pages reads {whole:?}");
    }

    #[test]
    fn folded_and_gathered_sheets_read_in_order() {
        for binding in [Binding::Left, Binding::Right] {
            for pages in 1..100 {
                reads_in_order(Scheme::Folio { sheets: None }, usize::MAX / 2, pages, binding);
                for sheets in 1..6 {
                    reads_in_order(Scheme::Folio { sheets: Some(sheets) }, sheets, pages, binding);
                    reads_in_order(Scheme::Quarto { sheets }, sheets, pages, binding);
                }
            }
        }
    }

    #[test]
    fn inner_leaves_lie_deeper() {
        let sides = Scheme::Folio { sheets: None }.sides(12, Binding::Left);
        assert_eq!(sides.iter().map(|side| side.slots[0].depth).collect::<Vec<_>>(), [0, 0, 1, 1, 2, 2]);
        let sides = Scheme::Quarto { sheets: 2 }.sides(16, Binding::Left);
        assert_eq!(sides[2].slots.iter().map(|slot| slot.depth).collect::<Vec<_>>(), [3, 3, 2, 2]);
    }

    #[test]
    fn a_grid_reads_across() {
        let sides = Scheme::Grid { columns: 2, rows: 2 }.sides(5, Binding::Left);
        let pages = |side: &Side| side.slots.iter().map(|slot| slot.page).collect::<Vec<_>>();
        assert_eq!(pages(&sides[0]), [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(pages(&sides[1]), [Some(4), None, None, None]);
        let sides = Scheme::Grid { columns: 2, rows: 1 }.sides(2, Binding::Right);
        assert_eq!(pages(&sides[0]), [Some(1), Some(0)]);
    }
}
