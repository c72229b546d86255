//! The composer: rules of clreq by their names, proofs of whole paragraphs, and laws on generated text.

mod adjustment;
mod characters;
mod clreq;
mod interlinear;
mod kinsoku;
mod laws;
mod marks;
mod pages;
mod paragraphs;
mod setting;
mod western;
mod widths;
