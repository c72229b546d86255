//! Themes: the measures and styles a document is set with.

mod theme;

pub use theme::Theme;
