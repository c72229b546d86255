//! Items that bear no mark of a list: what goes into a dish, times of a day, days of a chronicle.

use super::context::Surroundings;
use super::dates;
use super::features::{Ends, Features};
use super::lines::Line;
use super::names::is_name;
use super::signs::Signs;
use super::words::Words;

/// Fewest lines of one form that are a list.
const FEWEST: usize = 3;

/// Mark the lines of lists without marks.
pub(super) fn items(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let free = |index: usize, around: &[Surroundings]| {
        let own = &around[index];
        !own.row && own.columns == 0 && !own.speaker && !features[index].of_the_site() && !features[index].page_number
    };
    ingredients(lines, features, around, &free);
    runs_of(lines, around, &free, |line| {
        line.chars <= 24 && line.signs.any(Signs::SPACE | Signs::BLANK) && casts(&line.text)
    });
    runs_of(lines, around, &free, |line| {
        line.chars <= 48 && line.signs.any(Signs::COLON) && begins_with_clock(&line.text)
    });
    runs_of(lines, around, &free, |line| line.chars <= 160 && begins_with_day(&line.text));
    runs_of(lines, around, &free, |line| line.chars <= 60 && is_work(&line.text));
}

/// Mark three lines or more in a row that have a form.
fn runs_of(
    lines: &[Line],
    around: &mut [Surroundings],
    free: &impl Fn(usize, &[Surroundings]) -> bool,
    form: impl Fn(&Line) -> bool,
) {
    let mut start = 0;
    while start < lines.len() {
        let end = (start..lines.len()).find(|at| !form(&lines[*at]) || !free(*at, around)).unwrap_or(lines.len());
        if end - start >= FEWEST {
            around[start..end].iter_mut().for_each(|around| around.item = true);
        }
        start = end + 1;
    }
}

/// What heads the things that go into a dish.
const THINGS: &[&str] = &[
    "主料",
    "辅料",
    "輔料",
    "配料",
    "调料",
    "調料",
    "用料",
    "食材",
    "材料",
    "原料",
    "佐料",
    "食材准备",
    "准备材料",
    "準備材料",
    "所需食材",
    "所需材料",
    "材料清单",
    "재료",
    "양념",
    "Ingredients",
];

static THING_WORDS: Words = Words::new(THINGS);

/// Mark lines of a thing and how much of it, below what heads them.
fn ingredients(
    lines: &[Line],
    features: &[Features],
    around: &mut [Surroundings],
    free: &impl Fn(usize, &[Surroundings]) -> bool,
) {
    let heads = |line: &Line| {
        // A mark of a heading, or the first character of a word.
        let opened = || line.text.starts_with(['【', '[', '■', '◆', '●', '▍', '：', ':']);
        if line.chars > 20 || !(THING_WORDS.may_begin(&line.text) || opened()) {
            return false;
        }
        let bare = line.text.trim_matches(|c: char| c.is_whitespace() || "【】[]：:■◆●▍".contains(c));
        THINGS.iter().any(|word| bare == *word || bare.strip_prefix(word).is_some_and(is_in_brackets))
    };
    for head in 0..lines.len() {
        if !heads(&lines[head]) {
            continue;
        }
        let thing = |index: usize| {
            let (line, feature) = (&lines[index], &features[index]);
            feature.ends == Ends::Open && feature.number.is_none() && line.chars <= 30 && has_amount(&line.text)
        };
        let below = head + 1;
        let end = (below..lines.len()).find(|at| !thing(*at) || !free(*at, around)).unwrap_or(lines.len());
        if end - below >= 2 {
            around[below..end].iter_mut().for_each(|around| around.item = true);
        }
    }
}

/// 《渡口记》，1926年刊行: a work and what is known of it, no sentence.
fn is_work(text: &str) -> bool {
    let rest = text.strip_prefix('《').and_then(|rest| rest.split_once('》')).map(|(_, rest)| rest);
    let open = |rest: &str| !rest.ends_with(['。', '！', '？', '；', '：', '，', '、']);
    rest.is_some_and(|rest| rest.starts_with(['，', '（', '(', ',']) && open(rest) || rest.contains('年') && open(rest))
}

fn is_in_brackets(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// 鸭子 半只, 盐适量, 200 g flour
fn has_amount(text: &str) -> bool {
    const AMOUNTS: &[&str] = &["适量", "適量", "少许", "少許", "若干", "半", "一", "两", "兩", "几"];
    let parted = text.contains([' ', '\u{3000}']) || text.ends_with(['量', '许', '許']);
    parted && (text.chars().any(char::is_numeric) || AMOUNTS.iter().any(|word| text.contains(word)))
}

/// 舞美设计 何青, 沈庭 饰 老船工: a part or a task and whose it is.
fn casts(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let task = |word: &str| (2..=8).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
    match words[..] {
        [left, right] => task(left) && is_name(right) && !is_name(left),
        [left, word, right] => matches!(word, "饰" | "飾" | "扮演" | "饰演" | "as") && task(left) && task(right),
        _ => false,
    }
}

/// `09:12 `, `9：30—10：00 ` and words behind it.
fn begins_with_clock(text: &str) -> bool {
    let clock = |text: &str| -> Option<usize> {
        let hour = text.bytes().take_while(u8::is_ascii_digit).count();
        let colon = text[hour..].chars().next().filter(|c| matches!(c, ':' | '：'))?;
        let rest = &text[hour + colon.len_utf8()..];
        let minute = rest.bytes().take_while(u8::is_ascii_digit).count();
        ((1..=2).contains(&hour) && minute == 2).then_some(hour + colon.len_utf8() + minute)
    };
    let Some(end) = clock(text) else { return false };
    let rest = &text[end..];
    let until = rest.trim_start_matches([' ', '-', '—', '–', '~', '～', '至']);
    let rest = clock(until).filter(|_| until.len() < rest.len()).map_or(rest, |end| &until[end..]);
    rest.starts_with([' ', '\u{3000}', '：', ':']) && rest.chars().any(char::is_alphabetic)
}

/// `1924年8月1日：` and words behind it.
fn begins_with_day(text: &str) -> bool {
    if !text.starts_with(dates::may_begin) {
        return false;
    }
    let blank = || {
        let day = text.find(['日', '月']).map(|at| at + 3).filter(|at| text[*at..].starts_with([' ', '\u{3000}']))?;
        text.is_char_boundary(day).then(|| text.split_at(day))
    };
    let Some((head, rest)) = text.split_once(['：', ':']).or_else(blank) else { return false };
    let date = dates::find(head).is_some_and(|date| date.start == 0 && date.end == head.len());
    let era = || {
        head.contains('年')
            && head.ends_with(['日', '月'])
            && head.chars().count() <= 24
            && head.starts_with(|c: char| c.is_ascii_digit())
    };
    rest.trim_start().chars().count() >= 2 && (date || era())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_items_are_known() {
        assert!(begins_with_clock("09:12 青石站出发") && begins_with_clock("9：30—10：00　签到"));
        assert!(!begins_with_clock("12:30") && !begins_with_clock("3:2 领先"));
        assert!(begins_with_day("1922年4月10日：开工。") && begins_with_day("1922年（大正11年）4月10日：着工。"));
        assert!(!begins_with_day("他说：好，就这样。"));
        assert!(has_amount("魔芋 1块") && has_amount("盐适量") && !has_amount("鸭子切块"));
    }
}
