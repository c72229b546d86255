//! Dates as Chinese, Japanese, Korean and English text writes them, to ISO 8601.

use super::numeral::numeral;

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// `2022-08-26`, with `T09:30` where the time is given and not midnight; `2022-08` or `2022` when no more is said.
    pub iso: String,
    /// Byte range in the text, time included.
    pub start: usize,
    pub end: usize,
}

/// Eras and the year before their first; the longer name of two that start alike stands first.
const ERAS: &[(&str, u32)] = &[
    ("中華民國", 1911),
    ("中华民国", 1911),
    ("民國", 1911),
    ("民国", 1911),
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("公元", 0),
    ("西元", 0),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a word is the English name of a month, or one of the words of a time of day.
pub(super) fn names_a_month(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "a" | "p" | "m" | "am" | "pm" | "t" | "z")
        || lower.len() >= 3 && MONTHS.iter().any(|month| lower.starts_with(month))
}

/// The first date in a text that names at least a year and a month.
pub(super) fn find(text: &str) -> Option<Date> {
    text.char_indices().find_map(|(start, c)| {
        if !may_begin(c) {
            return None;
        }
        let inside_word = text[..start].chars().next_back().is_some_and(|before| {
            before.is_ascii_digit() && c.is_ascii_digit() || before.is_ascii_alphabetic() && c.is_ascii_alphabetic()
        });
        if inside_word { None } else { at(text, start) }
    })
}

/// Whether a date may begin with a character.
pub(super) fn may_begin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '中' | '民' | '令' | '平' | '昭' | '大' | '明' | '公' | '西' | '一' | '二' | '〇' | '０' | '１' | '２'
        )
}

