//! banxin (版心): articles in Chinese and other CJK languages into PDF, EPUB and Markdown.
//!
//! A pure pipeline turns one source into one artifact; `ARCHITECTURE.md` has the map.
//!
//! ```
//! use banxin::document::{BlockKind, plain_text, walk_blocks};
//! use banxin::{format::Format, options::ReadOptions, source::Source};
//!
//! let source = Source::from_bytes("a.md", "# 山中\n\n**好。**后文".into());
//! let (document, _) = banxin::read(&source, Some(Format::Markdown), &ReadOptions::default())?;
//! assert_eq!(document.title().as_deref(), Some("山中"));
//!
//! let mut words = Vec::new();
//! walk_blocks(&document.blocks, &mut |block| {
//!     if let BlockKind::Paragraph { content, .. } = &block.kind {
//!         words.push(plain_text(content));
//!     }
//! });
//! assert_eq!(words, ["好。后文"]);
//! # Ok::<(), banxin::error::Error>(())
//! ```
//!
//! [`write`] gives the document's form in any format, set with an [`edition::Edition`].

pub mod addresses;
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
pub mod imposition;
pub mod language;
pub mod layout;
pub mod length;
pub mod line_join;
pub mod options;
pub mod output_profile;
pub mod readers;
pub mod resources;
pub mod source;
pub mod themes;
pub mod transforms;
pub mod writers;
pub mod xml;

pub use convert::{read, write};
pub use document::Document;
