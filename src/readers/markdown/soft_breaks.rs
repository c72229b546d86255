//! Joins the lines of a paragraph: a line break between CJK characters leaves nothing, any other one space.

use crate::document::Inline;
use crate::line_join::joins_without_space;

/// Stands for a soft break in a text until its paragraph is complete; no text of the model has one.
pub const SOFT_BREAK: char = '\n';

/// Replace the soft breaks in a complete list of inlines.
pub fn join(inlines: &mut Vec<Inline>) {
    let mut neighbours = Vec::new();
    collect(inlines, &mut None, &mut neighbours, &mut 0);
    let mut decisions = neighbours.into_iter().map(|sides| match sides {
        (Some(before), Some(after)) => joins_without_space(before, after),
        // At the edge of a line nothing is parted.
        _ => true,
    });
    apply(inlines, &mut decisions);
}

type Sides = (Option<char>, Option<char>);

/// The visible characters around each soft break, in order. `open` counts breaks still without a character after them.
fn collect(inlines: &[Inline], last: &mut Option<char>, found: &mut Vec<Sides>, open: &mut usize) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                // Only the characters beside a break matter.
                for (index, line) in text.split(SOFT_BREAK).enumerate() {
                    if index > 0 {
                        see(SOFT_BREAK, last, found, open);
                    }
                    if let (Some(first), Some(end)) = (line.chars().next(), line.chars().next_back()) {
                        see(first, last, found, open);
                        see(end, last, found, open);
                    }
                }
            }
            Inline::Code(_) | Inline::Math(_) | Inline::Image(_) => see('x', last, found, open),
            Inline::Ruby { pairs, .. } => {
                pairs.iter().flat_map(|pair| pair.base.chars()).for_each(|one| see(one, last, found, open));
            }
            Inline::NoteReference(_) | Inline::Raw { .. } => {}
            Inline::LineBreak => {
                *open = 0;
                *last = None;
            }
            wrapper => collect(wrapper.children(), last, found, open),
        }
    }
}

fn see(one: char, last: &mut Option<char>, found: &mut Vec<Sides>, open: &mut usize) {
    if one == SOFT_BREAK {
        found.push((*last, None));
        *open += 1;
        return;
    }
    let before_open = found.len() - *open;
    found[before_open..].iter_mut().for_each(|sides| sides.1 = Some(one));
    *open = 0;
    *last = Some(one);
}

fn apply(inlines: &mut Vec<Inline>, without_space: &mut impl Iterator<Item = bool>) {
    for inline in inlines.iter_mut() {
        match inline {
            Inline::Text(text) if text.contains(SOFT_BREAK) => {
                let mut joined = String::with_capacity(text.len());
                for (index, line) in text.split(SOFT_BREAK).enumerate() {
                    if index > 0 && without_space.next() != Some(true) {
                        joined.push(' ');
                    }
                    joined.push_str(line);
                }
                *text = joined;
            }
            other => {
                if let Some(children) = other.children_mut() {
                    apply(children, without_space);
                }
            }
        }
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}
