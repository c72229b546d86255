//! Lines with a name before a colon: the turns of speakers who come back, and terms with what they mean.

use std::collections::{BTreeSet, HashMap};

use super::context::Surroundings;
use super::features::{Ends, Features};
use super::habits::is_text;
use super::lexicon;
use super::lines::Line;
use super::number::Family;
use super::signs::Signs;
use super::words::Words;

/// Mark the turns of speakers whose name stands before a colon at least twice, when there are two speakers.
pub(super) fn speakers(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut turns: Vec<(usize, &str)> = Vec::new();
    let threaded = is_thread(lines, features);
    for (index, (line, feature)) in lines.iter().zip(features).enumerate() {
        let Some(colon) = feature.colon.map(usize::from).or_else(|| far_colon(line)) else { continue };
        let name = line.text[..colon].trim_matches(['【', '】', '[', ']', '《', '》', ' ', '\u{3000}', '*']);
        let chars = name.chars().count();
        let is_name = (1..=10).contains(&chars)
            && !name.contains(['，', '。', '、', '“', '《', '(', '（'])
            && (threaded || !name.contains('的'));
        let property = || lexicon::names_a_column(name) || lexicon::names_a_property(name) || lexicon::is_key(name);
        if is_name && feature.number.is_none() && !property() {
            *counts.entry(name).or_default() += 1;
            turns.push((index, name));
        }
    }
    // The same line again is a link, not a turn.
    let mut again: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (index, name) in &turns {
        if !again.insert((name, lines[*index].text.as_ref())) {
            counts.entry(name).and_modify(|count| *count -= 1);
        }
    }
    posted(lines, around);
    let returning = |name: &str| counts.get(name).is_some_and(|count| *count >= 2);
    let mut names: Vec<&str> = turns.iter().map(|(_, name)| *name).filter(|name| returning(name)).collect();
    let turns_of_returning = names.len();
    names.sort_unstable();
    names.dedup();
    answers(lines, around);
    if threaded {
        answerers(lines, features, &turns, around);
    }
    if names.len() < 2 || turns_of_returning < 4 {
        questions(&turns, around);
        return;
    }
    for (index, name) in &turns {
        around[*index].speaker = returning(name);
    }
    // One who speaks but once, between two who come back.
    for three in turns.windows(3) {
        let [(before, left), (index, _), (after, right)] = three else { continue };
        let most = if threaded && features[*index].ends != Ends::Open { 5 } else { 2 };
        let within = index - before <= most && after - index <= most;
        let known = |name: &str| returning(name) || threaded && (2..=8).contains(&name.chars().count());
        if within && known(left) && known(right) {
            around[*index].speaker = true;
        }
    }
}

/// Whether a page has posts and answers: two of its own lines speak of them.
fn is_thread(lines: &[Line], features: &[Features]) -> bool {
    static OF_POSTS: Words = Words::new(&["帖", "回复", "回覆", "回答", "楼主", "樓主", "跟贴"]);
    let speaks = |(line, feature): &(&Line, &Features)| {
        line.chars <= 40 && feature.ends == Ends::Open && feature.of_the_site() && OF_POSTS.stand_in(&line.text)
    };
    lines.iter().zip(features).filter(speaks).take(2).count() == 2
}

/// Mark what several people answered, each name right below what the page counts of the answer above: 赞同 318 收起.
fn answerers(lines: &[Line], features: &[Features], turns: &[(usize, &str)], around: &mut [Surroundings]) {
    let counted = |index: usize| index > 0 && features[index - 1].of_the_site();
    let named = |name: &str| (2..=8).contains(&name.chars().count());
    let opens = |(index, name): &&(usize, &str)| {
        counted(*index) && named(name) && lines[*index].chars > 20 && features[*index].ends == Ends::Sentence
    };
    let found: Vec<usize> = turns.iter().filter(opens).map(|(index, _)| *index).collect();
    if found.len() >= 3 {
        found.iter().for_each(|index| around[*index].speaker = true);
    }
}

/// Mark lines of who wrote, when, and what: 老狼骑车 发表于 2018-9-12 21:40：沙发!
fn posted(lines: &[Line], around: &mut [Surroundings]) {
    let post = |line: &Line| {
        if !(line.signs.any(Signs::DIGIT) && line.signs.any(Signs::COLON) && line.text.contains(['于', '於'])) {
            return false;
        }
        let head: String = line.text.chars().take(48).collect();
        let said = ["发表于", "發表於", "回复于", "评论于"].iter().find_map(|word| head.split_once(word));
        said.is_some_and(|(who, rest)| {
            let who = who.trim();
            let timed = crate::readers::text::dates::find(rest).is_some_and(|date| date.iso.contains('T'));
            (1..=16).contains(&who.chars().count()) && timed && rest.contains('：') && !who.contains(['，', '。'])
        })
    };
    let found: Vec<usize> = (0..lines.len()).filter(|index| post(&lines[*index])).collect();
    if found.len() >= 2 {
        found.iter().for_each(|index| around[*index].speaker = true);
    }
}

/// Whether lines of a term and its meaning, up to the word that heads them, stand right above a line.
fn in_glossary(lines: &[Line], features: &[Features], index: usize) -> bool {
    let above =
        (index.saturating_sub(40)..index).rev().find(|at| features[*at].colon.is_none() || lines[*at].chars > 80);
    above.is_some_and(|at| features[at].whole == Some(lexicon::Meaning::Glossary))
}

