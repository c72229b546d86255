//! Tests of text through the public door.
