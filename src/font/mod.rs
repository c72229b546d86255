//! The faces a document is set in: bundled and the user's own, loaded once and shared.

mod bundled;
pub mod cff;
mod face;
mod fallback;
mod outline;
mod shape;
mod subset;

use std::path::Path;

pub use face::{Extents, Face, FaceId, FontData, FontError, GlyphId, Ink, Role, Slant, Weight};
pub use outline::{LineDirection, PathStep, TextOutline, text_outline};
pub use shape::{RunKind, ShapedGlyph, Shaper};
pub use subset::{SubsetError, subset, subset_glyphs, subset_program};

/// All faces of an edition, in a fixed order.
#[derive(Debug, Default)]
pub struct FontBook {
    faces: Vec<Face>,
}

impl FontBook {
    /// The bundled faces. Release builds carry them; debug builds read `fonts/` of the source tree on first use.
    pub fn bundled() -> FontBook {
        FontBook { faces: bundled::faces() }
    }

    /// Add every face found directly in a folder, in order of file name; collections give all their faces.
    ///
    /// Errors when the folder or a font file in it cannot be read.
    pub fn add_directory(&mut self, folder: &Path) -> Result<(), FontError> {
        self.faces.extend(face::load_directory(folder)?);
        Ok(())
    }

    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(index, face)| (FaceId(index as u16), face))
    }

    /// The face of a role that comes nearest to a weight and slant; the first face of the book when none has the role.
    pub fn choose(&self, role: Role, weight: Weight, slant: Slant) -> FaceId {
        let distance = |face: &Face| (face.role != role, face.weight != weight, face.slant != slant);
        self.faces().min_by_key(|(_, face)| distance(face)).map_or(FaceId(0), |(id, _)| id)
    }
}
