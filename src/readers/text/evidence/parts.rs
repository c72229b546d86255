//! Evidence for the other parts of a text: lists, notes, verse, tables, terms, boxes, legends, salutation and closing.

use super::{Evidence, Scores};
use crate::readers::text::context::{Group, Role};
use crate::readers::text::features::{Ends, Features};
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::Meaning;
use crate::readers::text::lines::Line;
use crate::readers::text::number::Family;
use crate::readers::text::posts::Post;
use crate::readers::text::runs::is_title_like;

impl Evidence<'_> {
    pub(super) fn numbered(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        if around.item {
            scores.offer(Label::Item, 16, "one of several things, times or days, a line each");
        }
        let Some(number) = feature.number else { return };
        let reference = line.text.starts_with("^ ") && line.chars > 4;
        if reference {
            scores.offer(Label::Item, 16, "a work referred to");
        }
        match around.role {
            Role::Item => scores.offer(Label::Item, 18, "numbered like the items of a list"),
            Role::Heading if !is_title_like(self.lines, self.features, index) => {
                scores.offer(Label::Item, 12, "numbered, and a sentence");
            }
            Role::Lone if number.family == Family::Bullet && line.chars > 2 => {
                scores.offer(Label::Item, 4, "after a bullet")
            }
            Role::Mark => scores.offer(Label::SectionMark, 14, "a number alone, in sequence"),
            Role::Lone if number.family == Family::Alone => scores.offer(Label::SectionMark, 2, "a number alone"),
            Role::Numbered if number.family == Family::Note && self.habits.notes => {
                scores.offer(Label::Note, 12, "begins with a note's mark");
            }
            _ => {}
        }
        let of_the_site = feature.anywhere.is_some()
            || matches!(
                feature.whole.or(feature.start.map(|word| word.meaning)),
                Some(
                    Meaning::Navigation
                        | Meaning::Sharing
                        | Meaning::Footer
                        | Meaning::Contact
                        | Meaning::Related
                        | Meaning::Pager
                )
            );
        if of_the_site {
            let outside = index < self.habits.first_text || index > self.habits.last_text;
            scores.weigh(Label::Item, if outside { -16 } else { -8 }, "words of a site");
        }
        if number.family == Family::Circled && self.notes_opened(index) {
            scores.offer(Label::Note, 22, "in a list of notes");
        }
        let counted = matches!(
            number.family,
            Family::Decimal | Family::DecimalBrackets | Family::HalfBracket | Family::ChineseBrackets
        );
        if counted && self.notes_opened(index) {
            scores.offer(Label::Note, 22, "in a list of notes");
        }
    }

    /// Whether the nearest line above that is not numbered heads a list of notes.
    fn notes_opened(&self, index: usize) -> bool {
        let heads = |feature: &Features| feature.whole == Some(Meaning::Notes);
        self.features[..index].iter().rev().take(200).find(|feature| feature.number.is_none()).is_some_and(heads)
    }

    pub(super) fn grouped(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        match around.group {
            Group::Regular => scores.offer(Label::Verse, 13, "clauses of equal length, line by line"),
            Group::Free => scores.offer(Label::Verse, if self.habits.grouped { 5 } else { 2 }, "short lines together"),
            Group::Slogans => scores.offer(Label::Centered, 10, "short lines after a colon"),
            Group::Head => scores.offer(Label::Centered, 2, "on top of a stanza"),
            Group::None => {}
        }
        if matches!(around.group, Group::Free | Group::Regular) && feature.ends == Ends::Comma {
            scores.offer(Label::Verse, 5, "a short line ends with a comma");
        }
        if around.columns > 0 {
            scores.offer(Label::Row, 16, "one of the cells of a table, one a line");
        }
        match around.post {
            Post::Reply => scores.offer(Label::Post, 24, "says who wrote a reply, and when"),
            Post::Opening => scores.offer(Label::Meta, 20, "says who wrote the first post, and when"),
            Post::None => {}
        }
        if around.speaker_alone {
            scores.offer(Label::Turn, 20, "a speaker before what is said");
        }
        if around.row {
            scores.offer(Label::Row, 12, "as many cells as its neighbours");
            if line.raw.contains('\t') || line.raw.matches(['|', '｜', '│']).count() > 1 {
                scores.weigh(Label::Row, 10, "cells parted by tabs or bars");
            } else if feature.cells >= 3 || around.spaced {
                scores.weigh(Label::Row, 8, "three cells or more, or a head over figures");
            }
        }
        if around.speaker {
            scores.offer(Label::Turn, 18, "a speaker who comes back");
        }
        if around.contents {
            scores.offer(Label::Contents, 20, "comes again later as a heading");
        }
        if around.terms && line.chars <= 300 {
            let after_number =
                index > 0 && self.features[index - 1].number.is_some_and(|number| number.family == Family::Alone);
            scores.offer(Label::Term, if after_number { 10 } else { 4 }, "a term and what it means");
            if around.definitions {
                scores.weigh(Label::Term, 12, "one of several terms, each with its sentence");
            } else if self.glossary_opened(index) {
                scores.weigh(Label::Term, 8, "in a glossary");
            }
        }
    }

    /// Whether a line not far above opens a glossary or a box.
    fn glossary_opened(&self, index: usize) -> bool {
        self.features[..index]
            .iter()
            .rev()
            .take(120)
            .zip(self.around[..index].iter().rev())
            .find(|(feature, around)| {
                !around.terms && feature.number.is_none_or(|number| number.family != Family::Alone)
            })
            .is_some_and(|(feature, _)| matches!(feature.whole, Some(Meaning::Glossary | Meaning::Aside)))
    }

    pub(super) fn set_apart(&self, index: usize, scores: &mut Scores) {
        self.caption(index, scores);
        let (line, feature, _) = self.get(index);
        if feature.rule && index > 0 && self.underlined(index - 1) {
            scores.weigh(Label::Boilerplate, 30, "draws a line under a heading");
        } else if feature.rule {
            scores.offer(Label::Separator, 14, "nothing but drawing characters");
        }
        match feature.whole {
            Some(Meaning::Aside) => scores.offer(Label::BoxTitle, 13, "opens a box"),
            Some(Meaning::EditorNote) => scores.offer(Label::BoxTitle, 15, "opens an editor's note"),
            Some(Meaning::Abstract) => scores.offer(Label::BoxTitle, 14, "opens an abstract"),
            Some(Meaning::End) if index > self.habits.first_text => {
                scores.weigh(Label::Boilerplate, 18, "says that the text ends")
            }
            _ => {}
        }
        match feature.start.map(|word| word.meaning) {
            Some(Meaning::Aside) if feature.whole.is_none() => {
                scores.offer(Label::BoxTitle, 20, "opens a box and fills it")
            }
            Some(Meaning::EditorNote | Meaning::Abstract) if feature.whole.is_none() => {
                scores.offer(Label::BoxTitle, 22, "a note or abstract on one line");
            }
            _ => {}
        }
        if line.text.starts_with(['>', '＞']) && line.chars > 1 {
            scores.offer(Label::Quote, 14, "marked as quoted");
        }
        if (line.text.starts_with("——") || line.text.starts_with("―"))
            && line.chars <= 40
            && index < self.habits.first_text
        {
            scores.offer(Label::Subtitle, 14, "a dash under the title");
        }
        let after_buttons = index > 1 && index < 40 && self.features[index - 1].of_the_site();
        let plain = feature.whole.is_none() && feature.number.is_none() && !feature.of_the_site();
        if after_buttons
            && plain
            && index + 1 == self.habits.first_text
            && feature.ends == Ends::Open
            && feature.commas == 0
            && line.chars <= self.long(index, 16)
            && !self.has_twin(index)
        {
            scores.offer(Label::Subtitle, 8, "a few words between the title's buttons and the text");
        }
        self.opening(index, scores);
    }

    /// Whether a line of the same length and the same first words stands below: both are headings.
    fn has_twin(&self, index: usize) -> bool {
        let own = &self.lines[index];
        self.lines[index + 1..].iter().take(200).any(|below| {
            let shared = own.text.chars().zip(below.text.chars()).take_while(|(left, right)| left == right).count();
            below.chars.abs_diff(own.chars) <= 1 && shared >= 3
        })
    }
}

/// Whether one of the first lines is the same as a line.
pub(super) fn is_named_above(lines: &[Line], index: usize) -> bool {
    lines[..index.min(60)].iter().any(|line| line.text == lines[index].text)
}
