//! Dates as pages write them, to ISO 8601.

use std::sync::LazyLock;

use regex::Regex;

/// Year, month, day in the orders and with the separators in use; hours are not kept.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
        (?:^|[^0-9])
        (?P<year>(?:19|20)[0-9]{2}) \s* (?:[-/.]|年) \s* (?P<month>1[0-2]|0?[1-9]) \s* (?:[-/.]|月) \s*
        (?P<day>3[01]|[12][0-9]|0?[1-9]) (?: \s*日 | [T\s:,;)）】\]|　] | [^0-9.] | $ )";
    Regex::new(pattern).expect("the pattern is right")
});

/// `May 6, 2024`, `6 May 2024`, `Mon, 6 May 2024`.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?ix)
        (?: (?P<day1>[0-3]?[0-9])(?:st|nd|rd|th)? \s+ (?:of\s+)? )?
        \b (?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \.? \s*
        (?: (?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)? ,? \s+ )? ,?
        \s* (?P<year>(?:19|20)[0-9]{2}) \b";
    Regex::new(pattern).expect("the pattern is right")
});

/// Eight digits, as machines write them: `20240506`, also before a time.
static COMPACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?:T?[0-9]{4,6})?$")
        .expect("the pattern is right")
});

/// The first date in a text as `2024-05-06`.
pub fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    let written = |found: regex::Captures<'_>| {
        let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
        date(number("year")?, number("month")?, number("day")?)
    };
    if let Some(found) = COMPACT.captures(text) {
        return written(found);
    }
    if let Some(iso) = DATE.captures(text).and_then(written) {
        return Some(iso);
    }
    let found = ENGLISH.captures(text)?;
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = names.iter().position(|name| found["month"].eq_ignore_ascii_case(name))? as u32 + 1;
    let day = found.name("day2").or_else(|| found.name("day1"))?.as_str().parse().ok()?;
    date(found["year"].parse().ok()?, month, day)
}

/// A date that exists, as text.
fn date(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    (day <= days).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_writing_a_date_is_read() {
        for text in [
            "2024-05-06T10:20:00+08:00",
            "2024年5月6日 10:20",
            "发布时间：2024-05-06 10:20",
            "2024/05/06",
            "2024.5.6",
            "20240506",
            "May 6, 2024",
            "Mon, 6 May 2024 10:00:00 GMT",
            "（2024-05-06）",
        ] {
            assert_eq!(iso_date(text).as_deref(), Some("2024-05-06"), "{text}");
        }
        for text in ["2024-13-01", "2023-02-29", "12024-05-06", "版本 3.2.1", "2024年5月"] {
            assert_eq!(iso_date(text), None, "{text}");
        }
    }
}
