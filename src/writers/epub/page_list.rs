//! The pages of the printed edition, marked in the text and listed (EPUB 3.3 §7.4.3; EPUB Accessibility 1.1 §4).

use crate::document::{Attributes, Block, BlockKind, Document, Inline};
use crate::options::PageStart;
use crate::writers::html::markup::PRINTED_PAGE;

/// Letters of a page's start that must be found, the second where the first are not.
const SOUGHT: [usize; 3] = [24, 12, 6];
/// How far from where it is expected a page's start may be, in letters: mathematics and other drawn text count otherwise
/// in print.
const STRAY: usize = 4_000;

/// A page as the lists name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPage {
    /// As printed.
    pub label: String,
    /// Anchor of the mark.
    pub anchor: String,
}

/// The document with a mark at the start of each page, and the pages in order.
pub fn marked(document: &Document, starts: &[PageStart]) -> (Document, Vec<ListedPage>) {
    let mut document = document.clone();
    let mut letters = Vec::new();
    visit(&mut document.blocks, &mut |inline| letters.extend(own_text(inline).chars().filter(is_letter)));
    let mut marks: Vec<(usize, ListedPage)> = Vec::new();
    let (mut expected_from, mut found_at) = (0, 0);
    for start in starts {
        let expected = (found_at + start.letter.saturating_sub(expected_from)).min(letters.len());
        if let Some(found) = find(&letters, start, expected, found_at) {
            (expected_from, found_at) = (start.letter, found);
            let anchor = format!("printed page {}", start.label);
            marks.push((found, ListedPage { label: start.label.clone(), anchor }));
        }
    }
    let mut marking = Marking { marks: &marks, letter: 0 };
    // The heading that is the title is written as words alone: its page is marked at the first text after it.
    let body = match document.title_heading() {
        Some(index) => {
            let (before, body) = document.blocks.split_at_mut(index + 1);
            visit(before, &mut |inline| marking.letter += own_text(inline).chars().filter(is_letter).count());
            body
        }
        None => document.blocks.as_mut_slice(),
    };
    marking.blocks(body);
    let set = marks.len() - marking.marks.len();
    let pages = marks.into_iter().take(set).map(|(_, page)| page).collect();
    (document, pages)
}

/// Where a page starts: at the nearest place to the expected one, not before `least`, where its first letters stand.
fn find(letters: &[char], start: &PageStart, expected: usize, least: usize) -> Option<usize> {
    let following: Vec<char> = start.following.chars().collect();
    for length in SOUGHT.into_iter().filter(|length| *length <= following.len()).chain([following.len()]) {
        let sought = &following[..length];
        let fits = |at: usize| letters[at..].starts_with(sought);
        let forward = (expected..letters.len().min(expected + STRAY)).find(|at| fits(*at));
        let back = (expected.saturating_sub(STRAY).max(least)..expected).rev().find(|at| fits(*at));
        let nearest = [forward, back].into_iter().flatten().min_by_key(|at| at.abs_diff(expected));
        if nearest.is_some() {
            return nearest;
        }
    }
    None
}

fn is_letter(character: &char) -> bool {
    character.is_alphanumeric()
}

/// What an inline says itself, as print has it; nothing for those that hold others.
fn own_text(inline: &Inline) -> std::borrow::Cow<'_, str> {
    match inline {
        Inline::Text(text) | Inline::Code(text) => text.into(),
        Inline::Ruby { pairs, .. } => pairs.iter().map(|pair| pair.base.as_str()).collect::<String>().into(),
        _ => "".into(),
    }
}

/// Every inline of the flow that says something itself, in reading order; code blocks as one.
fn visit(blocks: &mut [Block], each: &mut impl FnMut(&Inline)) {
    struct Visit<'a, F>(&'a mut F);
    impl<F: FnMut(&Inline)> Flow for Visit<'_, F> {
        fn code(&mut self, text: &str) {
            (self.0)(&Inline::Code(text.to_owned()));
        }
        fn inlines(&mut self, inlines: &mut Vec<Inline>) {
            for inline in inlines {
                (self.0)(inline);
                if let Some(children) = inline.children_mut() {
                    self.inlines(children);
                }
            }
        }
    }
    Visit(each).blocks(blocks);
}

/// A walk through the flow in reading order.
trait Flow {
    fn code(&mut self, text: &str);
    fn inlines(&mut self, inlines: &mut Vec<Inline>);

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => self.inlines(content),
                BlockKind::Quote { blocks, attribution } => {
                    self.blocks(blocks);
                    self.inlines(attribution);
                }
                BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                BlockKind::Definitions { items } => {
                    for item in items {
                        item.terms.iter_mut().for_each(|term| self.inlines(term));
                        item.definitions.iter_mut().for_each(|blocks| self.blocks(blocks));
                    }
                }
                BlockKind::Table(table) => {
                    self.inlines(&mut table.caption);
                    let rows = table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot);
                    rows.flat_map(|row| &mut row.cells).for_each(|cell| self.blocks(&mut cell.blocks));
                }
                BlockKind::Code { text, .. } => self.code(text),
                BlockKind::Figure { blocks, caption } => {
                    self.blocks(blocks);
                    self.inlines(caption);
                }
                BlockKind::Verse { lines } => lines.iter_mut().for_each(|line| self.inlines(line)),
                BlockKind::Box { title, blocks, .. } => {
                    self.inlines(title);
                    self.blocks(blocks);
                }
                BlockKind::Math { .. } | BlockKind::Raw { .. } | BlockKind::ThematicBreak | BlockKind::PageBreak => {}
            }
        }
    }
}

