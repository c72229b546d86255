//! What krilla 0.8 cannot say, or says wrongly, mended in its finished objects.

use super::ruby;

/// Change one object of the file: its bytes between `obj` and `endobj`.
pub(super) fn amend(object: &mut Vec<u8>) {
    ruby::rename(object);
    if object.starts_with(b"<</Type/Catalog") {
        // False is what is meant without it, and poppler 22 takes any false for a broken file.
        replace(object, b"/Suspects false", b"");
        if position(object, b"/ViewerPreferences").is_none() {
            replace(object, b"/Type/Catalog", b"/Type/Catalog/ViewerPreferences<</DisplayDocTitle true>>");
        }
    } else if object.len() < 200 {
        // The name of the namespace as ISO 32000-2 §14.8.6.3 has it.
        replace(object, b"(https://www.iso.org/pdf2/ssn)", b"(http://iso.org/pdf2/ssn)");
    }
}

fn position(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).position(|window| window == words)
}

fn replace(object: &mut Vec<u8>, old: &[u8], new: &[u8]) {
    if let Some(at) = position(object, old) {
        object.splice(at..at + old.len(), new.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amended(object: &str) -> String {
        let mut object = object.as_bytes().to_vec();
        amend(&mut object);
        String::from_utf8(object).expect("ASCII")
    }

    #[test]
    fn the_catalog_shows_the_title_and_suspects_nothing() {
        assert_eq!(
            amended("<</Type/Catalog/MarkInfo<</Marked true/Suspects false>>>>"),
            "<</Type/Catalog/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>>>"
        );
        let shown = "<</Type/Catalog/ViewerPreferences<</DisplayDocTitle true>>>>";
        assert_eq!(amended(shown), shown);
    }

    #[test]
    fn the_namespace_has_its_own_name() {
        assert_eq!(
            amended("<</Type/Namespace/NS(https://www.iso.org/pdf2/ssn)>>"),
            "<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>"
        );
    }
}