/// Mark questions and answers that begin with `Q.` and `A.`, in pairs.
fn answers(lines: &[Line], around: &mut [Surroundings]) {
    let mark = |line: &Line, letters: &[&str]| {
        let rest = letters.iter().find_map(|letter| line.text.strip_prefix(letter));
        let rest = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        rest.is_some_and(|rest| rest.starts_with(['.', '．', '、', '：', ':', ' ', '\u{3000}', '】', '/']))
    };
    let asks = |index: usize| mark(&lines[index], &["Q", "Ｑ", "问", "問", "【问", "【問"]);
    let replies = |index: usize| {
        lines[index].text.starts_with(['A', 'Ａ', '答', '【']) && mark(&lines[index], &["A", "Ａ", "答", "【答"])
    };
    // Questions that no line answers under a mark of its own stand over their answers.
    let over = |index: &usize| {
        let asked = lines[*index].chars <= 40 && lines[*index].text.ends_with(['？', '?']) && asks(*index);
        asked && lines.get(index + 1).is_some_and(|below| !asks(index + 1) && below.chars > 12)
    };
    let open: Vec<usize> = (0..lines.len()).filter(over).collect();
    if open.len() >= 3 && !(0..lines.len()).any(replies) {
        open.iter().for_each(|index| around[*index].question = true);
        return;
    }
    for index in 1..lines.len() {
        if replies(index) && asks(index - 1) {
            (around[index - 1].speaker, around[index].speaker) = (true, true);
        }
    }
}

/// Mark a question and the answer right below it, where both are called so: one pair is enough.
fn questions(turns: &[(usize, &str)], around: &mut [Surroundings]) {
    const PAIRS: &[(&str, &str)] =
        &[("问", "答"), ("問", "答"), ("Q", "A"), ("提问", "回答"), ("網友", "答"), ("质疑", "回应")];
    let one = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    for pair in turns.windows(2) {
        let ((asked, ask), (answered, answer)) = (pair[0], pair[1]);
        let known = PAIRS.iter().any(|(left, right)| one(ask) == *left && one(answer) == *right);
        if known && answered - asked <= 3 {
            (around[asked].speaker, around[answered].speaker) = (true, true);
        }
    }
}

/// The colon after a speaker's name in a long line, whose words were not looked at.
fn far_colon(line: &Line) -> Option<usize> {
    if !line.signs.any(Signs::COLON) {
        return None;
    }
    let head = line.text.char_indices().take(12);
    let figure = |index: usize| {
        line.text[index..].starts_with(':') && line.text[index + 1..].starts_with(|c: char| c.is_ascii_digit())
    };
    head.filter(|(_, c)| *c == '：' || *c == ':').map(|(index, _)| index).find(|index| *index > 0 && !figure(*index))
}

/// `term: meaning` on three lines or more, numbers alone between them passed over.
pub(super) fn terms(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let is_term = |index: usize| {
        let feature = &features[index];
        let Some(colon) = feature.colon.map(usize::from).or_else(|| far_colon(&lines[index])) else { return false };
        let term = &lines[index].text[..colon];
        let meaning = lines[index].text[colon..].chars().count();
        let bare = term.trim();
        let property = || lexicon::names_a_column(bare) || lexicon::names_a_property(bare) || lexicon::is_key(bare);
        // 老船厂站：没有接驳的终点 over its text is a heading.
        let heads = || {
            features[index].ends == Ends::Open
                && lines[index].chars <= 20
                && lines.get(index + 1).zip(features.get(index + 1)).is_some_and(|(next, below)| is_text(next, below))
        };
        !around[index].speaker
            && feature.start.is_none()
            && !term.contains(['，', '。', '“'])
            && (meaning > 6 || meaning > 1 && in_glossary(lines, features, index))
            && !lines[index].text[colon..].starts_with("：“")
            && feature.meta.as_ref().is_none_or(|meta| meta.left_over > 4)
            && !property()
            && !heads()
    };
    let members: Vec<usize> = (0..lines.len()).filter(|index| is_term(*index)).collect();
    let near = |left: usize, right: usize| {
        right - left == 1
            || (right - left == 2 && features[left + 1].number.is_some_and(|number| number.family == Family::Alone))
    };
    let mut start = 0;
    while start < members.len() {
        let mut end = start + 1;
        while end < members.len() && near(members[end - 1], members[end]) {
            end += 1;
        }
        if end - start >= 2 {
            members[start..end].iter().for_each(|member| around[*member].terms = true);
        }
        if end - start >= 4 && are_definitions(lines, features, &members[start..end]) {
            members[start..end].iter().for_each(|member| around[*member].definitions = true);
        }
        start = end;
    }
}

/// Whether `term: meaning` lines are a glossary though nothing says so: short terms that all differ, none of them the
/// name of a property, each with a sentence of its own.
fn are_definitions(lines: &[Line], features: &[Features], members: &[usize]) -> bool {
    let term = |member: &usize| {
        let line = &lines[*member];
        let colon = features[*member].colon.map(usize::from).or_else(|| far_colon(line)).unwrap_or(0);
        line.text[..colon].trim()
    };
    let plain = |member: &&usize| {
        let name = term(member);
        let person = name.chars().count() == 3 && lexicon::begins_with_surname(name) && features[**member].quoted;
        features[**member].number.is_none()
            && !person
            && (2..=10).contains(&name.chars().count())
            && features[**member].ends == Ends::Sentence
    };
    let terms: BTreeSet<&str> = members.iter().map(term).collect();
    terms.len() == members.len() && members.iter().filter(plain).count() * 5 >= members.len() * 4
}
