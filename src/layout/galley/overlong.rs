//! A paragraph of more text than a book is set in pieces, so that the composer's tables stay small.

use std::mem;

use crate::document::Inline;

/// Characters set at a time. No paragraph that someone wrote is longer; where one of a hostile file is cut, a line ends.
const PIECE: usize = 100_000;

/// The inlines in pieces of at most [`PIECE`] characters; nothing when they are one.
pub(super) fn pieces(content: &[Inline]) -> Option<Vec<Vec<Inline>>> {
    if weight(content) <= PIECE {
        return None;
    }
    let mut cutter = Cutter::default();
    cutter.cut(content);
    cutter.end_piece();
    Some(cutter.pieces)
}

/// How many characters; a node that is none counts as one.
fn weight(content: &[Inline]) -> usize {
    let of = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().count(),
        other => 1 + weight(other.children()),
    };
    content.iter().map(of).sum()
}

#[derive(Default)]
struct Cutter {
    pieces: Vec<Vec<Inline>>,
    /// The piece at hand: for each wrapper that is open, and for the paragraph itself, what it holds so far.
    open: Vec<(Inline, Vec<Inline>)>,
    piece: Vec<Inline>,
    room: usize,
}

impl Cutter {
    fn cut(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.cut_text(text, Inline::Text),
                Inline::Code(text) => self.cut_text(text, Inline::Code),
                other if other.children().is_empty() => self.push(other.clone(), 1),
                other => {
                    let mut empty = other.clone();
                    if let Some(children) = empty.children_mut() {
                        children.clear();
                    }
                    self.open.push((empty, Vec::new()));
                    self.cut(other.children());
                    if let Some((wrapper, inner)) = self.open.pop() {
                        self.put(filled(wrapper, inner));
                    }
                }
            }
        }
    }

    fn cut_text(&mut self, text: &str, kind: fn(String) -> Inline) {
        let mut rest = text;
        while !rest.is_empty() {
            if self.room == 0 {
                self.end_piece();
            }
            let end = rest.char_indices().nth(self.room).map_or(rest.len(), |(end, _)| end);
            let (now, later) = rest.split_at(end);
            self.push(kind(now.to_owned()), now.chars().count());
            rest = later;
        }
    }

    fn push(&mut self, inline: Inline, weight: usize) {
        if self.room == 0 {
            self.end_piece();
        }
        self.room = self.room.saturating_sub(weight);
        self.put(inline);
    }

    fn put(&mut self, inline: Inline) {
        match self.open.last_mut() {
            Some((_, inner)) => inner.push(inline),
            None => self.piece.push(inline),
        }
    }

    /// Close every wrapper for this piece, and open it again for the next.
    fn end_piece(&mut self) {
        let mut inside: Option<Inline> = None;
        for (wrapper, inner) in self.open.iter_mut().rev() {
            let mut inner = mem::take(inner);
            inner.extend(inside.take());
            if !inner.is_empty() {
                inside = Some(filled(wrapper.clone(), inner));
            }
        }
        self.piece.extend(inside);
        if !self.piece.is_empty() {
            self.pieces.push(mem::take(&mut self.piece));
        }
        self.room = PIECE;
    }
}

fn filled(mut wrapper: Inline, inner: Vec<Inline>) -> Inline {
    if let Some(children) = wrapper.children_mut() {
        *children = inner;
    }
    wrapper
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain_text;

    #[test]
    fn nothing_is_lost_or_moved_where_an_overlong_paragraph_is_cut() {
        let long: String = (0..PIECE * 2 + 7).map(|n| char::from(b'a' + (n % 26) as u8)).collect();
        let content = [
            Inline::text("首"),
            Inline::Strong(vec![Inline::text("一"), Inline::Emphasis(vec![Inline::text(long)]), Inline::text("二")]),
            Inline::text("尾"),
        ];
        let pieces = pieces(&content).expect("it is long");
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.iter().map(|piece| plain_text(piece)).collect::<String>(), plain_text(&content));
        assert!(
            pieces
                .iter()
                .all(|piece| piece.iter().map(|one| weight(std::slice::from_ref(one))).sum::<usize>() <= PIECE + 4)
        );
        assert!(matches!(&pieces[1][..], [Inline::Strong(inner)] if matches!(&inner[..], [Inline::Emphasis(_)])));
    }

    #[test]
    fn a_paragraph_as_people_write_them_is_left_alone() {
        assert!(pieces(&[Inline::text("春风又绿江南岸。".repeat(1000))]).is_none());
    }
}
