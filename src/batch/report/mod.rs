//! Outcomes for machines: JSON lines, JUnit XML, SARIF and GitHub annotations.

mod github;
mod json_lines;
mod junit;
mod sarif;

pub use github::annotations;
pub use json_lines::{Line, Summary, line};
pub use junit::junit;
pub use sarif::sarif;
