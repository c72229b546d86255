//! Numbers as they are written in Chinese, Japanese and Western text.

/// A number at the start of `text`: ASCII or full-width digits, or Chinese numerals; with the bytes it takes.
pub(super) fn numeral(text: &str) -> Option<(u32, usize)> {
    arabic(text).or_else(|| chinese(text))
}

/// Digits, at most nine of them.
pub(super) fn arabic(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut bytes, mut count) = (0u32, 0, 0);
    for c in text.chars() {
        let Some(digit) = c.to_digit(10).or_else(|| full_width_digit(c)) else { break };
        count += 1;
        if count > 9 {
            return None;
        }
        value = value * 10 + digit;
        bytes += c.len_utf8();
    }
    (count > 0).then_some((value, bytes))
}

fn full_width_digit(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)
}

/// The digit a Chinese numeral stands for.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | '０' => 0,
        '一' | '壹' | '元' | '正' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Chinese numerals, by place (`一百二十三`) or digit by digit (`二〇二二`).
pub(super) fn chinese(text: &str) -> Option<(u32, usize)> {
    let (mut total, mut section, mut current, mut bytes) = (0u32, 0u32, None::<u32>, 0);
    let mut places = false;
    for c in text.chars().take(12) {
        if let Some(digit) = digit(c) {
            current = Some(match current {
                Some(value) if !places || value > 0 => value.checked_mul(10)?.checked_add(digit)?,
                _ => digit,
            });
        } else if c == '廿' || c == '卅' {
            places = true;
            section += if c == '廿' { 20 } else { 30 };
        } else if let Some(place) = place(c) {
            places = true;
            section = section.checked_add(current.take().unwrap_or(1).checked_mul(place)?)?;
        } else if c == '万' || c == '萬' {
            places = true;
            total = (section + current.take().unwrap_or(0)).checked_mul(10_000)?;
            section = 0;
        } else {
            break;
        }
        bytes += c.len_utf8();
    }
    let value = total.checked_add(section)?.checked_add(current.unwrap_or(0))?;
    (bytes > 0).then_some((value, bytes))
}

fn place(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// A Roman number in capital or small letters or in the characters Ⅰ to Ⅻ.
pub(super) fn roman(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    if ('Ⅰ'..='Ⅻ').contains(&first) {
        return Some((first as u32 - 'Ⅰ' as u32 + 1, first.len_utf8()));
    }
    let letters: Vec<u32> = text.bytes().map_while(roman_digit).take(9).collect();
    if letters.is_empty() {
        return None;
    }
    // A smaller letter before a greater one is subtracted: IV is 4.
    let total: i64 = letters
        .iter()
        .enumerate()
        .map(|(index, letter)| {
            let sign = if letters.get(index + 1).is_some_and(|next| next > letter) { -1 } else { 1 };
            sign * i64::from(*letter)
        })
        .sum();
    (total > 0).then_some((total as u32, letters.len()))
}

fn roman_digit(byte: u8) -> Option<u32> {
    Some(match byte {
        b'I' | b'i' => 1,
        b'V' | b'v' => 5,
        b'X' | b'x' => 10,
        b'L' | b'l' => 50,
        b'C' | b'c' => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_every_kind_are_read() {
        assert_eq!(numeral("12章"), Some((12, 2)));
        assert_eq!(numeral("１２章"), Some((12, 6)));
        for (text, value) in [
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("一百一十一", 111),
            ("一千二百", 1200),
            ("二〇二二", 2022),
            ("廿三", 23),
            ("三万零一", 30001),
        ] {
            assert_eq!(chinese(text).map(|(value, _)| value), Some(value), "{text}");
        }
        assert_eq!(roman("XIV."), Some((14, 3)));
        assert_eq!(roman("Ⅲ、"), Some((3, 3)));
        assert_eq!(numeral("章"), None);
    }
}
