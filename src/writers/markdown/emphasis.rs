//! Chooses the delimiters of emphasis so that a parser finds the nodes again that were written.
//!
//! The inlines of one line of text come as a flat list of pieces. The delimiter algorithm of CommonMark (§6.2, appendix)
//! is run over them; a node it does not find again gets the other delimiter, then HTML tags, which always work.

use std::collections::{BTreeMap, BTreeSet};

use super::escape::REFERENCES;
use crate::flanking::{Flanking, FlankingRule, is_unicode_punctuation};

/// One piece of a line, in order.
#[derive(Debug)]
pub enum Piece {
    /// Characters of the text, still to be escaped.
    Text(String),
    /// Source that is complete: code, links' brackets, pictures, raw HTML.
    Source(String),
    /// A line break that is meant.
    Break,
    Open(Delimited),
    Close(Delimited),
}

/// A node that has delimiters, by its number in [`Nodes`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delimited(pub usize);

/// What is emphasised how; a number per node.
#[derive(Debug, Default)]
pub struct Nodes {
    styles: Vec<Style>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Star,
    Underscore,
    DoubleStar,
    DoubleUnderscore,
    DoubleTilde,
    /// `<em>`, `<strong>` and `<del>`.
    Tag(&'static str),
}

impl Style {
    fn delimiter(self) -> Option<(char, usize)> {
        match self {
            Style::Star => Some(('*', 1)),
            Style::Underscore => Some(('_', 1)),
            Style::DoubleStar => Some(('*', 2)),
            Style::DoubleUnderscore => Some(('_', 2)),
            Style::DoubleTilde => Some(('~', 2)),
            Style::Tag(_) => None,
        }
    }

    fn next(self) -> Style {
        match self {
            Style::Star => Style::Underscore,
            Style::DoubleStar => Style::DoubleUnderscore,
            Style::Underscore | Style::DoubleUnderscore | Style::DoubleTilde => self.as_tag(),
            Style::Tag(_) => self,
        }
    }

    fn as_tag(self) -> Style {
        match self {
            Style::Star | Style::Underscore => Style::Tag("em"),
            Style::DoubleStar | Style::DoubleUnderscore => Style::Tag("strong"),
            Style::DoubleTilde => Style::Tag("del"),
            Style::Tag(_) => self,
        }
    }
}

impl Nodes {
    pub fn add(&mut self, style: Style) -> Delimited {
        self.styles.push(style);
        Delimited(self.styles.len() - 1)
    }

    /// The source of a node's start.
    pub fn start(&self, node: Delimited) -> String {
        match self.styles[node.0] {
            Style::Tag(name) => format!("<{name}>"),
            style => self.delimiters(style),
        }
    }

    /// The source of a node's end.
    pub fn end(&self, node: Delimited) -> String {
        match self.styles[node.0] {
            Style::Tag(name) => format!("</{name}>"),
            style => self.delimiters(style),
        }
    }

    /// Whether only an element can say a node here.
    pub fn is_tag(&self, node: Delimited) -> bool {
        matches!(self.styles[node.0], Style::Tag(_))
    }

    fn delimiters(&self, style: Style) -> String {
        style.delimiter().map(|(one, count)| one.to_string().repeat(count)).unwrap_or_default()
    }

    /// Change styles until every node of `pieces` is found again. The pieces are those a parser resolves together: the
    /// text of a link is resolved by itself.
    pub fn settle(&mut self, pieces: &[Piece], rule: FlankingRule) {
        let is_ours = |piece: &&Piece| matches!(piece, Piece::Open(_));
        if pieces.iter().find(is_ours).is_none() {
            return;
        }
        // Most lines are right at once; each round mends the first node that is not.
        for round in 0.. {
            let wrong = self.wrong(pieces, rule);
            let Some(first) = wrong.first() else { return };
            match round {
                0..16 => {
                    let style = self.styles[first.0];
                    self.styles[first.0] = style.next();
                }
                16 => wrong.iter().for_each(|node| self.styles[node.0] = self.styles[node.0].as_tag()),
                _ => {
                    self.styles.iter_mut().for_each(|style| *style = style.as_tag());
                    return;
                }
            }
        }
    }

