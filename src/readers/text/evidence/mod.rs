//! What speaks for and against each label of a line, in points, with the reason.
//!
//! Ten points decide a case alone; two or three tip a balance. A label that nothing speaks for is not offered.

mod about;
mod boilerplate;
mod bylines;
mod captions;
mod closings;
mod contacts;
mod folios;
mod headings;
mod parts;
mod sites;
mod titles;

pub(super) use contacts::is_fact;

use super::context::{Role, Surroundings};
use super::features::{Ends, Features};
use super::habits::Habits;
use super::labels::{LABELS, Label, Zone};
use super::lines::Line;

/// Points of each label of one line.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    points: [i16; LABELS],
    /// What boilerplate earns more above and below the text than in it.
    above: i16,
    below: i16,
    /// Kept only when asked for.
    reasons: Option<Vec<Reason>>,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub label: Label,
    pub points: i32,
    pub because: &'static str,
}

const NOT_OFFERED: i16 = i16::MIN;

impl Scores {
    fn new(explained: bool) -> Scores {
        Scores { points: [NOT_OFFERED; LABELS], above: 0, below: 0, reasons: explained.then(Vec::new) }
    }

    /// The points of a label, if it is offered.
    pub fn of(&self, label: Label, zone: Zone) -> Option<i32> {
        let points = self.points[label as usize];
        let more = match (label, zone) {
            (Label::Boilerplate, Zone::Before | Zone::After) => self.above,
            (Label::Boilerplate, Zone::Tail) => self.below,
            _ => 0,
        };
        (points != NOT_OFFERED).then_some(i32::from(points) + i32::from(more))
    }

    /// What boilerplate earns more above the text, and below it.
    pub fn beside(&self) -> (i16, i16) {
        (self.above, self.below)
    }

    pub fn compact(&self) -> [i16; LABELS] {
        self.points
    }

    /// The reasons for the labels of a line that stands in a zone.
    pub fn into_reasons(self, zone: Zone) -> Vec<Reason> {
        let more = match zone {
            Zone::Before | Zone::After => self.above,
            Zone::Tail => self.below,
            Zone::Title | Zone::Body => 0,
        };
        let mut reasons = self.reasons.unwrap_or_default();
        if more != 0 {
            let because = "a short line beside sure lines of the site";
            reasons.push(Reason { label: Label::Boilerplate, points: i32::from(more), because });
        }
        reasons
    }

    /// Add points to a label, offering it.
    fn offer(&mut self, label: Label, points: i32, because: &'static str) {
        let entry = &mut self.points[label as usize];
        *entry = (if *entry == NOT_OFFERED { 0 } else { *entry }).saturating_add(points as i16);
        self.note(label, points, because);
    }

    /// Add points to a label if it is offered.
    fn weigh(&mut self, label: Label, points: i32, because: &'static str) {
        let entry = &mut self.points[label as usize];
        if *entry != NOT_OFFERED {
            *entry = entry.saturating_add(points as i16);
            self.note(label, points, because);
        }
    }

    fn note(&mut self, label: Label, points: i32, because: &'static str) {
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason { label, points, because });
        }
    }
}

/// Everything that is known of a file's lines.
pub(super) struct Evidence<'a> {
    pub lines: &'a [Line<'a>],
    pub features: &'a [Features],
    pub around: &'a [Surroundings],
    pub habits: Habits,
}

impl Evidence<'_> {
    /// The points of one line; its reasons too when `explained`.
    pub fn scores(&self, index: usize, explained: bool) -> Scores {
        let mut scores = Scores::new(explained);
        self.paragraph(index, &mut scores);
        let line = &self.lines[index];
        if line.chars > 300 {
            return scores;
        }
        self.boilerplate(index, &mut scores);
        self.folio(index, &mut scores);
        self.meta(index, &mut scores);
        self.title(index, &mut scores);
        self.subtitle(index, &mut scores);
        self.heading(index, &mut scores);
        self.numbered(index, &mut scores);
        self.grouped(index, &mut scores);
        self.set_apart(index, &mut scores);
        self.ending(index, &mut scores);
        scores
    }

    fn get(&self, index: usize) -> (&Line<'_>, &Features, &Surroundings) {
        (&self.lines[index], &self.features[index], &self.around[index])
    }

    /// Length at which a line is long, in its script.
    fn long(&self, index: usize, han: u32) -> u32 {
        if self.habits.latin || self.lines[index].is_ascii() { han * 5 / 2 } else { han }
    }

    fn paragraph(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let p = Label::Paragraph;
        scores.offer(p, 0, "any line may be text");
        match feature.ends {
            Ends::Sentence => scores.weigh(p, 5, "ends like a sentence"),
            Ends::Colon | Ends::Comma => scores.weigh(p, 2, "ends with a mark"),
            Ends::Open if line.chars < self.long(index, 12) => scores.weigh(p, -3, "short and open"),
            Ends::Open => {}
        }
        if line.chars >= self.long(index, 40) {
            scores.weigh(p, 7, "long");
        } else if line.chars >= self.long(index, 20) {
            scores.weigh(p, 2, "of middling length");
        }
        if feature.sentences > 0 {
            scores.weigh(p, 4, "has sentences in it");
        }
        if feature.rule || feature.page_number || around.role == Role::Page || line.furniture {
            scores.weigh(p, -14, "no words in it");
        }
        if feature.quoted && feature.ends == Ends::Sentence {
            scores.weigh(p, 3, "speech");
        }
    }
}
