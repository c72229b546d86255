//! Fills in the document's language where its source does not say it.

use crate::diagnostics::Diagnostics;
use crate::document::{Document, plain_text, walk_inlines};

/// Text that is looked at, in bytes: a book need not be read to its end.
const ENOUGH: usize = 120_000;

/// Sets `metadata.language` from the text itself: title first, then the body. Leaves what the source or the user said.
pub fn language(document: &mut Document, _: &mut Diagnostics) {
    if document.metadata.language.is_some() {
        return;
    }
    let mut text = document.metadata.title.clone().unwrap_or_default();
    for block in &document.blocks {
        walk_inlines(std::slice::from_ref(block), &mut |inlines| {
            if text.len() < ENOUGH {
                text.push('\n');
                text.push_str(&plain_text(inlines));
            }
        });
        if text.len() >= ENOUGH {
            break;
        }
    }
    document.metadata.language = crate::language::detect(&text);
    document.provenance.language_detected = document.metadata.language.is_some();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Inline, Language};

    #[test]
    fn only_a_missing_language_is_filled_in() {
        let blocks = vec![Block::paragraph(vec![Inline::text("渡し場の朝は静かだった。")])];
        let mut document = Document { blocks, ..Document::default() };
        language(&mut document, &mut Diagnostics::new());
        assert_eq!(document.metadata.language, Some(Language::new("ja")));
        assert!(document.provenance.language_detected);
        document.metadata.language = Some(Language::new("zh-Hant-HK"));
        language(&mut document, &mut Diagnostics::new());
        assert_eq!(document.metadata.language, Some(Language::new("zh-Hant-HK")));
    }
}
