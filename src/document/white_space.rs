//! White space of markup to spaces of text: runs collapse, soft breaks between ideographs vanish, indents go.

use super::Inline;

/// Settle the white space of one paragraph's raw inlines; its ends and the ends of its lines carry none afterwards.
///
/// A run of white space becomes one space, or nothing where it has a line break between two characters that are set
/// without spaces (CSS Text 4 §4.1.3). Runs with an ideographic space keep one of these; a single no-break space stays
/// one between characters other than ideographs. Spaces at the edge of a marked part move out of it.
pub fn settle(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut inlines = inlines;
    let mut pieces = Vec::new();
    take_pieces(&mut inlines, 0, &mut pieces);
    collapse(&mut pieces);
    let mut pieces = pieces.into_iter();
    let mut settled = Vec::with_capacity(inlines.len());
    put_back(inlines, &mut pieces, &mut settled);
    trim_breaks(&mut settled);
    settled
}

/// A stretch of text, or something that takes its place in the line.
enum Piece {
    Text {
        depth: usize,
        text: String,
    },
    /// An image, a formula, code: not white space.
    Solid(char),
    Break,
    /// Takes no place: a note reference, an anchor.
    Nothing,
}

fn take_pieces(inlines: &mut [Inline], depth: usize, pieces: &mut Vec<Piece>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => pieces.push(Piece::Text { depth, text: std::mem::take(text) }),
            Inline::LineBreak => pieces.push(Piece::Break),
            Inline::NoteReference(_) | Inline::Raw { .. } => pieces.push(Piece::Nothing),
            Inline::Ruby { pairs, .. } => {
                let last = pairs.iter().rev().find_map(|pair| pair.base.chars().last());
                pieces.push(last.map_or(Piece::Nothing, Piece::Solid));
            }
            Inline::Image(_) | Inline::Code(_) | Inline::Math(_) => pieces.push(Piece::Solid('x')),
            other => {
                if let Some(children) = other.children_mut() {
                    take_pieces(children, depth + 1, pieces);
                }
            }
        }
    }
}

/// White space met since the last character that is none.
#[derive(Default)]
struct Gap {
    /// The least nested piece with some of it, and how deep that is.
    place: Option<(usize, usize)>,
    soft_break: bool,
    ideographic: bool,
    no_break: bool,
    length: usize,
}

fn collapse(pieces: &mut [Piece]) {
    let mut before: Option<char> = None;
    let mut gap = Gap::default();
    for index in 0..pieces.len() {
        match &mut pieces[index] {
            Piece::Text { depth, text } => {
                let depth = *depth;
                let raw = std::mem::take(text);
                for character in raw.chars() {
                    if is_ignorable(character) {
                        continue;
                    }
                    if !is_space(character) {
                        close_gap(pieces, &mut gap, before, character);
                        let Piece::Text { text, .. } = &mut pieces[index] else { continue };
                        text.push(character);
                        before = Some(character);
                        continue;
                    }
                    gap.soft_break |= matches!(character, '\n' | '\r');
                    gap.ideographic |= character == '\u{3000}';
                    gap.no_break |= character == '\u{a0}';
                    gap.length += 1;
                    if gap.place.is_none_or(|(_, least)| depth < least) {
                        gap.place = Some((index, depth));
                    }
                }
            }
            Piece::Solid(character) => {
                let character = *character;
                close_gap(pieces, &mut gap, before, character);
                before = Some(character);
            }
            Piece::Break => {
                gap = Gap::default();
                before = None;
            }
            Piece::Nothing => {}
        }
    }
}

/// Write what a gap becomes into its place.
fn close_gap(pieces: &mut [Piece], gap: &mut Gap, before: Option<char>, after: char) {
    let gap = std::mem::take(gap);
    let (Some((place, _)), Some(before)) = (gap.place, before) else { return };
    let unspaced = is_unspaced(before, after);
    let space = if gap.ideographic {
        '\u{3000}'
    } else if gap.soft_break && unspaced {
        return;
    } else if gap.no_break && gap.length == 1 && !is_ideographic(before) && !is_ideographic(after) {
        '\u{a0}'
    } else {
        ' '
    };
    if let Piece::Text { text, .. } = &mut pieces[place] {
        text.push(space);
    }
}

