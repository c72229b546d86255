//! Tests of markdown through the public door.
