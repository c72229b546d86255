//! The level of each heading of a file: by numbers, by a table of contents, by signs, and by what stands right below.

use super::Analysis;
use super::headings::{self, Kind};
use super::labels::Label;
use super::lexicon::Meaning;
use super::number::Family;
use super::titles::names_a_paper;

/// Level of each heading line.
pub(super) fn heading_levels(analysis: &Analysis) -> Vec<(usize, usize)> {
    let all: Vec<usize> = (0..analysis.lines.len()).collect();
    levels(analysis, &all).0
}

/// Levels of the heading lines, by the nesting of their families.
pub(super) fn levels(analysis: &Analysis, body: &[usize]) -> (Vec<(usize, usize)>, Vec<Kind>) {
    let heads: Vec<usize> =
        body.iter().copied().filter(|index| analysis.labelled[*index].label == Label::Heading).collect();
    let divided = heads
        .iter()
        .any(|index| analysis.features[*index].number.is_some_and(|number| number.family.names_a_division()));
    let kinds: Vec<Kind> = heads
        .iter()
        .map(|index| match (analysis.features[*index].number, analysis.features[*index].whole) {
            _ if let Some(family) = analysis.around[*index].dated.family() => Kind::Numbered(family, 0),
            (Some(number), _) if number.family != Family::Bullet => Kind::Numbered(number.family, number.value),
            (_, Some(Meaning::Heading | Meaning::Notes)) if divided => Kind::Named,
            _ if analysis.labelled.get(*index + 1).is_some_and(|next| next.label == Label::Heading) => Kind::Bare,
            _ => Kind::Filled,
        })
        .collect();
    let is_article =
        |index: &&usize| analysis.features[**index].number.is_some_and(|number| number.family == Family::Article);
    let is_law = body.iter().filter(is_article).count() >= 2;
    let papers: Vec<bool> = heads.iter().map(|index| opens_a_paper(analysis, *index)).collect();
    let levels = with_papers(&kinds, &papers, is_law);
    // A table of contents knows the rank of headings that bear no number themselves.
    let listed = |index: usize| usize::from(analysis.around[index].listed);
    let level = |(index, level): (usize, usize)| match listed(index) {
        0 => (index, level),
        rank if analysis.features[index].number.is_none() => (index, rank),
        _ => (index, level),
    };
    let mut levels: Vec<(usize, usize)> = heads.into_iter().zip(levels).map(level).collect();
    below_listed(&mut levels, &kinds, listed, |index| analysis.features[index].whole.is_some());
    if !papers.contains(&true) {
        below_bare(analysis, &mut levels, &kinds);
        below_signs(analysis, &mut levels);
    }
    (levels, kinds)
}

/// Where a table of contents lists headings that bear no number, those it does not list stand within them.
fn below_listed(
    levels: &mut [(usize, usize)],
    kinds: &[Kind],
    listed: impl Fn(usize) -> usize,
    is_named: impl Fn(usize) -> bool,
) {
    let unnumbered = |kind: &Kind| matches!(kind, Kind::Bare | Kind::Filled);
    let known = levels.iter().zip(kinds).filter(|((index, _), kind)| unnumbered(kind) && listed(*index) > 0).count();
    if known < 3 {
        return;
    }
    let mut open = 0;
    for ((index, level), kind) in levels.iter_mut().zip(kinds) {
        if listed(*index) > 0 {
            open = *level;
        } else if open > 0 && unnumbered(kind) && *level <= open && !is_named(*index) {
            *level = open + 1;
        }
    }
}

/// Whether a heading is the title of a paper that comes with the one above it, which named it: 《…实施办法》.
fn opens_a_paper(analysis: &Analysis, index: usize) -> bool {
    let text = analysis.lines[index].text.as_ref();
    let plain = analysis.features[index].number.is_none() && analysis.lines[index].chars >= 6 && index > 0;
    plain && names_a_paper(text) && {
        let named = |line: &super::lines::Line| line.text.find(text).is_some_and(|at| line.text[..at].ends_with('《'));
        analysis.lines[..index].iter().rev().take(60).any(named)
    }
}

