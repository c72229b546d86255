//! Chronicles and diaries: lines that name a time and head what happened then.

use super::context::Surroundings;
use super::dates;
use super::features::{Ends, Features};
use super::lexicon::Key;
use super::lines::Line;
use super::number::Family;
use super::numeral::numeral;
use super::posts::Post;

/// Longest line that names a time, with a few words to it, in characters.
const LONGEST: u32 = 28;

/// How long the time is that a line names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Span {
    #[default]
    None,
    /// 1950年代, 1949—1978年, 2000年以后
    Years,
    Year,
    Month,
    Day,
}

impl Span {
    /// The family such headings make: they nest as they come.
    pub fn family(self) -> Option<Family> {
        Some(match self {
            Span::None => return None,
            Span::Years => Family::Years,
            Span::Year => Family::Year,
            Span::Month => Family::Month,
            Span::Day => Family::Day,
        })
    }
}

/// Mark the lines that name a time, where three or more stand above text; longer times stand above shorter ones.
pub(super) fn days(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let spans: Vec<Span> = (0..lines.len()).map(|index| span_of(index, lines, features, around)).collect();
    let heads = |index: usize| {
        let (own, below) = (spans[index], spans.get(index + 1).copied().unwrap_or_default());
        let over_text = || {
            features.get(index + 1).is_some_and(|next| next.ends != Ends::Open)
                && lines[index + 1].chars > lines[index].chars
        };
        own != Span::None && if below == Span::None { over_text() } else { below > own }
    };
    let found: Vec<usize> = (0..lines.len()).filter(|index| heads(*index)).collect();
    let over_text =
        found.iter().filter(|index| spans.get(**index + 1).copied().unwrap_or_default() == Span::None).count();
    let alike = found.windows(2).all(|pair| pair[1] > pair[0] + 1 || spans[pair[1]] > spans[pair[0]]);
    if over_text >= 3 && alike {
        found.iter().for_each(|index| around[*index].dated = spans[*index]);
    }
}

/// The time a line names, if it does little else.
fn span_of(index: usize, lines: &[Line], features: &[Features], around: &[Surroundings]) -> Span {
    let (line, feature) = (&lines[index], &features[index]);
    if line.chars > LONGEST || feature.ends != Ends::Open || around[index].post != Post::None {
        return Span::None;
    }
    let dated = feature.meta.as_ref().is_some_and(|meta| {
        meta.keys == 0 && meta.left_over <= 4 && meta.pieces.first().is_some_and(|piece| piece.key == Key::Date)
    });
    let text = line.text.as_ref();
    if line.chars <= 24 && (dated || dates::whole(text).is_some()) {
        let iso = dates::find(text).or_else(|| dates::whole(text)).map_or(10, |date| date.iso.len());
        return match iso {
            4 => Span::Year,
            5..=7 => Span::Month,
            _ => Span::Day,
        };
    }
    titled(text)
}

/// A time without a day, whole or with a title behind it: `1950年代`, `2019年｜搬家`, `3月`.
fn titled(text: &str) -> Span {
    let Some((value, bytes)) = numeral(text) else { return Span::None };
    let rest = &text[bytes..];
    let ended = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| "：: \u{3000}|｜丨·".contains(c));
    let year = (1000..2200).contains(&value);
    let unit = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word)).is_some_and(ended);
    if unit(&["世纪", "世紀"]) || (value % 10 == 0 && unit(&["年代", "s", "年代初", "年代末"])) {
        return Span::Years;
    }
    if !year {
        return if (1..=12).contains(&value) && unit(&["月", "月份"]) { Span::Month } else { Span::None };
    }
    if unit(&["年", "年度", "년"]) {
        return Span::Year;
    }
    let since = rest.trim_start_matches('年');
    if ["以后", "以前", "之后", "之前", "以来", "至今", "后", "前", "以後", "之後", "以來", "後"]
        .iter()
        .any(|word| since.strip_prefix(word).is_some_and(ended))
    {
        return Span::Years;
    }
    let to = since.trim_start_matches([' ', '-', '—', '–', '～', '~', '至', '到', '－']);
    let until = (to.len() < since.len()).then(|| numeral(to)).flatten();
    let range = until.is_some_and(|(last, bytes)| {
        (last > value && last < 2200 || last < 100) && ended(to[bytes..].trim_start_matches(['年', '代']))
    });
    let open = to.len() < since.len() && to.starts_with('今');
    if range || open { Span::Years } else { Span::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_their_length() {
        for text in ["1950年代", "1949—1978年", "2000年以后", "1990s", "19世纪", "2012-2015", "2016至今"] {
            assert_eq!(titled(text), Span::Years, "{text}");
        }
        for text in ["2019年｜搬家", "1953年", "1981年 新馆"] {
            assert_eq!(titled(text), Span::Year, "{text}");
        }
        assert_eq!(titled("3月"), Span::Month);
        for text in ["3月，图书室成立", "1953年春天", "12个", "2000米", "2019年的秋天"] {
            assert_eq!(titled(text), Span::None, "{text}");
        }
    }
}
