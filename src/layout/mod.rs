//! Layout: a document becomes pages of positioned items. It knows no PDF.
//!
//! Blocks → [`galley`] (one endless column of rows) → [`page`] (rows dealt to pages, with notes and running heads).
//! The [`structure`] says what the items on the pages are, in reading order.

pub mod frame;
pub mod galley;
pub mod inline;
pub mod page;
pub mod structure;
pub mod style;

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, count_characters};
use crate::edition::Edition;
use crate::length::Length;
use crate::options::Limits;
use crate::themes::Contents;
use frame::{Page, Point};
use galley::{ContentsEntry, Setter, is_book, set_contents, set_title_page};
use page::{Furnishing, MadeUp, PlacedHeading, furnish, make_up};
use structure::{Role, Structure};

/// A document as pages.
#[derive(Debug, Default)]
pub struct Layout {
    pub pages: Vec<Page>,
    pub structure: Structure,
    /// Headings of the document itself, in order, with their pages.
    pub bookmarks: Vec<Bookmark>,
}

/// A heading and where it stands.
#[derive(Clone, Debug)]
pub struct Bookmark {
    pub level: u8,
    pub words: String,
    /// Index among all pages.
    pub page: usize,
    pub at: Point,
}

/// Why there are no pages.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    #[error("it makes more than {0} pages; raise --limit-pages to allow it")]
    TooManyPages(usize),
    #[error(
        "the document has {count} characters, more than the {limit} of one PDF; raise --limit-characters to allow it"
    )]
    TooManyCharacters { count: usize, limit: usize },
    #[error("its pages have {count} elements and links, more than {limit}; raise --limit-nodes to allow it")]
    TooManyElements { count: usize, limit: usize },
}

/// Elements that a link counts for: it is an element, an annotation and often a place to lead to.
const LINK_COST: usize = 3;

/// Set a document in an edition.
///
/// Errors when it has more characters or makes more pages, elements and links than the limits allow. When the limits' stop sign goes up, what
/// it gives is not whole.
pub fn lay_out(
    document: &Document,
    edition: &Edition,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<Layout, LayoutError> {
    let (page_limit, limit) = (limits.pages, limits.characters);
    let count = count_characters(document);
    if count > limit {
        return Err(LayoutError::TooManyCharacters { count, limit });
    }
    let theme = edition.theme.clone();
    let longest = Length(theme.depth().0.saturating_mul(i64::try_from(page_limit + 1).unwrap_or(i64::MAX)));
    let book = is_book(document);
    let mut setter = Setter::new(document, edition, count, limits.stop.clone(), diagnostics);
    let title_page = if book { set_title_page(&mut setter) } else { None };
    let contents_part = setter.structure.add(Structure::ROOT, Role::Part);
    let title_heading = if book { None } else { setter.title_block() };
    setter.body(title_heading, longest);
    let galley = setter.take_galley();
    let mut body = make_up(galley, &theme, page_limit);
    let running = Furnishing { title: document.title(), is_book: book, ..Furnishing::default() };
    furnish(&mut body, &running, &mut setter, &theme);
    let mut front = MadeUp::default();
    let has_contents = match theme.contents {
        Contents::Books => book,
        Contents::Always => true,
        Contents::Never => false,
    };
    if title_page.is_some() || has_contents {
        let front_running =
            Furnishing { front_matter: true, title_page: title_page.is_some(), ..Furnishing::default() };
        if let Some(title_page) = title_page {
            front.append(make_up(title_page, &theme, page_limit));
        }
        let entries = contents_entries(&body);
        if has_contents && !entries.is_empty() {
            let contents = set_contents(&mut setter, &entries, contents_part);
            front.append(make_up(contents, &theme, page_limit));
        }
        furnish(&mut front, &front_running, &mut setter, &theme);
    }
    let structure = setter.into_structure();
    report_overfull(front.overfull + body.overfull, diagnostics);
    let before = front.pages.len();
    let top = body.headings.iter().filter(|placed| placed.heading.top_level);
    let bookmarks = top.map(|placed| bookmark(placed, before)).collect();
    let mut pages = front.pages;
    pages.append(&mut body.pages);
    if pages.is_empty() {
        let (width, height) = theme.page.paper;
        pages.push(Page { width, height, ..Page::default() });
    }
    if pages.len() > page_limit {
        return Err(LayoutError::TooManyPages(page_limit));
    }
    let count = structure.elements() + LINK_COST * pages.iter().map(|page| page.links.len()).sum::<usize>();
    if count > limits.nodes {
        return Err(LayoutError::TooManyElements { count, limit: limits.nodes });
    }
    Ok(Layout { pages, structure, bookmarks })
}

fn bookmark(placed: &PlacedHeading, before: usize) -> Bookmark {
    let PlacedHeading { heading, page, at } = placed;
    Bookmark { level: heading.level, words: heading.words.clone(), page: page + before, at: *at }
}

fn contents_entries(body: &MadeUp) -> Vec<ContentsEntry> {
    let top = body.headings.iter().filter(|placed| placed.heading.top_level);
    let entry = |placed: &PlacedHeading| ContentsEntry {
        level: placed.heading.level,
        words: placed.heading.words.clone(),
        id: placed.heading.id.clone(),
        page: body.pages[placed.page].number.written(),
    };
    top.map(entry).collect()
}

fn report_overfull(rows: usize, diagnostics: &mut Diagnostics) {
    if rows > 0 {
        let message = format!("{rows} strips are taller than a page and run over its foot");
        diagnostics.warn(Loss::Overfull, "overfull-page", None, message);
    }
}