    /// Nodes the parser would not find where they were meant, the one to change first at the front.
    fn wrong(&self, pieces: &[Piece], rule: FlankingRule) -> Vec<Delimited> {
        let runs = self.runs(pieces, rule);
        let found = resolve(&runs);
        let mut wanted: Vec<(Delimited, Span)> = Vec::new();
        let mut open: Vec<(Delimited, usize)> = Vec::new();
        for run in &runs {
            for (offset, mark) in run.marks.iter().enumerate() {
                match mark {
                    Mark::Open(node) if open.last().is_none_or(|(last, _)| last != node) => {
                        open.push((*node, run.start + offset));
                    }
                    Mark::Close(node) => {
                        if let Some((_, start)) = open.pop_if(|(last, _)| last == node) {
                            wanted.push((*node, (start, run.start + offset)));
                        }
                    }
                    Mark::Open(_) => {}
                }
            }
        }
        let mut wrong: Vec<(Delimited, Span)> =
            wanted.into_iter().filter(|(_, span)| found.binary_search(span).is_err()).collect();
        wrong.sort_by_key(|(_, span)| *span);
        let mut nodes: Vec<Delimited> = wrong.into_iter().map(|(node, _)| node).collect();
        // Of nodes whose delimiters run together the weaker gives way: `**_x_**`, not `__*x*__`.
        if let Some(first) = nodes.first().copied() {
            let shared = runs.iter().filter(|run| run.marks.iter().any(|mark| mark.node() == first));
            let beside: BTreeSet<usize> = shared.flat_map(|run| run.marks.iter().map(|mark| mark.node().0)).collect();
            let is_weaker = |node: &Delimited| self.styles[node.0] == Style::Star && beside.contains(&node.0);
            if let Some(weaker) = nodes.iter().position(is_weaker) {
                nodes.swap(0, weaker);
            }
        }
        nodes
    }

    fn runs(&self, pieces: &[Piece], rule: FlankingRule) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut before = String::new();
        let mut position = 0;
        for piece in pieces {
            let (node, is_open) = match piece {
                Piece::Open(node) => (*node, true),
                Piece::Close(node) => (*node, false),
                Piece::Text(text) | Piece::Source(text) => {
                    if text.is_empty() {
                        continue;
                    }
                    self.end_run(&mut runs, if starts_with_reference(text) { "&" } else { text }, rule);
                    before.clear();
                    before.extend(last_two(text));
                    if text.ends_with(REFERENCES) {
                        before.push(';');
                    }
                    position += 1;
                    continue;
                }
                Piece::Break => {
                    self.end_run(&mut runs, "\\", rule);
                    before.clear();
                    position += 1;
                    continue;
                }
            };
            let Some((delimiter, count)) = self.styles[node.0].delimiter() else {
                self.end_run(&mut runs, "<", rule);
                before.clear();
                before.push('>');
                position += 1;
                continue;
            };
            let joins = runs.last().is_some_and(|run| run.delimiter == delimiter && run.is_growing);
            if !joins {
                self.end_run(&mut runs, &delimiter.to_string(), rule);
                let before = std::mem::take(&mut before);
                runs.push(Run { delimiter, start: position, before, ..Run::default() });
            }
            let run = runs.last_mut().expect("one was pushed");
            let mark = if is_open { Mark::Open(node) } else { Mark::Close(node) };
            run.marks.extend(std::iter::repeat_n(mark, count));
            position += count;
            before.clear();
            before.push(delimiter);
        }
        self.end_run(&mut runs, "", rule);
        runs
    }

