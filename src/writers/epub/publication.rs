//! What all files of one EPUB share, and the start of each.

use std::sync::Arc;

use super::page_list::ListedPage;
use crate::document::Document;
use crate::themes::Theme;
use crate::writers::html::anchors::Anchors;
use crate::writers::html::escape::{attribute, escape};
use crate::writers::html::labels::Labels;

/// One EPUB in the making.
pub struct Publication<'a> {
    pub document: &'a Document,
    pub title: String,
    /// BCP 47.
    pub language: String,
    pub labels: &'static Labels,
    /// `urn:uuid:…`
    pub identifier: String,
    /// Seconds since 1970.
    pub timestamp: i64,
    pub vertical: bool,
    pub theme: Arc<Theme>,
    pub anchors: Anchors,
    /// Pages of the printed edition, in order.
    pub pages: Vec<ListedPage>,
}

impl Publication<'_> {
    /// An XHTML file up to and with `<body>`; `class` is the body's, when not empty.
    pub fn head(&self, title: &str, class: &str) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html");
        out.push_str(" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
        attribute("lang", &self.language, &mut out);
        attribute("xml:lang", &self.language, &mut out);
        out.push_str(">\n<head>\n<title>");
        escape(title, &mut out);
        out.push_str("</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body");
        if !class.is_empty() {
            attribute("class", class, &mut out);
        }
        out.push_str(">\n");
        out
    }
}
