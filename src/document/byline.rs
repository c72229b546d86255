//! What is known of an article as it stands under its title.

use super::{Inline, Link, Metadata, Region};

/// Author, source and date on one line, parted by an em of space. The source leads to the article's address.
pub fn byline(metadata: &Metadata, region: Region) -> Vec<Inline> {
    let mut parts: Vec<Vec<Inline>> = Vec::new();
    let authors: Vec<&str> = metadata.authors().collect();
    if !authors.is_empty() {
        parts.push(vec![Inline::text(authors.join(if region == Region::Western { ", " } else { "　" }))]);
    }
    for other in metadata.contributors.iter().filter(|contributor| contributor.role != "author") {
        parts.push(vec![Inline::text(contribution(&other.name, &other.role, region))]);
    }
    let linked = |words: &str| match &metadata.address {
        Some(address) => {
            vec![Inline::from(Link { target: address.clone(), title: None, content: vec![Inline::text(words)] })]
        }
        None => vec![Inline::text(words)],
    };
    if let Some(source) = &metadata.source {
        parts.push(linked(source));
    }
    if let Some(date) = &metadata.date {
        parts.push(vec![Inline::text(written_date(date, region))]);
    }
    let mut line = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            line.push(Inline::text(if region == Region::Western { " · " } else { "　　" }));
        }
        line.extend(part);
    }
    line
}

/// A name with what its bearer did.
fn contribution(name: &str, role: &str, region: Region) -> String {
    let western = region == Region::Western;
    let word = match role {
        "editor" if !western => "编",
        "translator" if !western => "译",
        "illustrator" if !western => "绘",
        "photographer" if !western => "摄",
        other => return format!("{name} ({other})"),
    };
    let word = match (word, region) {
        ("编", Region::Taiwan | Region::HongKong) => "編",
        ("编", Region::Japan) => "編",
        ("译", Region::Taiwan | Region::HongKong) => "譯",
        ("译", Region::Japan) => "訳",
        ("绘", Region::Taiwan | Region::HongKong) => "繪",
        ("绘", Region::Japan) => "絵",
        ("摄", Region::Taiwan | Region::HongKong) => "攝",
        ("摄", Region::Japan) => "撮影",
        (word, _) => word,
    };
    format!("{name}　{word}")
}

/// An ISO date as the region writes it; anything else as it is.
fn written_date(date: &str, region: Region) -> String {
    let day = date.split(['T', ' ']).next().unwrap_or(date);
    let numbers: Vec<&str> = day.split('-').collect();
    let all_digits = numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    if !all_digits || numbers.len() > 3 || numbers[0].len() != 4 || region == Region::Western {
        return date.replace('T', " ");
    }
    let (year, month, day_of_month) =
        if region == Region::Korea { ("년 ", "월 ", "일") } else { ("年", "月", "日") };
    let mut written = format!("{}{year}", numbers[0]);
    for (number, unit) in numbers[1..].iter().zip([month, day_of_month]) {
        written.push_str(number.trim_start_matches('0'));
        written.push_str(unit);
    }
    match date[day.len()..].get(1..6).filter(|time| time.as_bytes()[2] == b':') {
        Some(time) => format!("{} {time}", written.trim_end()),
        None => written.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_region_writes_them() {
        assert_eq!(written_date("2022-08-06", Region::Mainland), "2022年8月6日");
        assert_eq!(written_date("2022-08", Region::Japan), "2022年8月");
        assert_eq!(written_date("2022-08-06T09:30", Region::Taiwan), "2022年8月6日 09:30");
        assert_eq!(written_date("去年", Region::Mainland), "去年");
    }
}
