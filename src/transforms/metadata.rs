//! Keeps the lists of the metadata to a length that a title page and a catalogue can bear.

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::Document;

/// Entries of one list; the longest author lists of papers in physics have some five thousand.
const MOST: usize = 10_000;

/// Contributors and keywords beyond the limit are left out: every writer repeats them in several places.
pub fn metadata(document: &mut Document, diagnostics: &mut Diagnostics) {
    let metadata = &mut document.metadata;
    shorten(&mut metadata.contributors, "contributors", diagnostics);
    shorten(&mut metadata.keywords, "keywords", diagnostics);
}

fn shorten<T>(list: &mut Vec<T>, what: &str, diagnostics: &mut Diagnostics) {
    let found = list.len();
    if found > MOST {
        list.truncate(MOST);
        let message = format!("the document names {found} {what}; those after the first {MOST} are left out");
        diagnostics.warn(Loss::Dropped, "long-metadata", None, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_beyond_the_limit_is_cut_and_said() {
        let mut document = Document::default();
        document.metadata.keywords = vec!["词".to_owned(); MOST + 1];
        let mut diagnostics = Diagnostics::new();
        metadata(&mut document, &mut diagnostics);
        assert_eq!(document.metadata.keywords.len(), MOST);
        assert_eq!(diagnostics.entries()[0].code, "long-metadata");
    }
}
