//! The composer: rules of clreq by their names, proofs of whole paragraphs, and laws on generated text.

mod laws;
mod paragraphs;
mod setting;
