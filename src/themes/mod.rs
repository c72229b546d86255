//! Themes: the measures and styles a document is set with.
//!
//! A theme is a folder with a `theme.toml` (and, for e-books, a `book.css`). The classic theme is bundled; a user's theme
//! is the same folder anywhere and says only what differs from the classic one.

mod load;
mod measure;
mod page_setup;
mod theme;

pub use load::{ThemeError, load};
pub use page_setup::{PageSetup, length, paper, type_size};
pub use theme::{
    Alignment, BodyStyle, Colors, Contents, CoverColors, Family, Rgb, RunningStyle, TextStyle, Theme, TypeArea,
};