/// Sets marks, each before its letter, or where that is in code or a reading's base, before what holds it or after.
struct Marking<'a> {
    /// Those not set yet, by letter.
    marks: &'a [(usize, ListedPage)],
    letter: usize,
}

impl Marking<'_> {
    /// The marks due before so many further letters.
    fn due(&mut self, letters: usize) -> &[(usize, ListedPage)] {
        let count = self.marks.partition_point(|(letter, _)| *letter < self.letter + letters);
        let (due, left) = self.marks.split_at(count);
        self.marks = left;
        due
    }

    fn text(&mut self, text: &str, out: &mut Vec<Inline>) {
        let letters = text.chars().filter(is_letter).count();
        let first = self.letter;
        let mut rest = text;
        let mut passed = first;
        for (letter, page) in self.due(letters) {
            let before: usize = rest
                .char_indices()
                .filter(|(_, character)| is_letter(character))
                .nth(letter.saturating_sub(passed))
                .map_or(0, |(at, _)| at);
            // An opening bracket goes with what it opens.
            let opening = |c: char| "（「『《〈【〔“‘([{".contains(c);
            let at = rest[..before].trim_end_matches(opening).len();
            if at > 0 {
                out.push(Inline::Text(rest[..at].to_owned()));
            }
            passed += rest[..at].chars().filter(is_letter).count();
            rest = &rest[at..];
            out.push(mark(page));
        }
        if !rest.is_empty() {
            out.push(Inline::Text(rest.to_owned()));
        }
        self.letter = first + letters;
    }
}

impl Flow for Marking<'_> {
    /// A mark within code stands at the next text after it.
    fn code(&mut self, text: &str) {
        self.letter += text.chars().filter(is_letter).count();
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(inlines.len());
        for mut inline in std::mem::take(inlines) {
            if let Inline::Text(text) = &inline {
                self.text(text, &mut out);
                continue;
            }
            let letters = own_text(&inline).chars().filter(is_letter).count();
            if letters > 0 {
                out.extend(self.due(letters).iter().map(|(_, page)| mark(page)));
                self.letter += letters;
            }
            if let Some(children) = inline.children_mut() {
                self.inlines(children);
            }
            out.push(inline);
        }
        *inlines = out;
    }
}

fn mark(page: &ListedPage) -> Inline {
    let attributes = Attributes {
        id: Some(page.anchor.clone()),
        language: None,
        classes: vec![PRINTED_PAGE.to_owned()],
        pairs: [(PRINTED_PAGE.to_owned(), page.label.clone())].into(),
    };
    Inline::span(attributes, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain_text;

    fn start(label: &str, letter: usize, following: &str) -> PageStart {
        PageStart { label: label.to_owned(), letter, following: following.to_owned() }
    }

    #[test]
    fn pages_are_marked_where_their_first_letters_stand() {
        let text = "天地玄黄，宇宙洪荒。（日月盈昃，辰宿列张。";
        let ruby = Inline::Ruby {
            pairs: vec![crate::document::RubyPair { base: "寒来".into(), annotation: "hán".into() }],
            position: Default::default(),
        };
        let blocks = vec![
            Block::paragraph(vec![Inline::text(text), Inline::Strong(vec![ruby, Inline::text("暑往")])]),
            BlockKind::Code { language: None, text: "秋收 冬藏".into() }.into(),
            Block::paragraph(vec![Inline::text("闰余成岁。")]),
        ];
        let document = Document { blocks, ..Document::default() };
        let starts = [
            start("1", 0, "天地玄黄宇宙洪荒日月盈昃"),
            start("2", 8, "日月盈昃辰宿"),
            start("3", 19, "来暑往秋收冬藏"),
            start("4", 21, "收冬藏闰余成岁"),
            start("5", 999, "不在书中的字"),
        ];
        let (marked, pages) = marked(&document, &starts);
        assert_eq!(pages.iter().map(|page| page.label.as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4"]);
        let mut seen = Vec::new();
        crate::document::walk_inlines(&marked.blocks, &mut |inlines| collect(inlines, &mut String::new(), &mut seen));
        let expected = [("1", ""), ("2", "天地玄黄，宇宙洪荒。"), ("3", ""), ("4", "")];
        assert_eq!(seen, expected.map(|(label, before)| (label.to_owned(), before.to_owned())));
        let words = |document: &Document| {
            {
                document.blocks.iter().map(|block| match &block.kind {
                    BlockKind::Paragraph { content, .. } => plain_text(content),
                    _ => String::new(),
                })
            }
            .collect::<String>()
        };
        assert_eq!(words(&marked), words(&document), "no letter is lost");
    }

    /// Each mark with the text before it among its siblings.
    fn collect(inlines: &[Inline], before: &mut String, seen: &mut Vec<(String, String)>) {
        for inline in inlines {
            match inline {
                Inline::Span(span) => {
                    seen.push((span.attributes.pairs[PRINTED_PAGE].clone(), before.clone()));
                }
                Inline::Text(text) => before.push_str(text),
                other => collect(other.children(), &mut String::new(), seen),
            }
        }
    }
}