/// The levels of headings, those of a paper within another below its title.
fn with_papers(kinds: &[Kind], papers: &[bool], is_law: bool) -> Vec<usize> {
    let mut starts: Vec<usize> = (0..papers.len()).filter(|at| papers[*at]).collect();
    if starts.is_empty() {
        return headings::levels(kinds, is_law);
    }
    let mut levels = headings::levels(&kinds[..starts[0]], is_law);
    starts.push(papers.len());
    for pair in starts.windows(2) {
        levels.push(2);
        levels.extend(headings::levels(&kinds[pair[0] + 1..pair[1]], is_law).into_iter().map(|level| level.max(2) + 1));
    }
    levels
}

/// Where no heading has a number, those right below another are parts of it, and so are the next ones over the same
/// kind of lines.
fn below_bare(analysis: &Analysis, levels: &mut [(usize, usize)], kinds: &[Kind]) {
    let unnumbered = |kind: &Kind| matches!(kind, Kind::Bare | Kind::Filled);
    let listed = levels.iter().any(|(index, _)| analysis.around[*index].listed > 0);
    if listed || !kinds.iter().all(unnumbered) {
        return;
    }
    // One alone may be a heading whose text was lost, with advertisements between.
    if kinds.iter().filter(|kind| **kind == Kind::Bare).count() < 2 && !is_ended(analysis, levels, kinds) {
        return;
    }
    let filling = |index: usize| analysis.labelled.get(index + 1).map(|next| next.label);
    let named = |index: usize| analysis.features[index].whole.is_some();
    let mut open: Option<Option<Label>> = None;
    for at in 0..levels.len() {
        let index = levels[at].0;
        match (kinds[at], open) {
            (Kind::Bare, _) => {
                let below = levels.get(at + 1).map(|(next, _)| *next);
                open = below.filter(|below| *below == index + 1 && !named(*below)).map(filling);
            }
            (_, Some(kind)) if kind == filling(index) && !named(index) => levels[at].1 += 1,
            _ => open = None,
        }
    }
}

/// Whether two headings or more stand below the only bare one, and then one over another kind of lines.
fn is_ended(analysis: &Analysis, levels: &[(usize, usize)], kinds: &[Kind]) -> bool {
    let Some(bare) = kinds.iter().position(|kind| *kind == Kind::Bare) else { return false };
    let filling = |(index, _): &(usize, usize)| analysis.labelled.get(index + 1).map(|next| next.label);
    let below = &levels[bare + 1..];
    // 人物生平 over parts of a life, and then 主要作品: words that head the sections of such an article.
    let named = |(index, _): &(usize, usize)| analysis.features[*index].whole == Some(Meaning::Heading);
    if named(&levels[bare]) {
        let parts = below.iter().take_while(|one| !named(one)).count();
        return parts >= 2 && parts < below.len();
    }
    let Some(first) = below.first().filter(|(index, _)| *index == levels[bare].0 + 1) else { return false };
    let alike = below.iter().take_while(|one| filling(one) == filling(first)).count();
    alike >= 2 && alike < below.len()
}

/// Headings behind two signs or more, ■ and ●: the sign that comes first outranks the one that comes below it.
fn below_signs(analysis: &Analysis, levels: &mut [(usize, usize)]) {
    let sign = |index: usize| {
        let first = analysis.lines[index].text.chars().next()?;
        "■□◆◇●○▌▍★☆▶►◎▪".contains(first).then_some(first)
    };
    let mut order: Vec<char> = Vec::new();
    for sign in levels.iter().filter_map(|(index, _)| sign(*index)) {
        if !order.contains(&sign) {
            order.push(sign);
        }
    }
    let all = levels.iter().all(|(index, level)| sign(*index).is_some() || *level > 1);
    if order.len() != 2 || !all {
        return;
    }
    let counts = order.iter().map(|one| levels.iter().filter(|(index, _)| sign(*index) == Some(*one)).count());
    if counts.min() < Some(2) {
        return;
    }
    let least = |one: char| levels.iter().filter(|(index, _)| sign(*index) == Some(one)).map(|(_, level)| *level).min();
    if least(order[1]) > least(order[0]) {
        return;
    }
    for (_, level) in levels.iter_mut().filter(|(index, _)| sign(*index) == Some(order[1])) {
        *level += 1;
    }
}
