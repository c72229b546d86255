//! Tests of epub through the public door.
