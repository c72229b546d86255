//! One theme's measures.

/// Measures and styles of pages and e-books.
#[derive(Clone, Debug, Default)]
pub struct Theme {}
