//! Tests of pdf through the public door.
