//! Tests of determinism through the public door.
