//! The faces a document is set in: bundled and the user's own, loaded once and shared.

mod bundled;
pub mod cff;
mod face;
mod fallback;
mod outline;
mod shape;
mod subset;

use std::any::Any;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

pub use face::{Extents, Face, FaceId, FontData, FontError, GlyphId, Ink, Role, Slant, Weight};
pub use outline::{LineDirection, PathStep, TextOutline, text_outline};
pub use shape::{RunKind, ShapedGlyph, Shaper};
pub use subset::{SubsetError, subset, subset_glyphs, subset_program};

/// All faces of an edition, in a fixed order.
#[derive(Debug, Default)]
pub struct FontBook {
    faces: Vec<Face>,
    /// What was learnt about the faces by those who are done with them.
    learnt: Mutex<Vec<Box<dyn Any + Send>>>,
}

impl FontBook {
    /// The bundled faces. Release builds carry them; debug builds read `fonts/` of the source tree on first use.
    pub fn bundled() -> FontBook {
        FontBook { faces: bundled::faces(), learnt: Mutex::default() }
    }

    /// Add every face found directly in a folder, in order of file name; collections give all their faces.
    ///
    /// Errors when the folder or a font file in it cannot be read.
    pub fn add_directory(&mut self, folder: &Path) -> Result<(), FontError> {
        // Which face has a character may be another one now.
        self.learnt = Mutex::default();
        self.faces.extend(face::load_directory(folder)?);
        Ok(())
    }

    /// Leave what was learnt about these faces, and follows from them alone, for whoever sets the next document.
    pub(crate) fn leave<T: Any + Send>(&self, learnt: T) {
        self.learnt.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(learnt));
    }

    /// Take up what was left; nothing when it is all taken.
    pub(crate) fn take_up<T: Any + Send>(&self) -> Option<T> {
        let mut learnt = self.learnt.lock().unwrap_or_else(PoisonError::into_inner);
        let last = learnt.iter().rposition(|one| one.is::<T>())?;
        learnt.swap_remove(last).downcast().ok().map(|one| *one)
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
