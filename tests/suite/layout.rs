//! Tests of layout through the public door.
