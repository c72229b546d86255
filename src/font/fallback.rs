//! Which face sets a character its own face has not.

use super::{FaceId, FontBook, Role, Slant, Weight};

/// Roles asked after the wished one, in order: the same script's other styles first.
const HAN_ORDER: [Role; 9] =
    [Role::Song, Role::Hei, Role::Kai, Role::User, Role::Latin, Role::Math, Role::Symbols, Role::Emoji, Role::Mono];
const LATIN_ORDER: [Role; 9] =
    [Role::Latin, Role::User, Role::Song, Role::Math, Role::Symbols, Role::Hei, Role::Mono, Role::Kai, Role::Emoji];

impl FontBook {
    /// The face of emoji, when it has one for a character.
    pub fn emoji_face(&self, character: char) -> Option<FaceId> {
        let (id, face) = self.faces().find(|(_, face)| face.role == Role::Emoji)?;
        face.glyph(character).map(|_| id)
    }

    /// The face for a character: the wished one when it has it, else the nearest that has, else none.
    pub fn face_for(&self, character: char, role: Role, weight: Weight, slant: Slant) -> Option<FaceId> {
        let order = if matches!(role, Role::Song | Role::Hei | Role::Kai) { HAN_ORDER } else { LATIN_ORDER };
        let by_role = std::iter::once(role).chain(order).map(|role| self.choose(role, weight, slant));
        let all = self.faces().map(|(id, _)| id);
        by_role.chain(all).find(|id| self.face(*id).glyph(character).is_some())
    }
}
