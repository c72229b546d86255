//! Running heads and page numbers: outside the type area, no head where a chapter opens (JLReq §2.6).

use std::collections::BTreeMap;

use super::MadeUp;
use super::axes::Axes;
use crate::layout::frame::{Furniture, Page, PageNumber, Placed};
use crate::layout::galley::{Row, Setter};
use crate::layout::style::Text;
use crate::length::Length;
use crate::themes::{Alignment, Theme};

/// What running heads say.
#[derive(Clone, Debug, Default)]
pub struct Furnishing {
    pub title: Option<String>,
    /// Right-hand pages name the chapter instead of the title.
    pub is_book: bool,
    pub front_matter: bool,
    /// The first page is a title page and shows no number.
    pub title_page: bool,
}

/// Give every page its number, and a running head unless something opens on it; neither is printed where the margin has
/// no room.
pub fn furnish(made: &mut MadeUp, furnishing: &Furnishing, setter: &mut Setter<'_>, theme: &Theme) {
    let text = Text {
        family: theme.running.face,
        bold: false,
        size: theme.running.size,
        pitch: theme.running.pitch,
        align: Alignment::Center,
    };
    let distance = theme.running_distance();
    let mut heads: BTreeMap<String, Row> = BTreeMap::new();
    let mut chapter: Option<String> = None;
    let mut headings =
        made.headings.iter().filter(|placed| placed.heading.level == 1 && placed.heading.top_level).peekable();
    for (index, page) in made.pages.iter_mut().enumerate() {
        while let Some(placed) = headings.next_if(|placed| placed.page <= index) {
            chapter = Some(placed.heading.words.clone());
        }
        let number = index as u32 + 1;
        page.number = if furnishing.front_matter { PageNumber::Roman(number) } else { PageNumber::Arabic(number) };
        let right_hand = number % 2 == 1;
        let of_chapter = if furnishing.is_book && right_hand { chapter.as_ref() } else { None };
        let Some(distance) = distance else { continue };
        if let Some(words) = of_chapter.or(furnishing.title.as_ref()).filter(|_| !made.opens[index]) {
            let head = match heads.get(words) {
                Some(head) => head,
                None => {
                    let short = shortened(words, usize::from(theme.page.characters));
                    let row = setter.furniture_row(&short, text, Furniture::RunningHead);
                    heads.entry(words.clone()).or_insert(row)
                }
            };
            place(head.clone(), -distance - text.pitch, page, theme);
        }
        if furnishing.title_page && index == 0 {
            continue;
        }
        let words = page.number.written();
        let row = setter.furniture_row(&words, text, Furniture::PageNumber);
        place(row, theme.depth() + distance, page, theme);
    }
}

fn place(row: Row, top: Length, page: &mut Page, theme: &Theme) {
    let axes = Axes::horizontal(theme);
    for mark in row.marks {
        let at = axes.point(mark.inline, top + mark.block);
        page.items.push(Placed { at, owner: mark.owner, item: mark.item });
    }
}

/// At most so many characters, the rest as an ellipsis: a running head is one line.
fn shortened(words: &str, characters: usize) -> String {
    let most = characters.saturating_sub(2).max(4);
    if words.chars().count() <= most {
        return words.to_owned();
    }
    words.chars().take(most - 2).chain("……".chars()).collect()
}