/// A date behind a key in years of the Republic, `109-06-15`, `109/6/15`: without the key it may be any number.
pub(super) fn of_the_republic(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split(['-', '/', '.', '年', '月', '日']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts[..] else { return None };
    let number = |text: &str| text.parse::<u32>().ok();
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let plausible = (60..200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    plausible.then(|| Date { iso: format!("{:04}-{month:02}-{day:02}", year + 1911), start: 0, end: text.len() })
}

/// The date that is the whole of a text but for brackets and blanks, a year alone included.
pub(super) fn whole(text: &str) -> Option<Date> {
    let inner = text.trim_matches(|c: char| {
        matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '〔' | '〕') || c.is_whitespace()
    });
    let offset = inner.as_ptr() as usize - text.as_ptr() as usize;
    let date = at(inner, 0).or_else(|| year_only(inner)).filter(|date| date.end == inner.len())?;
    Some(Date { start: date.start + offset, end: date.end + offset, ..date })
}

fn year_only(text: &str) -> Option<Date> {
    let (year, mut end) = year(text)?;
    let rest = &text[end..];
    end += ["年", "년"].iter().find(|unit| rest.starts_with(**unit)).map_or(0, |unit| unit.len());
    Some(Date { iso: format!("{year:04}"), start: 0, end })
}

/// A date at a place.
fn at(text: &str, start: usize) -> Option<Date> {
    let rest = &text[start..];
    if rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && let Some((iso, length)) = stamped(rest)
    {
        return Some(Date { iso, start, end: start + length });
    }
    let (year, month, day, length) = numeric(rest).or_else(|| english(rest))?;
    let mut end = start + length;
    let mut iso = String::with_capacity(16);
    push(&mut iso, &[(None, year / 100), (None, year % 100), (Some('-'), month)]);
    if let Some(day) = day {
        push(&mut iso, &[(Some('-'), day)]);
        if let Some((hour, minute, bytes)) = time(&text[end..]) {
            if (hour, minute) != (0, 0) {
                push(&mut iso, &[(Some('T'), hour), (Some(':'), minute)]);
            }
            end += bytes;
        }
    }
    Some(Date { iso, start, end })
}

/// Put numbers of two figures, each behind its mark, at the end of a date.
fn push(iso: &mut String, numbers: &[(Option<char>, u32)]) {
    for (mark, number) in numbers {
        iso.extend(*mark);
        iso.extend([number / 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
    }
}

fn year(text: &str) -> Option<(u32, usize)> {
    let begins_era = text.as_bytes().first().is_some_and(|first| *first >= 0xE0);
    let era = ERAS.iter().find(|(name, _)| begins_era && text.starts_with(name));
    let offset = era.map_or(0, |(name, _)| name.len());
    let spaces = blanks(&text[offset..]);
    let (number, bytes) = numeral(&text[offset + spaces..])?;
    let year = era.map_or(0, |(_, base)| *base) + number;
    let explicit = era.is_some_and(|(_, base)| *base > 0);
    let plausible = if explicit { number > 0 && year < 2200 } else { (1000..2200).contains(&year) };
    plausible.then_some((year, offset + spaces + bytes))
}

/// Year, month and day with `年月日`, `년월일`, `-`, `/` or `.` between them, and the bytes taken.
fn numeric(text: &str) -> Option<(u32, u32, Option<u32>, usize)> {
    let (year, mut end) = year(text)?;
    end += blanks(&text[end..]);
    let separator = text[end..].chars().next().filter(|c| "年년-/.．－／".contains(*c))?;
    end += separator.len_utf8();
    end += blanks(&text[end..]);
    let (month, bytes) = numeral(&text[end..]).filter(|(month, _)| (1..=12).contains(month))?;
    end += bytes;
    let after_month = end + blanks(&text[end..]);
    let unit = text[after_month..].chars().next();
    let by_name = separator == '年' || separator == '년';
    if by_name && !unit.is_some_and(|c| c == '月' || c == '월') {
        return None;
    }
    let Some(unit) = unit.filter(|c| *c == '月' || *c == '월' || *c == separator) else {
        // `2022-08` is a month; `2022.5` more likely a number.
        return (separator == '-' && bytes == 2).then_some((year, month, None, end));
    };
    let month_end = after_month + if by_name { unit.len_utf8() } else { 0 };
    let mut day_at = after_month + unit.len_utf8();
    day_at += blanks(&text[day_at..]);
    let Some((day, bytes)) = numeral(&text[day_at..]).filter(|(day, _)| (1..=31).contains(day)) else {
        return by_name.then_some((year, month, None, month_end));
    };
    end = day_at + bytes;
    let after_day = end + blanks(&text[end..]);
    if let Some(unit) = text[after_day..].chars().next().filter(|c| "日号號일".contains(*c)) {
        end = after_day + unit.len_utf8();
    } else if by_name {
        return Some((year, month, None, month_end));
    } else if separator == '.' && text[end..].starts_with(". ") {
        end += 1;
    }
    Some((year, month, Some(day), end))
}

/// The first 24 characters, as far as they are of ASCII.
fn ascii_head(text: &str) -> &str {
    &text[..text.bytes().take(24).take_while(u8::is_ascii).count()]
}

/// `August 26, 2022` and `26 August 2022`.
fn english(text: &str) -> Option<(u32, u32, Option<u32>, usize)> {
    if !text.is_char_boundary(text.len().min(3)) || !text.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    let head = ascii_head(text);
    if !head.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let weekday = |word: &&str| ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(word);
    let words: Vec<&str> =
        head.split([' ', ',', '.']).filter(|word| !word.is_empty() && !weekday(word)).take(3).collect();
    if let [name, year] = words[..]
        && text.trim().len() == head.trim().len()
        && (3..=9).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && let Some(month) = MONTHS.iter().position(|month| name.to_ascii_lowercase().starts_with(month))
        && let Some(value) = year.parse().ok().filter(|year| (1800..2200).contains(year))
    {
        return Some((value, month as u32 + 1, None, head.find(year)? + year.len()));
    }
    let [first, second, third] = words[..] else { return None };
    let month = |word: &str| {
        let lower = word.to_ascii_lowercase();
        let known = lower.len() >= 3 && lower.bytes().all(|byte| byte.is_ascii_lowercase());
        MONTHS.iter().position(|month| known && lower.starts_with(month)).map(|index| index as u32 + 1)
    };
    let day = |word: &str| word.trim_end_matches(char::is_alphabetic).parse().ok().filter(|day| (1..=31).contains(day));
    let year: u32 = third.get(..4)?.parse().ok().filter(|year| (1000..2200).contains(year))?;
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, day(second)?),
        (None, Some(month)) => (month, day(first)?),
        _ => return None,
    };
    let end = head.find(&third[..4]).expect("the word came from this text") + 4;
    Some((year, month, Some(day), end))
}

/// `May 14 21:07:33 2004`, as letters and boards stamp it: date, hour, minute, bytes taken.
fn stamped(text: &str) -> Option<(String, usize)> {
    // The month has three letters and stands first.
    if text.as_bytes().get(3) != Some(&b' ') {
        return None;
    }
    let head = ascii_head(text);
    let words: Vec<&str> = head.split(' ').filter(|word| !word.is_empty()).take(4).collect();
    let [month, day, time, year] = words[..] else { return None };
    let month = MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name))? + 1;
    let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let mut parts = time.split(':').map(|part| part.parse::<u32>().ok().filter(|part| *part < 60));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let year: u32 = year.get(..4)?.parse().ok().filter(|year| (1000..2200).contains(year))?;
    let end = head.rfind(&format!("{year:04}"))? + 4;
    let mut iso = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute) != (0, 0) {
        iso.push_str(&format!("T{hour:02}:{minute:02}"));
    }
    Some((iso, end))
}

