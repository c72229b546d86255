//! The structure types Ruby, RB and RT (ISO 32000-1 §14.8.4.4.3), which krilla 0.8 cannot name.
//!
//! Each is written under the name of a type we never use, at least as long, and renamed in the finished file with
//! spaces for what is left over: no byte moves, so every offset in the file still holds.

use krilla::tagging::{Tag, kind};

/// Stands in for Ruby.
pub(super) const RUBY: Tag<kind::Form> = Tag::Form;
/// Stands in for RB.
pub(super) const BASE: Tag<kind::BibEntry> = Tag::BibEntry;
/// Stands in for RT.
pub(super) const TEXT: Tag<kind::Index> = Tag::Index;

/// How krilla begins a structure element, up to its type.
const ELEMENT: &[u8] = b"<</Type/StructElem/S/";

const NAMES: [(&[u8], &[u8]); 3] = [(b"Form/", b"Ruby/"), (b"BibEntry/", b"RB      /"), (b"Index/", b"RT   /")];

/// Give the stand-ins their names.
pub(super) fn rename(file: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = file[at..].windows(ELEMENT.len()).position(|window| window == ELEMENT) {
        at += found + ELEMENT.len();
        for (stand_in, name) in NAMES {
            if file[at..].starts_with(stand_in) {
                file[at..at + name.len()].copy_from_slice(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_renamed_in_place() {
        let mut file = b"<</Type/StructElem/S/BibEntry/P 1 0 R>> <</Type/StructElem/S/P/P 1 0 R>> /S/Form/".to_vec();
        rename(&mut file);
        assert_eq!(file, b"<</Type/StructElem/S/RB      /P 1 0 R>> <</Type/StructElem/S/P/P 1 0 R>> /S/Form/");
        assert!(NAMES.iter().all(|(stand_in, name)| stand_in.len() == name.len()));
    }
}
