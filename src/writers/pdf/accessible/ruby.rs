//! The structure types Ruby, RB and RT (ISO 32000-1 §14.8.4.4.3), which krilla 0.8 cannot name.
//!
//! Each is written under the name of a type we never use, and renamed in the finished file.

use krilla::tagging::{Tag, kind};

/// Stands in for Ruby.
pub(super) const RUBY: Tag<kind::Form> = Tag::Form;
/// Stands in for RB.
pub(super) const BASE: Tag<kind::BibEntry> = Tag::BibEntry;
/// Stands in for RT.
pub(super) const TEXT: Tag<kind::Index> = Tag::Index;

/// How krilla begins a structure element, up to its type.
const ELEMENT: &[u8] = b"<</Type/StructElem/S/";

const NAMES: [(&[u8], &[u8]); 3] = [(b"Form/", b"Ruby/"), (b"BibEntry/", b"RB/"), (b"Index/", b"RT/")];

/// Give a stand-in its name; any other object is left as it is.
pub(super) fn rename(object: &mut Vec<u8>) {
    let Some(rest) = object.strip_prefix(ELEMENT) else { return };
    if let Some((stand_in, name)) = NAMES.iter().find(|(stand_in, _)| rest.starts_with(stand_in)) {
        object.splice(ELEMENT.len()..ELEMENT.len() + stand_in.len(), name.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(object: &str) -> String {
        let mut object = object.as_bytes().to_vec();
        rename(&mut object);
        String::from_utf8(object).expect("ASCII")
    }

    #[test]
    fn only_stand_ins_are_renamed() {
        assert_eq!(renamed("<</Type/StructElem/S/BibEntry/P 1 0 R>>"), "<</Type/StructElem/S/RB/P 1 0 R>>");
        for other in ["<</Type/StructElem/S/P/P 1 0 R>>", "<</Type/X/S/Form/P 1 0 R>>"] {
            assert_eq!(renamed(other), other);
        }
    }
}
