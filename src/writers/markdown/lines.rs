//! Puts the source of a paragraph into lines: as one, within a width, or a sentence a line.
//!
//! Lines are broken only where the reader joins them to the same text again.

use unicode_width::UnicodeWidthStr;

use super::dialect::Dialect;
use super::escape::block_start;
use crate::line_join::joins_without_space;
use crate::options::Wrap;

/// How lines are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFill {
    None,
    /// At most so many columns, what stands before the lines not counted.
    Columns(usize),
    Sentence,
}

impl LineFill {
    /// The fill of a paragraph behind a prefix of so many columns.
    pub fn of(wrap: Wrap, prefix: usize) -> LineFill {
        match wrap {
            Wrap::None => LineFill::None,
            Wrap::Columns(columns) => LineFill::Columns(columns.saturating_sub(prefix).max(8)),
            Wrap::Sentence => LineFill::Sentence,
        }
    }
}

/// Which lines can start a block, and must be kept from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    None,
    /// Those behind a break of one's own: the first goes on with a line that is begun.
    Later,
    All,
}

/// Lines being filled.
#[derive(Debug)]
pub struct Lines {
    fill: LineFill,
    guard: Guard,
    lines: Vec<Line>,
    /// What has no place to break in it yet, and whether a space goes before it.
    word: String,
    space_before_word: bool,
    word_is_text: bool,
}

#[derive(Debug, Default)]
struct Line {
    source: String,
    width: usize,
    /// It starts with text and not with source of our own.
    starts_with_text: bool,
}

impl Lines {
    pub fn new(fill: LineFill, guard: Guard) -> Lines {
        Lines {
            fill,
            guard,
            lines: vec![Line::default()],
            word: String::new(),
            space_before_word: false,
            word_is_text: true,
        }
    }

    /// Escaped text.
    pub fn text(&mut self, text: &str, dialect: &Dialect) {
        if self.fill == LineFill::None {
            return self.push(text, true);
        }
        let mut characters = text.char_indices().peekable();
        let mut start = 0;
        while let Some((at, one)) = characters.next() {
            let end = at + one.len_utf8();
            let next = characters.peek().map(|(_, next)| *next);
            let before = text[..at].chars().next_back().or_else(|| self.last_character());
            if one == ' ' {
                if self.can_break_at_space(before, next) {
                    self.push(&text[start..at], true);
                    self.end_word(true);
                    start = end;
                }
            } else if let Some(next) = next
                && dialect.joins_han
                && self.can_break_between(one, next)
            {
                self.push(&text[start..end], true);
                self.end_word(false);
                start = end;
            }
        }
        self.push(&text[start..], true);
    }

    /// Source that must not be broken, but for line breaks of its own.
    pub fn source(&mut self, source: &str) {
        let mut parts = source.split('\n');
        self.push(parts.next().unwrap_or_default(), false);
        for part in parts {
            self.end_word(false);
            self.lines.push(Line::default());
            self.push(part, false);
        }
    }

    pub fn hard_break(&mut self) {
        self.push("\\", false);
        self.end_word(false);
        self.lines.push(Line::default());
    }

    /// The lines, kept from starting blocks.
    pub fn finish(mut self, dialect: &Dialect) -> Vec<String> {
        self.end_word(false);
        let guard = self.guard;
        let guarded = |(index, line): (usize, Line)| {
            let mut source = line.source;
            let trimmed = source.trim_start_matches([' ', '\t']).len();
            if index > 0 && trimmed < source.len() {
                source.drain(..source.len() - trimmed);
            }
            if (guard == Guard::All || guard == Guard::Later && index > 0)
                && line.starts_with_text
                && let Some(at) = block_start(&source, index == 0, dialect)
            {
                source.insert(at, '\\');
            }
            source
        };
        self.lines.into_iter().enumerate().map(guarded).collect()
    }

    fn push(&mut self, source: &str, is_text: bool) {
        if self.word.is_empty() {
            self.word_is_text = is_text;
        }
        self.word.push_str(source);
    }

    fn last_character(&self) -> Option<char> {
        let line = self.lines.last().map(|line| line.source.as_str()).unwrap_or_default();
        self.word.chars().next_back().or_else(|| line.chars().next_back())
    }

    fn can_break_at_space(&self, before: Option<char>, next: Option<char>) -> bool {
        let ends_sentence = matches!(before, Some('.' | '!' | '?' | '。' | '！' | '？'));
        let (Some(before), Some(next)) = (before, next) else { return false };
        // The line above must not end in what makes a hard break or a heading, nor the next be empty.
        let is_safe = before != ' ' && next != ' ' && before != '\\' && !joins_without_space(before, next);
        is_safe && (self.fill != LineFill::Sentence || ends_sentence)
    }

    fn can_break_between(&self, before: char, next: char) -> bool {
        if !joins_without_space(before, next) || next == ' ' || before.is_ascii() || next.is_ascii() {
            return false;
        }
        let opens = "（「『《〈【〔“‘";
        let closes = "，。、；：？！）」』》〉】〕”’…—·";
        match self.fill {
            LineFill::Sentence => {
                let ends = |one: char| "。！？…".contains(one) || "」』”’）".contains(one) && self.ends_sentence();
                ends(before) && !closes.contains(next)
            }
            _ => !opens.contains(before) && !closes.contains(next),
        }
    }

    /// Whether the word so far ends a sentence behind closing marks.
    fn ends_sentence(&self) -> bool {
        self.word.trim_end_matches(['」', '』', '”', '’', '）']).ends_with(['。', '！', '？', '…'])
    }

    /// The word is complete: put it on the line, or on a new one.
    fn end_word(&mut self, space_after: bool) {
        let word = std::mem::take(&mut self.word);
        let space = std::mem::replace(&mut self.space_before_word, space_after);
        if word.is_empty() {
            self.space_before_word |= space;
            return;
        }
        let width = word.width();
        let line = self.lines.last().expect("there is always a line");
        let is_full = match self.fill {
            LineFill::None => false,
            LineFill::Columns(columns) => line.width + usize::from(space) + width > columns,
            LineFill::Sentence => true,
        };
        if is_full && !line.source.is_empty() {
            self.lines.push(Line::default());
        }
        let line = self.lines.last_mut().expect("there is always a line");
        if line.source.is_empty() {
            line.starts_with_text = self.word_is_text;
        } else if space {
            line.source.push(' ');
            line.width += 1;
        }
        line.source.push_str(&word);
        line.width += width;
    }
}
