//! Runs of numbers of one family, and what their members are seen from the whole run: headings, items, page numbers.

use super::context::{Role, Surroundings};
use super::features::{Ends, Features};
use super::habits::is_text;
use super::lines::Line;
use super::number::{FAMILIES, Family};
use super::posts::numbers_a_subtitle;

/// A run of numbers of one family.
struct Run {
    family: Family,
    members: Vec<usize>,
    last: u32,
}

/// Find the runs of each family and say what their members are.
pub(super) fn runs(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut open: Vec<Option<Run>> = (0..FAMILIES).map(|_| None).collect();
    let mut ended: [(u32, Role); FAMILIES] = [(0, Role::None); FAMILIES];
    for (index, feature) in features.iter().enumerate() {
        let Some(number) = feature.number else { continue };
        let slot = &mut open[number.family as usize];
        let goes_on = slot.as_ref().is_some_and(|run| goes_on(run, number.value));
        if !goes_on && let Some(run) = slot.take() {
            settle(&run, lines, features, around, &mut ended);
        }
        let run = slot.get_or_insert_with(|| Run { family: number.family, members: Vec::new(), last: 0 });
        run.members.push(index);
        run.last = number.value;
        // A new member of an outer family ends the runs inside it.
        if number.family.names_a_division() || number.family == Family::ChineseComma {
            let inner = &mut open[number.family as usize + 1..Family::Note as usize];
            for run in inner.iter_mut().filter_map(Option::take) {
                settle(&run, lines, features, around, &mut ended);
            }
        }
    }
    open.into_iter().flatten().for_each(|run| settle(&run, lines, features, around, &mut ended));
}

fn goes_on(run: &Run, value: u32) -> bool {
    match run.family {
        Family::Bullet => run.last == value,
        Family::Part | Family::Volume | Family::Chapter | Family::Episode => true,
        Family::Dotted | Family::DottedTwice | Family::Article | Family::Section => true,
        Family::Note => value > run.last,
        _ => value == run.last + 1 || value == run.last + 2,
    }
}

/// Say what the members of a run are. One alone that counts on from a run of another division is what those were.
fn settle(
    run: &Run,
    lines: &[Line],
    features: &[Features],
    around: &mut [Surroundings],
    ended: &mut [(u32, Role); FAMILIES],
) {
    let (last, before) = ended[run.family as usize];
    let first = features[run.members[0]].number.map_or(0, |number| number.value);
    let role = match role(run, lines, features) {
        Role::Lone if last > 0 && first == last + 1 && run.family != Family::Bullet => before,
        role => role,
    };
    ended[run.family as usize] = (run.last, role);
    for member in &run.members {
        around[*member].role = role;
    }
}

fn role(run: &Run, lines: &[Line], features: &[Features]) -> Role {
    let count = run.members.len();
    let titles = run.members.iter().filter(|index| is_title_like(lines, features, **index)).count();
    let neighbours = run.members.windows(2).filter(|pair| pair[1] == pair[0] + 1).count();
    match run.family {
        Family::Article if titles * 5 >= count * 4 && neighbours == 0 && count >= 2 => Role::Heading,
        Family::Article | Family::Ordinal => Role::Numbered,
        Family::Part | Family::Volume | Family::Chapter | Family::Episode | Family::Section => {
            if titles * 2 >= count {
                Role::Heading
            } else {
                Role::Numbered
            }
        }
        Family::Alone => alone(run, lines, features),
        Family::Bullet => {
            let sign = char::from_u32(run.last).is_some_and(|sign| "■◆●▌□◎★▍※◇○☆▶►✔✓❖".contains(sign));
            let text = |index: &&usize| {
                let next = **index + 1;
                next < lines.len() && features[next].number.is_none() && is_text(&lines[next], &features[next])
            };
            let opening = run.members.iter().filter(text).count();
            let parts = || run.members.iter().filter(|index| opens_part(lines, features, **index)).count();
            let points = char::from_u32(run.last).is_some_and(|sign| "▲△▼▽↑↓".contains(sign));
            if sign && titles * 5 >= count * 4 && neighbours == 0 && (opening * 2 >= count || parts() == count) {
                Role::Heading
            } else if points && neighbours == 0 {
                Role::Lone
            } else if count >= 2 {
                Role::Item
            } else {
                Role::Lone
            }
        }
        Family::Note => Role::Numbered,
        _ if count < 2 => Role::Lone,
        Family::Step | Family::Leg if neighbours * 2 < count => Role::Heading,
        _ => {
            let headings = titles * 5 >= count * 3 && neighbours * 2 < count;
            if headings { Role::Heading } else { Role::Item }
        }
    }
}

/// Whether a longer line, a list or a table stands right below a line.
fn opens_part(lines: &[Line], features: &[Features], index: usize) -> bool {
    let Some((next, feature)) = lines.get(index + 1).zip(features.get(index + 1)) else { return false };
    let other = feature.number.is_some_and(|number| Some(number.value) != features[index].number.map(|own| own.value));
    let text = feature.ends == Ends::Sentence && next.chars > lines[index].chars;
    text || other || feature.cells >= 2
}

/// Numbers alone on their lines: marks of sections, or of pages.
fn alone(run: &Run, lines: &[Line], features: &[Features]) -> Role {
    let padded = lines[run.members[0]].text.starts_with('0');
    let breaks_text =
        |index: usize| index > 0 && features[index - 1].ends != Ends::Sentence && lines[index - 1].chars > 12;
    let broken = run.members.iter().filter(|index| breaks_text(**index)).count();
    let at_end = run.members.last().is_some_and(|index| index + 1 == lines.len());
    let entries = run.members.iter().filter(|index| features.get(**index + 1).is_some_and(|next| next.colon.is_some()));
    let entries = entries.count();
    let paged = run.members.iter().filter(|index| lines.get(**index + 1).is_some_and(|line| line.new_page)).count();
    let subtitles = run.members.iter().filter(|index| numbers_a_subtitle(features, lines, **index)).count();
    if subtitles * 2 > run.members.len() {
        return Role::Page;
    }
    if !padded
        && entries * 2 < run.members.len()
        && (broken * 2 > run.members.len()
            || paged * 2 > run.members.len()
            || (at_end && (paged > 0 || run.members.len() >= 3)))
    {
        Role::Page
    } else if run.members.len() < 2 || at_end && run.members.len() < 3 {
        Role::Lone
    } else {
        Role::Mark
    }
}

/// Whether the words after a number are few and do not end like a sentence.
pub(super) fn is_title_like(lines: &[Line], features: &[Features], index: usize) -> bool {
    let (line, feature) = (&lines[index], &features[index]);
    let limit = if line.text.is_ascii() { 80 } else { 36 };
    let question = line.text.ends_with(['？', '?', '！', '!']) && feature.sentences == 0;
    line.chars <= limit
        && feature.sentences == 0
        && !is_to_fill_in(&line.text)
        && (matches!(feature.ends, Ends::Open) || (question && line.chars <= 28))
}

/// Whether a line is a question of an examination: it has room for the answer, `（　　）` or `____`.
fn is_to_fill_in(text: &str) -> bool {
    let empty = |open: char, close: char| {
        text.match_indices(open).any(|(at, _)| {
            let inner = text[at + open.len_utf8()..].trim_start_matches([' ', '\u{3000}', '_']);
            inner.starts_with(close)
        })
    };
    text.contains('_') && text.contains("___") || empty('（', '）') || empty('(', ')')
}
