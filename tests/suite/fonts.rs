//! Tests of fonts through the public door.
