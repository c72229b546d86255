//! What a document is set with: theme, fonts and date. Loaded once, shared by all conversions.

use std::sync::Arc;

use crate::font::FontBook;
use crate::themes::Theme;

#[derive(Clone, Debug)]
pub struct Edition {
    pub theme: Arc<Theme>,
    pub fonts: Arc<FontBook>,
    /// Seconds since 1970-01-01 UTC for formats that must carry a time; never the clock's.
    pub timestamp: i64,
}

/// 1980-01-01T00:00:00Z, the earliest time a ZIP entry can carry: used where neither document nor user gives a date.
pub const DEFAULT_TIMESTAMP: i64 = 315_532_800;
