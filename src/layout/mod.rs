//! Layout: a document becomes pages of positioned items. It knows no PDF.

pub mod inline;
