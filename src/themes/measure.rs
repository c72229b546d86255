//! Lengths and paper sizes as people write them.

use crate::length::Length;

/// A length from text: `10.5pt`, `25mm`, `2.5cm`, `1in`, a bare number of points, or a Chinese size name.
pub(super) fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    if let Some(points) = hao(text) {
        return Some(Length::from_points(points));
    }
    let split = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let number: f64 = number.trim().parse().ok()?;
    let points = match unit.trim() {
        "" | "pt" => number,
        "mm" => number * 72.0 / 25.4,
        "cm" => number * 720.0 / 25.4,
        "in" => number * 72.0,
        _ => return None,
    };
    (points.is_finite() && points.abs() < 100_000.0).then(|| Length::from_points(points))
}

/// Points of a Chinese size name (clreq §2.3.5).
fn hao(name: &str) -> Option<f64> {
    Some(match name {
        "初号" => 42.0,
        "小初" => 36.0,
        "一号" => 26.0,
        "小一" => 24.0,
        "二号" => 22.0,
        "小二" => 18.0,
        "三号" => 16.0,
        "小三" => 15.0,
        "四号" => 14.0,
        "小四" => 12.0,
        "五号" => 10.5,
        "小五" => 9.0,
        "六号" => 7.5,
        "小六" => 6.5,
        "七号" => 5.5,
        "八号" => 5.0,
        _ => return None,
    })
}

/// Width and height of a sheet: a name (`A4`, `16开`) or two lengths (`170mm x 240mm`, `170x240mm`); without a unit they
/// are millimetres.
pub(super) fn paper(text: &str) -> Option<(Length, Length)> {
    let millimetres =
        |width: f64, height: f64| Some((Length::from_millimetres(width), Length::from_millimetres(height)));
    match text.trim().to_ascii_lowercase().as_str() {
        "a3" => millimetres(297.0, 420.0),
        "a4" => millimetres(210.0, 297.0),
        "a5" => millimetres(148.0, 210.0),
        "a6" => millimetres(105.0, 148.0),
        "b5" => millimetres(176.0, 250.0),
        "jis-b5" => millimetres(182.0, 257.0),
        "sra3" => millimetres(320.0, 450.0),
        "sra4" => millimetres(225.0, 320.0),
        "letter" => Some((Length::points(612), Length::points(792))),
        "16开" | "16k" => millimetres(185.0, 260.0),
        "大16开" => millimetres(210.0, 285.0),
        "小16开" => millimetres(170.0, 240.0),
        "32开" | "32k" => millimetres(130.0, 184.0),
        "大32开" => millimetres(140.0, 203.0),
        other => {
            let (width, height) = other.split_once(['x', '×'])?;
            let unit = height.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
            let unit = if unit.is_empty() { "mm" } else { unit };
            let with_unit = |side: &str| {
                let is_bare = side.trim().ends_with(|c: char| c.is_ascii_digit());
                length(&if is_bare { format!("{}{unit}", side.trim()) } else { side.to_owned() })
            };
            Some((with_unit(width)?, with_unit(height)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_sizes_and_units_give_points() {
        assert_eq!(length("五号"), Some(Length::from_points(10.5)));
        assert_eq!(length("小四"), Some(Length::points(12)));
        assert_eq!(length("1in"), Some(Length::points(72)));
        assert_eq!(length("12 pt"), Some(Length::points(12)));
        assert_eq!(length("5 furlongs"), None);
    }

    #[test]
    fn paper_is_a_name_or_two_lengths() {
        assert_eq!(paper("A4"), Some((Length::from_millimetres(210.0), Length::from_millimetres(297.0))));
        assert_eq!(paper("185mm x 260mm"), paper("16开"));
        assert_eq!(paper("185x260"), paper("16k"));
        assert_eq!(paper("18.5x26cm"), paper("16开"));
        assert_eq!(paper("wide"), None);
    }
}
