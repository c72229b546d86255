//! Labelled lines to a document: lines of the same list, stanza or table together, each part with its place.

use super::Analysis;
use super::aside;
use super::features::Ends;
use super::headings::Kind;
use super::labels::{Label, Zone};
use super::levels::levels;
use super::lexicon::Meaning;
use super::lists;
use super::notes::Notes;
use super::number::Family;
use super::repairs::Repairs;
use super::signs::Signs;
use super::spans;
use super::tables;
use crate::diagnostics::{Diagnostics, Loss, Place};
use crate::document::{
    Block, BlockKind, BoxRole, DefinitionItem, Document, Inline, Language, Level, Origin, ParagraphRole, Rare, SetAside,
};

/// Builds the blocks of a document from its lines.
pub(super) struct Builder<'a> {
    pub analysis: &'a Analysis<'a>,
    pub repairs: Repairs,
    pub notes: Notes,
    /// Lines of the body that are not set aside, in order.
    body: Vec<usize>,
    /// Level of each heading line, in order of lines.
    levels: Vec<(usize, usize)>,
    /// The document's language, without script and region.
    primary: String,
    pub set_aside: Vec<SetAside>,
}

/// The blocks, notes and set-aside lines of a file.
pub(super) fn build(
    analysis: &Analysis,
    language: Language,
    repairs: Repairs,
    loose: &[usize],
    document: &mut Document,
    diagnostics: &mut Diagnostics,
) -> Repairs {
    let body: Vec<usize> = (0..analysis.lines.len())
        .filter(|index| {
            let labelled = analysis.labelled[*index];
            labelled.zone == Zone::Body && !matches!(labelled.label, Label::Boilerplate | Label::Meta)
        })
        .collect();
    let (levels, kinds) = levels(analysis, &body);
    report_chapters(analysis, &levels, &kinds, diagnostics);
    let notes = Notes::of(analysis, &body);
    let mut builder =
        Builder { analysis, repairs, notes, body, levels, primary: language.primary(), set_aside: Vec::new() };
    aside::set_aside(&mut builder, loose);
    let count = builder.body.len();
    document.blocks = builder.blocks(0, count);
    trim_breaks(&mut document.blocks);
    document.notes = builder.notes.take();
    document.provenance.set_aside.append(&mut builder.set_aside);
    document.provenance.set_aside.sort_by_key(|aside| aside.origin.map_or(0, |origin| origin.start));
    builder.repairs
}

/// Say which chapters come twice, out of order, or not at all.
fn report_chapters(analysis: &Analysis, levels: &[(usize, usize)], kinds: &[Kind], diagnostics: &mut Diagnostics) {
    let mut last: Option<(u32, usize)> = None;
    for ((index, _), kind) in levels.iter().zip(kinds) {
        let Kind::Numbered(family, value) = kind else { continue };
        match family {
            Family::Part | Family::Volume => last = None,
            Family::Chapter | Family::Episode => {
                let line = &analysis.lines[*index];
                let place = Some(Place { line: line.number, column: 0 });
                match last {
                    Some((before, at)) if *value == before => {
                        let same = if analysis.lines[at].text == line.text { ", with the same title" } else { "" };
                        diagnostics.warn(
                            Loss::Repaired,
                            "repeated-chapter",
                            place,
                            format!("chapter {value} comes twice{same}; both are kept"),
                        );
                    }
                    Some((before, _)) if *value < before && *value != 1 => {
                        diagnostics.warn(
                            Loss::Repaired,
                            "chapter-order",
                            place,
                            format!("chapter {value} stands after chapter {before}; the order is kept"),
                        );
                    }
                    Some((before, _)) if *value > before + 1 => {
                        diagnostics.note(
                            Loss::Repaired,
                            "missing-chapter",
                            place,
                            format!("chapter {value} stands right after chapter {before}"),
                        );
                    }
                    _ => {}
                }
                last = Some((*value, *index));
            }
            _ => {}
        }
    }
}

/// A break at either end, or after another, parts nothing.
fn trim_breaks(blocks: &mut Vec<Block>) {
    let is_break = |block: &Block| block.kind == BlockKind::ThematicBreak;
    blocks.dedup_by(|right, left| is_break(right) && is_break(left));
    if blocks.last().is_some_and(is_break) {
        blocks.pop();
    }
    if blocks.first().is_some_and(is_break) {
        blocks.remove(0);
    }
}

impl<'a> Builder<'a> {
    pub fn label(&self, at: usize) -> Option<Label> {
        self.body.get(at).map(|index| self.analysis.labelled[*index].label)
    }

    pub fn line(&self, at: usize) -> usize {
        self.body[at]
    }

    /// End of the run of lines with the label of the first.
    pub fn run_end(&self, start: usize, end: usize) -> usize {
        let label = self.label(start);
        (start..end).find(|at| self.label(*at) != label).unwrap_or(end)
    }

