//! Tests of xml through the public door.
