//! Delimiters chosen, and the pieces of a list of inlines put together to lines.

use super::emphasis::{Delimited, Nodes, Piece};
use super::escape::{Surroundings, push_escaped};
use super::inlines::{Flat, Place, SPAN_END, SPAN_START};
use super::lines::Lines;
use crate::diagnostics::Loss;

/// How often nodes that need an element are left out before all are.
const ROUNDS: usize = 16;

impl Flat<'_, '_> {
    /// Choose the delimiters and put the pieces together.
    pub(super) fn settled(&mut self, lines: Lines) -> Vec<String> {
        let mut pieces = std::mem::take(&mut self.pieces);
        let mut nodes = std::mem::take(&mut self.nodes);
        self.settle(&mut pieces, &mut nodes);
        self.assemble(&pieces, &nodes, lines, "", "")
    }

    /// Choose the delimiters. What needs an element is only its content where nobody wants HTML.
    pub(super) fn settle(&mut self, pieces: &mut Vec<Piece>, nodes: &mut Nodes) {
        // What is left out changes what stands beside it, and so what its neighbours need.
        for round in 0..=ROUNDS {
            nodes.settle(pieces, self.context.dialect.rule);
            let is_tag = |node: Delimited| nodes.is_tag(node);
            let is_one = |piece: &Piece| matches!(piece, Piece::Open(node) | Piece::Close(node) if is_tag(*node));
            if self.context.dialect.writes_html || !pieces.iter().any(is_one) {
                return;
            }
            let message = "emphasis at this place cannot be said without HTML and was left out";
            self.context.diagnostics.note(Loss::Dropped, "without-html", None, message);
            *pieces = without(std::mem::take(pieces), |node| round == ROUNDS || is_tag(node));
        }
    }

    pub(super) fn assemble(
        &self,
        pieces: &[Piece],
        nodes: &Nodes,
        mut lines: Lines,
        before: &str,
        after: &str,
    ) -> Vec<String> {
        let mut last = before.to_owned();
        let mut spans = 0usize;
        let has_labels = self.context.references.is_some();
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => {
                    let next = match pieces.get(index + 1) {
                        Some(Piece::Source(source)) => source.clone(),
                        Some(Piece::Open(node)) => nodes.start(*node),
                        Some(Piece::Close(node)) => nodes.end(*node),
                        Some(Piece::Break) => "\\".to_owned(),
                        Some(Piece::Text(_)) | None => after.to_owned(),
                    };
                    let around = Surroundings {
                        dialect: self.context.dialect,
                        before: &last,
                        after: &next,
                        in_brackets: self.in_link || spans > 0 || has_labels && text.contains("[link"),
                        in_table: self.place == Place::Cell,
                        pairs: self.pairs,
                    };
                    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
                    push_escaped(&mut escaped, text, &around);
                    lines.text(&escaped, self.context.dialect);
                    last = escaped;
                }
                Piece::Source(source) => {
                    if source == SPAN_START {
                        spans += 1;
                    } else if source.starts_with(SPAN_END) {
                        spans = spans.saturating_sub(1);
                    }
                    lines.source(source);
                    last.clone_from(source);
                }
                Piece::Open(node) => {
                    last = nodes.start(*node);
                    lines.source(&last);
                }
                Piece::Close(node) => {
                    last = nodes.end(*node);
                    lines.source(&last);
                }
                Piece::Break => {
                    lines.hard_break();
                    last.clear();
                }
            }
        }
        lines.finish(self.context.dialect)
    }
}

/// The pieces without the marks of some nodes.
fn without(pieces: Vec<Piece>, is_left_out: impl Fn(Delimited) -> bool) -> Vec<Piece> {
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut was_parted = false;
    for piece in pieces {
        if matches!(piece, Piece::Open(node) | Piece::Close(node) if is_left_out(node)) {
            was_parted = true;
            continue;
        }
        match (kept.last_mut(), &piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(text),
            // Code beside code would be one.
            (Some(Piece::Source(_)), Piece::Source(_)) if was_parted => {
                kept.extend([Piece::Source("<!-- -->".to_owned()), piece]);
            }
            _ => kept.push(piece),
        }
        was_parted = false;
    }
    kept
}
