//! Seconds since 1970 as the calendar has them.

/// `2022-08-26T09:30:00Z` (W3C date and time format), for years 0 to 9999; others are moved to the nearest of them.
pub fn utc(timestamp: i64) -> String {
    let timestamp = timestamp.clamp(-62_167_219_200, 253_402_300_799);
    let (days, seconds) = (timestamp.div_euclid(86_400), timestamp.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of the proleptic Gregorian calendar, from days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that the leap day is the last day of its year; an era is 400 years.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// The date part of an ISO 8601 date that EPUB readers understand: a year, with month, with day.
pub fn calendar_date(date: &str) -> Option<&str> {
    let date = date.trim();
    let date = date.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let within = |part: &str, most: u8| part.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number));
    let sound = match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && within(month, 12),
        [year, month, day] => {
            let sound = digits(year, 4) && digits(month, 2) && within(month, 12) && digits(day, 2);
            sound && within(day, days_of_month(year, month))
        }
        _ => false,
    };
    sound.then_some(date)
}

/// How many days a month has; year and month are digits.
fn days_of_month(year: &str, month: &str) -> u8 {
    let year: u32 = year.parse().unwrap_or_default();
    let leaps = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        "02" if leaps => 29,
        "02" => 28,
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_leap_days() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(315_532_800), "1980-01-01T00:00:00Z");
        assert_eq!(utc(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn knows_a_date_when_it_sees_one() {
        assert_eq!(calendar_date("2022-08-26T09:30"), Some("2022-08-26"));
        assert_eq!(calendar_date("1921"), Some("1921"));
        assert_eq!(calendar_date("2024-02-29"), Some("2024-02-29"));
        for wrong in
            ["", "去年", "2022-13", "2022-1-2", "22-01-01", "2020-02-30", "2100-02-29", "2021-04-31", "2021-01-00"]
        {
            assert_eq!(calendar_date(wrong), None, "{wrong}");
        }
    }
}
