//! The dates a PDF carries.

/// A day and a time of it, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl Moment {
    /// From an ISO 8601 date of a document: `2022`, `2022-08`, `2022-08-26` or with a time.
    pub(super) fn of_iso(text: &str) -> Option<Moment> {
        let (day, time) = text.trim().split_once(['T', ' ']).unwrap_or((text.trim(), ""));
        let mut parts = day.split('-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let mut part = |least: u8, most: u8| match parts.next() {
            None => Some(least),
            Some(text) => text.parse().ok().filter(|number| (least..=most).contains(number)),
        };
        let (month, day) = (part(1, 12)?, part(1, 31)?);
        let mut clock = time.split(':').map(|number| number.get(..2).and_then(|number| number.parse::<u8>().ok()));
        let mut next = |most: u8| clock.next().flatten().unwrap_or(0).min(most);
        Some(Moment { year, month, day, hour: next(23), minute: next(59), second: next(59) })
    }

    /// From seconds since 1970.
    pub(super) fn of_timestamp(seconds: i64) -> Moment {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Days to a date of the Gregorian calendar, years beginning in March.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Moment {
            year: year.clamp(1, 9999) as u16,
            month: month as u8,
            day: day as u8,
            hour: (rest / 3600) as u8,
            minute: (rest / 60 % 60) as u8,
            second: (rest % 60) as u8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_a_date() {
        let moment = Moment::of_timestamp(315_532_800);
        assert_eq!((moment.year, moment.month, moment.day, moment.hour), (1980, 1, 1, 0));
        let leap = Moment::of_timestamp(951_827_696);
        assert_eq!((leap.year, leap.month, leap.day, leap.hour, leap.minute), (2000, 2, 29, 12, 34));
    }

    #[test]
    fn a_document_may_know_only_its_year() {
        assert_eq!(Moment::of_iso("2022").map(|moment| (moment.month, moment.day)), Some((1, 1)));
        assert_eq!(Moment::of_iso("2022-08-26T09:30").map(|moment| (moment.hour, moment.minute)), Some((9, 30)));
        assert_eq!(Moment::of_iso("去年"), None);
    }
}
