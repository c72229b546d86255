//! Tests of command_line through the public door.
