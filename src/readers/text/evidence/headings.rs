//! Evidence for headings: their own form, their number, and what stands before and after.

use super::closings::takes_leave;
use super::is_fact;
use super::{Evidence, Scores};
use crate::readers::text::context::{Group, Role};
use crate::readers::text::days::Span;
use crate::readers::text::features::Ends;
use crate::readers::text::habits::is_text;
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::{Key, Meaning};
use crate::readers::text::runs::is_title_like;
use crate::readers::text::signs::Signs;
use crate::readers::text::stanzas::lists_names;

impl Evidence<'_> {
    pub(super) fn heading(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        if line.chars > self.long(index, 44) || feature.rule || feature.page_number || line.furniture {
            return;
        }
        let h = Label::Heading;
        scores.offer(h, -6, "headings are rare");
        match feature.ends {
            Ends::Open if line.chars <= self.long(index, 18) => scores.weigh(h, 5, "short, without a mark at its end"),
            Ends::Open if line.chars <= self.long(index, 28) => scores.weigh(h, 2, "without a mark at its end"),
            Ends::Open => scores.weigh(h, -4, "long for a heading"),
            Ends::Sentence if line.text.ends_with(['？', '?', '！', '!']) => {
                let foreign = line.text.is_ascii() && !self.habits.latin;
                scores.weigh(h, if foreign { 4 } else { -4 }, "a question or a call")
            }
            Ends::Sentence => scores.weigh(h, -14, "ends like a sentence"),
            Ends::Colon => scores.weigh(h, -3, "ends with a colon"),
            Ends::Comma => scores.weigh(h, -12, "something follows its mark"),
        }
        if line.text.starts_with(['（', '(']) && line.text.ends_with(['）', ')']) && feature.number.is_none() {
            scores.weigh(h, -10, "in brackets as a whole");
        }
        let spaced = line.signs.any(Signs::SPACE | Signs::BLANK)
            && feature.number.is_none()
            && feature.whole.is_none()
            && line.text.contains([' ', '\u{3000}']);
        if spaced && around.role == Role::None && lists_names(&line.text) {
            scores.weigh(h, -10, "a row of names");
        }
        let quoted = line.text.starts_with(['“', '「']) && line.text.ends_with(['”', '」']);
        if quoted && feature.ends == Ends::Open && feature.sentences == 0 && feature.commas <= 2 {
            scores.weigh(h, 4, "words quoted as a whole");
        }
        if index >= self.habits.last_text && takes_leave(&line.text) {
            scores.weigh(h, -12, "takes leave");
        }
        if feature.sentences > 0 || feature.commas > 1 {
            scores.weigh(h, -5, "marks of a sentence in it");
        }
        self.heading_by_neighbours(index, scores);
        let marked = index > 0 && self.around[index - 1].role == Role::Mark;
        let question = feature.ends == Ends::Sentence && line.text.ends_with(['？', '?', '！', '!']);
        if marked && line.chars <= self.long(index, 24) && (feature.ends == Ends::Open || question) {
            scores.weigh(h, 11, "below the number of a section");
        }
        if self.underlined(index) {
            scores.weigh(h, 14, "underlined");
        }
        if around.dated != Span::None {
            scores.weigh(h, 22, "a day, like others above their text");
        }
        if !line.signs.any(Signs::HAN | Signs::LETTER) && !line.text.contains(char::is_alphabetic) {
            scores.weigh(h, -12, "no letters in it");
        }
        if around.listed > 0 {
            scores.weigh(h, 15, "the table of contents lists it");
        }
        match around.role {
            Role::Heading if is_title_like(self.lines, self.features, index) => {
                scores.weigh(h, 15, "numbered like other headings")
            }
            Role::Item => scores.weigh(h, -10, "numbered like the items of a list"),
            Role::Mark | Role::Page => scores.weigh(h, -12, "a number alone"),
            Role::Numbered => scores.weigh(h, -8, "numbered text"),
            _ => {}
        }
        if feature.whole.is_some_and(Meaning::is_of_the_site) && line.text.contains([' ', '\u{3000}', '|', '/']) {
            scores.weigh(h, -8, "several words of a site");
        }
        use Meaning::{Comments, Counter, Navigation, Pager, Related, Sharing};
        let pressed = feature.pressed && self.heads_its_text(index);
        if matches!(feature.whole, Some(Sharing | Related | Pager | Comments | Counter)) && !pressed
            || matches!(feature.start.map(|word| word.meaning), Some(Sharing | Related | Pager | Navigation))
        {
            scores.weigh(h, -10, "words of a site");
        }
        if matches!(feature.anywhere, Some(Counter | Pager | Comments)) {
            scores.weigh(h, -10, "words of a site");
        }
        match feature.whole {
            Some(Meaning::Heading | Meaning::Notes | Meaning::Glossary) => {
                scores.weigh(h, 10, "names a part of an article")
            }
            _ if feature.start.is_some_and(|word| word.meaning == Meaning::Heading) => {
                scores.weigh(h, 6, "names a part of an article")
            }
            _ => {}
        }
        if feature.meta.as_ref().is_some_and(|meta| meta.left_over <= 4) {
            let names = feature.meta.as_ref().is_some_and(|meta| {
                meta.keys > 0
                    && meta.left_over == 0
                    && meta.pieces.first().is_some_and(|piece| piece.key == Key::Author)
            });
            scores.weigh(h, if names && index < self.habits.first_text { -24 } else { -8 }, "a meta line");
        }
        if around.keyed {
            scores.weigh(h, 2, "of two parts, like others over their text");
        } else if feature.colon.is_some() && feature.number.is_none() && feature.whole.is_none() {
            let above = index > 0 && self.features[index - 1].colon.is_some();
            scores.weigh(h, if above { -9 } else { -5 }, "a colon in it");
        }
        if !self.habits.latin && line.is_ascii() && is_latin_names(&line.text) {
            scores.weigh(h, -8, "names in Latin letters");
        }
        if around.question {
            scores.weigh(h, 24, "one of several questions, each over its answer");
        }
        if around.item {
            scores.weigh(h, -10, "one of several things, times or days");
        }
        if line.text.ends_with(['～', '~']) {
            scores.weigh(h, -6, "a drawn-out end");
        }
        if around.speaker || around.terms {
            scores.weigh(h, -8, "begins with a speaker or a term");
        }
        if line.text.starts_with('【') && line.text.ends_with('】') {
            let near = &self.lines[index.saturating_sub(60)..(index + 60).min(self.lines.len())];
            let alike = near.iter().filter(|line| line.text.starts_with('【') && line.text.ends_with('】')).count();
            if feature.whole.is_none() {
                scores.weigh(h, 5, "in heading brackets");
            } else if feature.whole == Some(Meaning::Aside) && alike >= 5 {
                scores.weigh(h, 16, "in heading brackets like many others");
            }
        }
        if line.text.starts_with(['■', '◆', '●', '▌', '▍', '★', '▶', '□', '◎'])
            && line.chars <= 24
            && feature.ends == Ends::Open
        {
            scores.weigh(h, 3, "after a heading's sign");
        }
    }

    /// Whether a line of `====` or `----` stands right below a short line, and blank lines do not.
    pub(super) fn underlined(&self, index: usize) -> bool {
        let below = self.lines.get(index + 1).filter(|below| below.blanks == 0 && below.chars >= 3);
        let drawn = below.is_some_and(|below| {
            ['=', '-', '＝', '─', '━', '~', '*', '＊'].iter().any(|sign| below.text.chars().all(|c| c == *sign))
        });
        let apart = index == 0 || self.lines[index].blanks > 0;
        drawn && apart && self.features[index].ends == Ends::Open && !self.features[index].rule
    }

    fn heading_by_neighbours(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let h = Label::Heading;
        // Buttons of the site between a heading and its text do not count.
        let passed = |at: &usize| self.features[*at].whole.is_some_and(Meaning::is_of_the_site);
        let below = (index + 1..self.lines.len()).take(4).find(|at| !passed(at));
        let Some(below) = below else {
            let counted = around.role == Role::Heading && is_title_like(self.lines, self.features, index);
            scores.weigh(h, if counted { -1 } else { -9 }, "nothing follows");
            return;
        };
        let (next, next_feature) = (&self.lines[below], &self.features[below]);
        if is_text(next, next_feature) || (next.chars > line.chars * 2 && next_feature.ends == Ends::Sentence) {
            scores.weigh(h, 5, "running text follows");
        } else if next_feature.ends == Ends::Sentence && next.chars > line.chars {
            scores.weigh(h, 3, "a longer sentence follows");
        } else if matches!(self.around[below].group, Group::Regular | Group::Free | Group::Head)
            && around.group != self.around[below].group
        {
            scores.weigh(h, 6, "a stanza follows");
        } else if (self.around[below].row || self.around[below].columns > 0) && !around.row && around.columns == 0 {
            scores.weigh(h, 6, "a table follows");
        } else if is_fact(&next.text) && feature.colon.is_none() && index > self.habits.first_text {
            scores.weigh(h, 5, "facts follow");
        } else if self.around[below].item && !around.item {
            scores.weigh(h, 6, "things, times or days follow, a line each");
        } else if self.around[below].role == Role::Mark
            || matches!(self.around[below].role, Role::Item | Role::Heading | Role::Numbered)
        {
            scores.weigh(h, 4, "numbered parts follow");
        } else if next_feature.ends == Ends::Open && next.chars <= self.long(below, 20) && around.role != Role::Heading
        {
            let headed = index > self.habits.first_text
                && self.features[index - 1].ends == Ends::Sentence
                && self.heads_sentence(below);
            scores.weigh(h, if headed { 1 } else { -3 }, "another short line follows");
        }
        if index > 0 {
            match self.features[index - 1].ends {
                Ends::Sentence => scores.weigh(h, 2, "a sentence ended before it"),
                Ends::Colon => scores.weigh(h, -5, "a colon announced it"),
                Ends::Comma => scores.weigh(h, -5, "the line before goes on"),
                Ends::Open => {}
            }
        }
        if self.habits.indent >= 2 && line.indent != self.habits.indent {
            scores.weigh(h, 3, "indented otherwise than paragraphs");
        }
        if self.habits.grouped && line.blanks > 0 && feature.ends == Ends::Open {
            scores.weigh(h, 2, "set apart by a blank line");
        }
        if matches!(around.group, Group::Regular | Group::Free) && self.habits.grouped {
            scores.weigh(h, -6, "one of several short lines");
        }
        if around.group == Group::Head {
            scores.weigh(h, 6, "on top of a stanza");
        }
        if around.repeated >= 3 && around.role != Role::Heading {
            scores.weigh(h, -4, "comes again and again");
        }
        if index < self.habits.first_text
            && around.role != Role::Heading
            && feature.whole.is_none()
            && index + 1 < self.habits.first_text
        {
            scores.weigh(h, -2, "no running text before it");
        } else if index < self.habits.first_text
            && index > 1
            && around.role == Role::None
            && around.listed == 0
            && feature.whole.is_none()
            && line.blanks == 0
            && (self.features[index - 1].of_the_site() || self.features[index - 1].meta.is_some())
            && line.text.contains([' ', '\u{3000}'])
        {
            scores.weigh(h, -5, "words in a row between the lines about the article and the text");
        }
    }
}

impl Evidence<'_> {
    /// Whether a short line without number or mark stands over a sentence at least twice as long.
    fn heads_sentence(&self, index: usize) -> bool {
        let (line, feature, around) = self.get(index);
        let over = self.lines.get(index + 1).zip(self.features.get(index + 1));
        let plain = feature.number.is_none() && feature.meta.is_none() && feature.colon.is_none();
        plain
            && !feature.of_the_site()
            && !around.row
            && around.columns == 0
            && over.is_some_and(|(next, below)| below.ends == Ends::Sentence && next.chars >= line.chars * 2)
    }
}

/// LU Qinghe, HAO Yuanshan
fn is_latin_names(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    text.is_ascii() && text.contains(',') && text.split([',', ' ']).filter(|word| !word.is_empty()).all(capital)
}