fn put_back(inlines: Vec<Inline>, pieces: &mut impl Iterator<Item = Piece>, settled: &mut Vec<Inline>) {
    for mut inline in inlines {
        if let Some(children) = inline.children_mut() {
            let mut inner = Vec::with_capacity(children.len());
            put_back(std::mem::take(children), pieces, &mut inner);
            let before = take_leading(inner.first_mut());
            let after = take_trailing(inner.last_mut());
            inner.retain(|one| !matches!(one, Inline::Text(text) if text.is_empty()));
            let is_empty = inner.is_empty();
            *children = inner;
            push_text(settled, &before);
            if !is_empty || keeps_when_empty(&inline) {
                settled.push(inline);
            }
            push_text(settled, &after);
            continue;
        }
        match (pieces.next(), inline) {
            (Some(Piece::Text { text, .. }), _) => push_text(settled, &text),
            (_, other) => settled.push(other),
        }
    }
}

/// Take the space at the start of a text off it.
fn take_leading(inline: Option<&mut Inline>) -> String {
    let Some(Inline::Text(text)) = inline else { return String::new() };
    match text.chars().next() {
        Some(space @ (' ' | '\u{3000}')) => {
            text.drain(..space.len_utf8());
            space.to_string()
        }
        _ => String::new(),
    }
}

/// Take the space at the end of a text off it.
fn take_trailing(inline: Option<&mut Inline>) -> String {
    let Some(Inline::Text(text)) = inline else { return String::new() };
    match text.chars().next_back() {
        Some(' ' | '\u{3000}') => text.pop().map(String::from).unwrap_or_default(),
        _ => String::new(),
    }
}

fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    if text.is_empty() {
        return;
    }
    match inlines.last_mut() {
        Some(Inline::Text(before)) => {
            // Two runs that met because what stood between them is gone are still one run.
            let joined = if before.ends_with(' ') { text.trim_start_matches(' ') } else { text };
            before.push_str(joined);
        }
        _ => inlines.push(Inline::text(text)),
    }
}

/// An anchor is kept for its name.
fn keeps_when_empty(inline: &Inline) -> bool {
    matches!(inline, Inline::Span(span) if span.attributes.id.is_some())
}

/// Line breaks at the ends of a paragraph mean nothing.
fn trim_breaks(inlines: &mut Vec<Inline>) {
    while matches!(inlines.last(), Some(Inline::LineBreak)) {
        inlines.pop();
    }
    let leading = inlines.iter().take_while(|inline| matches!(inline, Inline::LineBreak)).count();
    inlines.drain(..leading);
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' | '\u{3000}' | '\u{2028}' | '\u{2029}')
        || matches!(character, '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Characters without width or meaning that pages carry along: zero-width spaces, byte order marks, soft hyphens,
/// controls.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{fffc}')
        || (character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}'))
}

/// Whether a soft break between two characters is no space.
fn is_unspaced(before: char, after: char) -> bool {
    let quote = |character| matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·');
    let (left, right) = (is_ideographic(before), is_ideographic(after));
    match (left, right) {
        (true, true) => true,
        (true, false) => quote(after),
        (false, true) => quote(before),
        (false, false) => false,
    }
}

/// Han, kana, bopomofo, their punctuation and full-width forms; not Hangul, which is set with spaces.
pub fn is_ideographic(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{33ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain_text;

    fn settled(text: &str) -> String {
        plain_text(&settle(vec![Inline::text(text)]))
    }

    #[test]
    fn soft_breaks_vanish_between_ideographs_and_are_spaces_elsewhere() {
        assert_eq!(settled("春天\n  来了"), "春天来了");
        assert_eq!(settled("he said\n“好”，\n他说"), "he said “好”，他说");
        assert_eq!(settled("ab\n  cd"), "ab cd");
        assert_eq!(settled("張三 李四"), "張三 李四");
    }

    #[test]
    fn indents_go_and_no_break_spaces_stay_where_they_bind() {
        assert_eq!(settled("\u{3000}\u{3000}正文&"), "正文&");
        assert_eq!(settled("\u{a0}\u{a0}正文\u{a0}"), "正文");
        assert_eq!(settled("10\u{a0}km"), "10\u{a0}km");
        assert_eq!(settled("甲\u{3000}\u{3000}乙"), "甲\u{3000}乙");
    }

    #[test]
    fn spaces_move_out_of_marked_parts() {
        let raw = vec![Inline::text("a"), Inline::Strong(vec![Inline::text(" b ")]), Inline::text(" c")];
        let expected = vec![Inline::text("a "), Inline::Strong(vec![Inline::text("b")]), Inline::text(" c")];
        assert_eq!(settle(raw), expected);
    }
}
