//! The faces krilla is given, and the font programs that stand in the file.
//!
//! krilla is given hollow faces where there are some ([`crate::font::cff`]): it learns all it writes about a face from its
//! metrics, and the programs it makes of them are exchanged for those of the real outlines once the file is finished.

use std::collections::BTreeMap;

use krilla::text::{Font, Tag};

use super::super::pack;
use crate::font::{FaceId, FontBook, SubsetError, cff, subset_program};
use crate::options::PdfCompression;

/// Faces as krilla holds them, each opened when it is first used.
pub(super) struct Faces<'a> {
    book: &'a FontBook,
    shown: BTreeMap<FaceId, Font>,
    outlined: BTreeMap<FaceId, Font>,
}

impl<'a> Faces<'a> {
    pub fn of(book: &'a FontBook) -> Faces<'a> {
        Faces { book, shown: BTreeMap::new(), outlined: BTreeMap::new() }
    }

    /// A face for text.
    pub fn shown(&mut self, id: FaceId) -> Font {
        let open = || match self.book.face(id).hollow() {
            Some(bytes) => Font::new(bytes.clone().into(), 0).expect("it was made as a font"),
            None => outlined(self.book, id),
        };
        self.shown.entry(id).or_insert_with(open).clone()
    }

    /// A face for glyphs that are drawn as shapes.
    pub fn outlined(&mut self, id: FaceId) -> Font {
        self.outlined.entry(id).or_insert_with(|| outlined(self.book, id)).clone()
    }
}

fn outlined(book: &FontBook, id: FaceId) -> Font {
    let face = book.face(id);
    let variations: Vec<_> = face.variations().iter().map(|(tag, value)| (Tag::new(tag), *value)).collect();
    let font = Font::new_variable(face.data().clone().into(), face.index(), &variations);
    font.expect("every face was opened when it was loaded")
}

/// In the dictionary of a face's program.
pub(super) const KIND: &str = "/Subtype/CIDFontType0C";

/// Put the outlines into an object that holds a hollow face's program; any other object is left as it is.
///
/// Errors when the outlines of the face are broken.
pub(super) fn fill(object: &mut Vec<u8>, book: &FontBook, effort: PdfCompression) -> Result<(), SubsetError> {
    let Some(hollow) = pack::inflated(object, KIND.as_bytes()) else { return Ok(()) };
    let found = book.faces().find_map(|(_, face)| Some((face, cff::shown(face, &hollow)?)));
    if let Some((face, glyphs)) = found {
        let program = subset_program(face, &glyphs)?;
        *object = pack::stream(KIND, &program, effort);
    }
    Ok(())
}