/// A time of day after a date: hour, minute, bytes taken.
fn time(text: &str) -> Option<(u32, u32, usize)> {
    let mut end = blanks(text);
    let mut marked = false;
    for mark in ["T", "上午", "下午", "晚上", "凌晨", "午前", "午後"] {
        if text[end..].starts_with(mark) {
            marked = mark == "下午" || mark == "晚上" || mark == "午後";
            end += mark.len();
            end += blanks(&text[end..]);
            break;
        }
    }
    let (hour, bytes) = numeral(&text[end..]).filter(|(hour, _)| *hour < 24)?;
    end += bytes;
    let separator = text[end..].chars().next().filter(|c| ":：时時點点".contains(*c))?;
    end += separator.len_utf8();
    let (minute, bytes) = numeral(&text[end..]).filter(|(minute, _)| *minute < 60)?;
    end += bytes;
    let rest = &text[end..];
    if let Some(c) = rest.chars().next().filter(|c| ":：分".contains(*c)) {
        let seconds = numeral(&rest[c.len_utf8()..]).filter(|(second, _)| *second < 60);
        end += seconds.map_or(if c == '分' { c.len_utf8() } else { 0 }, |(_, bytes)| c.len_utf8() + bytes);
    }
    let lower = text[end..].get(..6.min(text.len() - end)).unwrap_or_default().to_ascii_lowercase();
    let word = lower.trim_start();
    let half = ["a.m.", "p.m.", "am", "pm"].into_iter().find(|half| word.starts_with(half)).filter(|_| hour <= 12);
    if let Some(half) = half {
        marked = half.starts_with('p');
        end += lower.len() - word.len() + half.len();
    }
    let hour = match (hour, half) {
        (12, Some(half)) if half.starts_with('a') => 0,
        (hour, _) if marked && hour < 12 => hour + 12,
        (hour, _) => hour,
    };
    Some((hour, minute, end))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_form_become_iso() {
        for (text, iso) in [
            ("2022年8月26日", "2022-08-26"),
            ("发布于: 2022-08-26 00:00", "2022-08-26"),
            ("2022-08-26 09:30:15 来源", "2022-08-26T09:30"),
            ("2022/8/6", "2022-08-06"),
            ("2022.08.26", "2022-08-26"),
            ("二〇二二年八月二十六日", "2022-08-26"),
            ("二○二二年十二月三十一日", "2022-12-31"),
            ("民國111年8月26日", "2022-08-26"),
            ("中華民國一百一十一年八月二十六日", "2022-08-26"),
            ("令和4年8月26日", "2022-08-26"),
            ("令和元年5月1日", "2019-05-01"),
            ("昭和 20 年 8 月", "1945-08"),
            ("2022年8月26日下午3时20分", "2022-08-26T15:20"),
            ("2022년 8월 26일", "2022-08-26"),
            ("August 26, 2022", "2022-08-26"),
            ("26 Aug 2022", "2022-08-26"),
            ("2022-08-26T10:00", "2022-08-26T10:00"),
            ("2022-08", "2022-08"),
        ] {
            assert_eq!(find(text).map(|date| date.iso).as_deref(), Some(iso), "{text}");
        }
    }

    #[test]
    fn numbers_are_not_dates() {
        for text in ["增长2022.5", "电话 010-8812-3456", "3.14", "1-2", "2022年增长8个百分点", "12345-06-07 x"]
        {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_date_may_be_a_year() {
        assert_eq!(whole("（二〇二二年）").map(|date| date.iso).as_deref(), Some("2022"));
        assert_eq!(whole("2022年8月26日"), Some(Date { iso: "2022-08-26".into(), start: 0, end: 16 }));
        assert_eq!(whole("2022年8月26日开幕"), None);
    }
}
