//! Where each page begins in the running text, for editions without pages that are made in the same run.

use crate::layout::Layout;
use crate::layout::frame::{Item, Owner, PageNumber};
use crate::layout::structure::{Child, Role, Structure};
use crate::options::PageStart;

/// Letters of the page's text by which its start is found again.
const FOLLOWING: usize = 24;

/// The start of every page of the body that has text; pages without any (plates) begin where the next one does.
///
/// The text is that of the structure in reading order without notes, contents, list labels and readings: what stands in
/// the flow, whatever page notes and repeated heads fall on.
pub fn page_starts(layout: &Layout) -> Vec<PageStart> {
    let order = flow(&layout.structure);
    let mut pieces: Vec<(usize, usize, String)> = Vec::new();
    for (index, page) in layout.pages.iter().enumerate() {
        for placed in &page.items {
            let (Owner::Content(content), Item::Glyphs(run)) = (placed.owner, &placed.item) else { continue };
            let Some(place) = order.get(content.0 as usize).copied().flatten().filter(|_| !run.ornament) else {
                continue;
            };
            let of_glyph = |range: &std::ops::Range<u32>| run.text.get(range.start as usize..range.end as usize);
            let text: String = run.glyphs.iter().filter_map(|glyph| of_glyph(&glyph.text)).collect();
            pieces.push((place, index, text));
        }
    }
    // Pieces of one content stay in the order of the pages.
    pieces.sort_by_key(|(place, page, _)| (*place, *page));
    let mut letters: Vec<char> = Vec::new();
    let mut first: Vec<Option<usize>> = vec![None; layout.pages.len()];
    for (_, page, text) in &pieces {
        let start = letters.len();
        letters.extend(text.chars().filter(|character| character.is_alphanumeric()));
        if letters.len() > start {
            first[*page].get_or_insert(start);
        }
    }
    let mut starts = Vec::new();
    let mut next = None;
    for (page, first) in layout.pages.iter().zip(first).rev() {
        next = match (first, next) {
            (Some(first), Some(next)) => Some(first.min(next)),
            (first, next) => first.or(next),
        };
        if let (Some(letter), PageNumber::Arabic(_)) = (next, page.number) {
            let following = letters[letter..].iter().take(FOLLOWING).collect();
            starts.push(PageStart { label: page.number.written(), letter, following });
        }
    }
    starts.reverse();
    starts
}

/// For each run of content its place in the flow; none for what stands outside it.
fn flow(structure: &Structure) -> Vec<Option<usize>> {
    let mut order = vec![None; structure.contents()];
    let mut place = 0;
    let mut waiting = vec![Child::Node(Structure::ROOT)];
    while let Some(child) = waiting.pop() {
        match child {
            Child::Content(content) => {
                order[content.0 as usize] = Some(place);
                place += 1;
            }
            Child::Node(id) => {
                let node = structure.node(id);
                if !matches!(node.role, Role::Note | Role::Contents | Role::Label | Role::RubyText | Role::Title) {
                    waiting.extend(node.children.iter().rev());
                }
            }
        }
    }
    order
}