    pub fn origin(&self, first: usize, last: usize) -> Origin {
        let (first, last) = (&self.analysis.lines[first], &self.analysis.lines[last]);
        Origin::new(first.number, first.start..last.end)
    }

    /// The words of a line from a byte on, repaired, with its notes' references.
    pub fn inlines(&mut self, index: usize, from: usize) -> Vec<Inline> {
        let line = &self.analysis.lines[index];
        let text = self.repairs.mend(&line.text[from..], line.number, from);
        let inlines = self.notes.inlines(text, index);
        let other = Signs::KANA_OR_HANGUL | Signs::FIGURE | Signs::SPACE;
        if self.primary == "zh" && !line.signs.any(other) { inlines } else { spans::marked(inlines, &self.primary) }
    }

    /// The blocks of some lines of the body.
    pub fn blocks(&mut self, start: usize, end: usize) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(end - start);
        let mut at = start;
        while at < end {
            at = self.block(at, end, &mut blocks);
        }
        blocks
    }

    /// Put the block that begins at a line; returns where the next one begins.
    fn block(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let index = self.line(at);
        let origin = self.origin(index, index);
        let label = self.analysis.labelled[index].label;
        let role = match label {
            Label::Paragraph => ParagraphRole::Body,
            Label::Centered => ParagraphRole::Centered,
            Label::Turn if self.speaks_below(at, end) => return self.turn(at, blocks),
            Label::Turn => ParagraphRole::Turn,
            Label::Closing => ParagraphRole::Closing,
            Label::Salutation => ParagraphRole::Salutation,
            Label::Heading => return self.heading(at, end, blocks),
            Label::Item => {
                let run_end = self.run_end(at, end);
                blocks.extend(lists::lists(self, at, run_end));
                return run_end;
            }
            Label::SectionMark => return lists::section_mark(self, at, end, blocks),
            Label::Quote => return self.quote(at, self.run_end(at, end), blocks),
            Label::Verse => return self.verse(at, self.run_end(at, end), blocks),
            Label::Row => return tables::table(self, at, self.run_end(at, end), blocks),
            Label::Post => return self.post(at, end, blocks),
            Label::Caption => return self.caption(at, end, blocks),
            Label::Note => return self.note(at, end, blocks),
            Label::Term => return self.terms(at, end, blocks),
            Label::BoxTitle => return self.boxed(at, end, blocks),
            Label::Separator => {
                blocks.push(Block::from(BlockKind::ThematicBreak).with_origin(origin));
                return at + 1;
            }
            Label::Contents => {
                self.put_aside(index, "contents");
                return at + 1;
            }
            Label::Boilerplate | Label::Meta | Label::Title | Label::Subtitle => return at + 1,
        };
        let content = self.inlines(index, 0);
        let mut block = Block::from(BlockKind::Paragraph { role, content }).with_origin(origin);
        block.attributes.language = self.foreign(index);
        blocks.push(block);
        at + 1
    }

    /// The language of a line where it differs from the document's.
    fn foreign(&self, index: usize) -> Option<Language> {
        let line = &self.analysis.lines[index];
        let primary = self.primary.as_str();
        let letters = line.chars >= 12;
        let found = if line.is_ascii() {
            (letters && primary != "en" && line.text.contains(' ')).then(|| crate::language::detect(&line.text))??
        } else if primary == "zh" && line.signs.any(Signs::KANA_OR_HANGUL) && has_kana_or_hangul(line.text.as_bytes()) {
            crate::language::detect(&line.text)?
        } else if primary != "zh" && spans::is_chinese(&line.text, primary) {
            // Words of it in Latin letters are part of the sentence.
            let han: String = line.text.chars().filter(|c| !c.is_ascii_alphabetic()).collect();
            let mostly = han.chars().count() * 2 > line.chars as usize;
            mostly.then(|| crate::language::detect(&han))??
        } else {
            return None;
        };
        let enough = letters || found.primary() == "zh" && line.chars >= 6;
        (found.primary() != primary && enough).then_some(found)
    }

    /// Whether a line is a speaker's name, and what is said follows.
    fn speaks_below(&self, at: usize, end: usize) -> bool {
        self.analysis.around[self.line(at)].speaker_alone
            && at + 1 < end
            && self.label(at + 1) == Some(Label::Paragraph)
    }

    /// A turn whose speaker stands on a line of his own.
    fn turn(&mut self, at: usize, blocks: &mut Vec<Block>) -> usize {
        let (name, words) = (self.line(at), self.line(at + 1));
        let mut content = self.inlines(name, 0);
        if self.analysis.features[name].ends != Ends::Colon {
            content.push(Inline::LineBreak);
        }
        let said = self.inlines(words, 0);
        lists::join_text(&mut content, said);
        let kind = BlockKind::Paragraph { role: ParagraphRole::Turn, content };
        blocks.push(Block::from(kind).with_origin(self.origin(name, words)));
        at + 2
    }

    /// A post of a thread: who wrote it, and when, over what was written.
    fn post(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let head_end = self.run_end(at, end);
        let next = (head_end..end).find(|at| self.label(*at) == Some(Label::Post)).unwrap_or(end);
        let mut title = String::new();
        for place in at..head_end {
            let line = &self.analysis.lines[self.line(place)];
            title.push_str(if title.is_empty() { "" } else { " " });
            title.push_str(&line.text);
        }
        let inner = self.blocks(head_end, next);
        let origin = self.origin(self.line(at), self.line(next - 1));
        let kind = BlockKind::Box { role: BoxRole::Division, title: vec![Inline::Text(title)].into(), blocks: inner };
        let mut block = Block::from(kind).with_origin(origin);
        block.attributes.classes.push("post".to_owned());
        blocks.push(block);
        next
    }

    pub fn put_aside(&mut self, index: usize, reason: &str) {
        let text = self.analysis.lines[index].text.to_string();
        let origin = Some(self.origin(index, index));
        self.set_aside.push(SetAside { text, reason: reason.to_owned(), origin });
    }

    fn heading(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let index = self.line(at);
        if self.analysis.features[index].whole == Some(Meaning::Notes) {
            let notes_end = self.run_end(at + 1, end);
            let opens = self.label(at + 1) == Some(Label::Note) && at + 1 < end;
            if opens && (at + 1..notes_end).all(|at| self.notes.is_attached(self.line(at))) {
                self.put_aside(index, "heading of the notes");
                return at + 1;
            }
        }
        let level = self.level(index);
        let content = self.inlines(index, 0);
        blocks.push(Block::heading(level, content).with_origin(self.origin(index, index)));
        at + 1
    }

    pub fn level(&self, index: usize) -> Level {
        let found = self.levels.binary_search_by_key(&index, |(line, _)| *line);
        Level::clamped(found.map_or(2, |found| self.levels[found].1))
    }

    /// Level of a heading that stands inside the last one before a line.
    pub fn level_below(&self, index: usize) -> Level {
        let before = self.levels.partition_point(|(line, _)| *line < index);
        Level::clamped(before.checked_sub(1).map_or(2, |last| self.levels[last].1 + 1))
    }

    fn quote(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let (first, last) = (self.line(at), self.line(end - 1));
        let inner = (at..end)
            .map(|at| {
                let index = self.line(at);
                let text = &self.analysis.lines[index].text;
                let from = text.len() - text.trim_start_matches(['>', '＞', ' ']).len();
                Block::paragraph(self.inlines(index, from)).with_origin(self.origin(index, index))
            })
            .collect();
        let kind = BlockKind::Quote { blocks: inner, attribution: Rare::default() };
        blocks.push(Block::from(kind).with_origin(self.origin(first, last)));
        end
    }

    fn verse(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let mut lines = Vec::new();
        let usual = (at + 1..end).map(|at| self.analysis.lines[self.line(at)].blanks).min().unwrap_or(0);
        for place in at..end {
            let index = self.line(place);
            if place > at && self.analysis.lines[index].blanks > usual {
                lines.push(Vec::new());
            }
            lines.push(self.inlines(index, 0));
        }
        let origin = self.origin(self.line(at), self.line(end - 1));
        blocks.push(Block::from(BlockKind::Verse { lines }).with_origin(origin));
        end
    }

    fn caption(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let index = self.line(at);
        let caption = self.inlines(index, 0);
        if at + 1 < end && self.label(at + 1) == Some(Label::Row) {
            let next = tables::table(self, at + 1, self.run_end(at + 1, end), blocks);
            if let Some(Block { kind: BlockKind::Table(table), .. }) = blocks.last_mut() {
                table.caption = caption;
            }
            return next;
        }
        let kind = BlockKind::Figure { blocks: Vec::new(), caption: caption.into() };
        blocks.push(Block::from(kind).with_origin(self.origin(index, index)));
        at + 1
    }

    /// A note with a reference goes to the notes; those without stay where they stand, as a list.
    fn note(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let index = self.line(at);
        if self.notes.is_attached(index) {
            let rest = self.analysis.features[index].number.map_or(0, |number| number.rest);
            let content = self.inlines(index, rest);
            let block = Block::paragraph(content).with_origin(self.origin(index, index));
            self.notes.put(index, block);
            return at + 1;
        }
        let end = self.run_end(at, end);
        let list_end = (at..end).find(|at| self.notes.is_attached(self.line(*at))).unwrap_or(end);
        blocks.extend(lists::lists(self, at, list_end));
        list_end
    }

    /// Glossary entries, numbers alone between them passed over.
    fn terms(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let mut items = Vec::new();
        let first = self.line(at);
        let (mut place, mut last) = (at, first);
        while place < end {
            let index = self.line(place);
            match self.label(place) {
                Some(Label::Term) => items.push(self.term(index)),
                Some(Label::SectionMark) if place + 1 < end && self.label(place + 1) == Some(Label::Term) => {
                    self.put_aside(index, "number of a glossary entry");
                }
                _ => break,
            }
            last = index;
            place += 1;
        }
        let kind = BlockKind::Definitions { items };
        blocks.push(Block::from(kind).with_origin(self.origin(first, last)));
        place
    }

    fn term(&mut self, index: usize) -> DefinitionItem {
        let text = self.analysis.lines[index].text.as_ref();
        let colon = text.char_indices().find(|(_, c)| *c == '：' || *c == ':').map_or(text.len(), |(at, _)| at);
        let after = text[colon..].chars().next().map_or(0, char::len_utf8);
        let rest = &text[colon + after..];
        let from = text.len() - rest.trim_start().len();
        let number = self.analysis.features[index].number.map_or(0, |number| number.rest.min(colon));
        let term = text[number..colon].trim().to_owned();
        let meaning = Block::paragraph(self.inlines(index, from)).with_origin(self.origin(index, index));
        DefinitionItem { terms: vec![vec![Inline::Text(term)]], definitions: vec![vec![meaning]] }
    }

    /// A box: its title, and what belongs to it.
    fn boxed(&mut self, at: usize, end: usize, blocks: &mut Vec<Block>) -> usize {
        let index = self.line(at);
        let (line, feature) = (&self.analysis.lines[index], &self.analysis.features[index]);
        let meaning = feature.whole.or(feature.start.map(|word| word.meaning));
        let role = match meaning {
            Some(Meaning::EditorNote) => BoxRole::EditorNote,
            Some(Meaning::Abstract) => BoxRole::Abstract,
            _ => BoxRole::Aside,
        };
        let split = if feature.whole.is_some() {
            line.text.len()
        } else {
            feature.start.map_or(line.text.len(), |word| word.end)
        };
        let around = |c: char| c.is_whitespace() || ":：【】[]［］".contains(c);
        let title = line.text[..split].trim_matches(around).to_owned();
        let rest = line.text[split..].trim_start_matches(around);
        let mut inner = Vec::new();
        let mut next = at + 1;
        if rest.is_empty() {
            next = self.box_end(at + 1, end, role);
            inner = self.blocks(at + 1, next);
        } else {
            let from = line.text.len() - rest.len();
            inner.push(Block::paragraph(self.inlines(index, from)).with_origin(self.origin(index, index)));
        }
        let last = self.line(next - 1);
        let kind = BlockKind::Box { role, title: vec![Inline::Text(title)].into(), blocks: inner };
        blocks.push(Block::from(kind).with_origin(self.origin(index, last)));
        next
    }

    /// Where the content of a box ends: entries and lists as a whole, notes and abstracts after a paragraph, others at
    /// the next heading near the end of the file.
    fn box_end(&self, start: usize, end: usize, role: BoxRole) -> usize {
        let of = |label: Label| (start..end).find(|at| self.label(*at) != Some(label)).unwrap_or(end);
        if start >= end {
            return start;
        }
        match self.label(start) {
            Some(Label::Term | Label::SectionMark) if self.has_terms(start, end) => (start..end)
                .find(|at| !matches!(self.label(*at), Some(Label::Term | Label::SectionMark)))
                .unwrap_or(end),
            Some(label @ (Label::Item | Label::Row | Label::Verse | Label::Note)) => of(label),
            Some(Label::Paragraph) if role == BoxRole::Aside && start * 10 >= self.body.len() * 6 => {
                of(Label::Paragraph)
            }
            Some(Label::Paragraph | Label::Quote | Label::Turn | Label::Centered) => start + 1,
            _ => start,
        }
    }

    fn has_terms(&self, start: usize, end: usize) -> bool {
        self.label(start) == Some(Label::Term) || (start + 1 < end && self.label(start + 1) == Some(Label::Term))
    }
}

/// Kana begin E3 81 to E3 83, Hangul EA B0 to ED 9E.
fn has_kana_or_hangul(bytes: &[u8]) -> bool {
    let kana = |second: u8, third: u8| matches!((second, third), (0x81, 0x81..) | (0x82, _) | (0x83, ..=0xBA));
    bytes.windows(3).any(|three| {
        (three[0] == 0xE3 && kana(three[1], three[2])) || (0xEA..=0xED).contains(&three[0]) && three[1] >= 0xB0
    })
}