    /// The run that grows has its right neighbour now: say whether it can open and close.
    fn end_run(&self, runs: &mut [Run], after: &str, rule: FlankingRule) {
        let Some(run) = runs.last_mut().filter(|run| run.is_growing) else { return };
        run.is_growing = false;
        let Flanking { left, right } = Flanking::between(&run.before, after, rule);
        // Tildes come in twos only; more at the start of a line would even be a fence.
        if run.delimiter == '~' && run.marks.len() != 2 {
            return;
        }
        let is_underscore = run.delimiter == '_';
        let punctuation = |one: Option<char>| one.is_some_and(is_unicode_punctuation);
        run.can_open = left && (!is_underscore || !right || punctuation(run.before.chars().next_back()));
        run.can_close = right && (!is_underscore || !left || punctuation(after.chars().next()));
    }
}

/// Whether the text begins with a character that is written as a character reference.
fn starts_with_reference(text: &str) -> bool {
    text.starts_with(REFERENCES)
}

fn last_two(text: &str) -> impl Iterator<Item = char> {
    let start = text.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    text[start..].chars()
}

/// Positions of the first delimiter character of a node's start, and of its end.
type Span = (usize, usize);

/// A delimiter run: delimiters of one character with nothing between.
#[derive(Debug)]
struct Run {
    delimiter: char,
    start: usize,
    before: String,
    marks: Vec<Mark>,
    is_growing: bool,
    can_open: bool,
    can_close: bool,
}

impl Default for Run {
    fn default() -> Run {
        Run {
            delimiter: '*',
            start: 0,
            before: String::new(),
            marks: Vec::new(),
            is_growing: true,
            can_open: false,
            can_close: false,
        }
    }
}

/// What one delimiter character is meant to be.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Open(Delimited),
    Close(Delimited),
}

impl Mark {
    fn node(self) -> Delimited {
        match self {
            Mark::Open(node) | Mark::Close(node) => node,
        }
    }
}

/// What the algorithm of CommonMark makes of the runs: the spans of all nodes, ascending.
///
/// Linear: openers that a closer of a kind could not find are not looked for again (`openers_bottom`).
fn resolve(runs: &[Run]) -> Vec<Span> {
    let mut spans = Vec::new();
    // Index and characters left of each opener still possible.
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let mut bottoms = BTreeMap::new();
    for (index, run) in runs.iter().enumerate() {
        let length = run.marks.len();
        let mut left = length;
        while run.can_close && left > 0 {
            let kind = (run.delimiter, run.can_open, length % 3);
            let bottom = bottoms.get(&kind).copied().unwrap_or(0usize).min(stack.len());
            let matching = stack[bottom..].iter().rposition(|(opener, rest)| {
                let opener = &runs[*opener];
                let sum_forbids = (opener.can_close || run.can_open)
                    && (opener.marks.len() + length).is_multiple_of(3)
                    && !(opener.marks.len().is_multiple_of(3) && length % 3 == 0);
                let tilde_fits = run.delimiter != '~' || *rest == left;
                opener.delimiter == run.delimiter && tilde_fits && (run.delimiter == '~' || !sum_forbids)
            });
            let Some(found) = matching.map(|at| at + bottom) else {
                bottoms.insert(kind, stack.len());
                break;
            };
            stack.truncate(found + 1);
            bottoms.values_mut().for_each(|bottom| *bottom = (*bottom).min(found + 1));
            let (opener, rest) = stack[found];
            let used = if rest >= 2 && left >= 2 { 2 } else { 1 };
            // The innermost characters go first: the last of the opener, the first of the closer.
            spans.push((runs[opener].start + rest - used, run.start + length - left));
            stack[found].1 -= used;
            if stack[found].1 == 0 {
                stack.pop();
            }
            left -= used;
        }
        if run.can_open && left > 0 {
            stack.push((index, left));
        }
    }
    spans.sort_unstable();
    spans
}
