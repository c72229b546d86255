//! banxin (版心): articles in Chinese and other CJK languages into PDF, EPUB and Markdown.
//!
//! A pure pipeline turns one source into one artifact; `ARCHITECTURE.md` has the map.

pub mod batch;
pub mod cli;
pub mod config;
pub mod convert;
pub mod diagnostics;
pub mod document;
pub mod edition;
pub mod encoding;
pub mod error;
pub mod flanking;
pub mod font;
pub mod format;
pub mod language;
pub mod layout;
pub mod length;
pub mod line_join;
pub mod options;
pub mod readers;
pub mod resources;
pub mod source;
pub mod themes;
pub mod transforms;
pub mod writers;
pub mod xml;
