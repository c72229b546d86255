//! Tests of html through the public door.
