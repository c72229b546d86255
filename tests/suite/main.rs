//! The one integration binary.

mod architecture;
mod command_line;
mod determinism;
mod epub;
mod fonts;
mod glyph_places;
mod hostile;
mod html;
mod html_styles;
mod html_writer;
mod layout;
mod markdown;
mod markdown_law;
mod model;
mod page_proof;
mod pdf;
mod press;
mod reading_order;
mod reports;
mod text;
mod text_encodings;
mod text_gold;
mod translation;
mod user_fonts;
mod xml;
