//! Paragraphs composed ahead, side by side: those of the body, whose measure and style are known before their turn comes.
//!
//! A paragraph's lines depend on its inlines, its style and its measure alone. The setter takes the lines it finds here
//! where these are what it asks for, and composes all others itself, so that nothing it gives depends on this.

use std::collections::HashMap;
use std::sync::Mutex;

use rayon::prelude::*;

use super::{Setter, overlong};
use crate::diagnostics::Diagnostics;
use crate::document::{Block, BlockKind, Inline, NoteId, ParagraphRole};
use crate::layout::inline::{Composer, ParagraphStyle, References, SetParagraph};
use crate::layout::style::Flow;
use crate::length::{Em, Length};

/// Blocks that are looked at together, so that no more is composed in vain than this when the setter leaves off.
pub(super) const TOGETHER: usize = 512;

/// Characters of the least document it is done for. Each thread gets to know characters and faces for itself, which costs a
/// book of half as many a twentieth of its time.
const WORTHWHILE: usize = 500_000;

/// What was composed ahead. The map is only asked, never listed: its order does not show.
pub(super) struct Ahead<'a> {
    is_worthwhile: bool,
    /// By where in memory the paragraph's inlines stand.
    ready: HashMap<usize, Ready>,
    /// Composers that are not at work.
    composers: Mutex<Vec<Composer<'a>>>,
}

struct Ready {
    style: ParagraphStyle,
    measure: Length,
    set: SetParagraph,
    met: Diagnostics,
}

impl<'a> Ahead<'a> {
    /// `characters`: of the document.
    pub fn of(characters: usize) -> Ahead<'a> {
        let is_worthwhile = characters >= WORTHWHILE && rayon::current_num_threads() > 1;
        Ahead { is_worthwhile, ready: HashMap::new(), composers: Mutex::new(Vec::new()) }
    }

    /// A paragraph's lines and what was met in setting them, if they are here as they are asked for.
    pub fn take(
        &mut self,
        content: &[Inline],
        style: &ParagraphStyle,
        measure: Length,
    ) -> Option<(SetParagraph, Diagnostics)> {
        let Ready { style: its_style, measure: its_measure, set, met } = self.ready.remove(&place(content))?;
        (its_style == *style && its_measure == measure).then_some((set, met))
    }
}

fn place(content: &[Inline]) -> usize {
    content.as_ptr() as usize
}

impl<'a> Setter<'a> {
    /// Compose the paragraphs among blocks of the body.
    pub(super) fn compose_ahead(&mut self, blocks: &'a [Block], flow: &Flow) {
        self.ahead.ready.clear();
        if !self.ahead.is_worthwhile {
            return;
        }
        let is_plain = |block: &&Block| block.attributes.language.is_none() && !Setter::is_picture(block);
        let paragraphs = blocks.iter().filter(is_plain).filter_map(|block| match &block.kind {
            BlockKind::Paragraph { role: ParagraphRole::Body, content } => Some((content.as_slice(), flow.indent)),
            BlockKind::Paragraph { role: ParagraphRole::Continuation, content } => Some((content, Em::ZERO)),
            _ => None,
        });
        let paragraphs: Vec<(&[Inline], Em)> =
            paragraphs.filter(|(content, _)| !content.is_empty() && overlong::pieces(content).is_none()).collect();
        let share = paragraphs.len().div_ceil(rayon::current_num_threads()).max(1);
        let labels = self.numbers.labels();
        let (fonts, resources, stop) = (&self.edition.fonts, &self.document.resources, &self.stop);
        let composers = &self.ahead.composers;
        let composed = |share: &[(&[Inline], Em)]| {
            let spare = composers.lock().map_or(None, |mut spare| spare.pop());
            let mut composer = spare.unwrap_or_else(|| Composer::new(fonts));
            let note_label = |note: &NoteId| labels.get(note).cloned();
            let references = References { resources, note_label: &note_label };
            let mut ready = Vec::with_capacity(share.len());
            for (content, indent) in share.iter().take_while(|_| !stop.is_up()) {
                let style = flow.text.paragraph_style(&flow.language, *indent);
                let mut met = Diagnostics::new();
                let set = composer.set_paragraph(content, &style, flow.measure, references, &mut met);
                ready.push((place(content), Ready { style, measure: flow.measure, set, met }));
            }
            if let Ok(mut spare) = composers.lock() {
                spare.push(composer);
            }
            ready
        };
        let ready: Vec<Vec<(usize, Ready)>> = paragraphs.par_chunks(share).map(composed).collect();
        self.ahead.ready.extend(ready.into_iter().flatten());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::Document;
    use crate::edition::{DEFAULT_TIMESTAMP, Edition};
    use crate::font::FontBook;
    use crate::options::StopSign;

    /// Paragraphs of the body and others, of one language and another; some show what no face has.
    fn document() -> Document {
        let paragraph = |number: usize| {
            let words = "石桥在村口，过桥三里是渡口；".repeat(1 + number % 9);
            let rare = ["", "", "\u{e41f}", "", "\u{10fffd}"][number % 5];
            Block::paragraph(vec![Inline::text(format!("{words}{rare}")), Inline::Strong(vec![Inline::text("很旧。")])])
        };
        let mut blocks: Vec<Block> = (0..600).map(paragraph).collect();
        blocks[3].attributes.language = Some(crate::document::Language::new("ja"));
        let quoted = (600..640).map(paragraph).collect();
        blocks.insert(20, BlockKind::Quote { blocks: quoted, attribution: Default::default() }.into());
        blocks.insert(40, BlockKind::Code { language: None, text: "\u{10fffd} \u{e001}".into() }.into());
        Document { blocks, ..Document::default() }
    }

    #[test]
    fn what_is_composed_ahead_is_what_would_be_composed() {
        let document = document();
        let edition =
            Edition { theme: Arc::default(), fonts: Arc::new(FontBook::bundled()), timestamp: DEFAULT_TIMESTAMP };
        let set = |characters: usize| {
            let mut diagnostics = Diagnostics::new();
            let mut setter = Setter::new(&document, &edition, characters, StopSign::default(), &mut diagnostics);
            setter.body(None, Length(i64::MAX));
            let galley = format!("{:?}", setter.take_galley());
            drop(setter);
            (galley, diagnostics.entries().to_vec(), diagnostics.counts().clone())
        };
        let threads = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("threads");
        let (alone, ahead) = threads.install(|| (set(0), set(WORTHWHILE)));
        assert!(alone.0 == ahead.0, "the rows differ");
        assert_eq!((&alone.1, &alone.2), (&ahead.1, &ahead.2));
        // Each is said once, wherever it stands.
        assert_eq!(alone.2["missing-glyph"], 3, "{:?}", alone.1);
    }
}
