//! Where lines may and may not end (clreq §3.1.4, §3.1.5, §3.1.7, §3.2.4).

use banxin::document::{Inline, RubyPair, RubyPosition};
use banxin::layout::inline::{Kinsoku, ParagraphStyle};
use banxin::length::Length;

use super::setting::{SIZE, Setter, find, flush, in_language, lines, placed, set_text};

fn at_level(level: Kinsoku) -> ParagraphStyle {
    ParagraphStyle { kinsoku: level, ..flush() }
}

/// Every way a mark can fall on the end of a line.
fn around_the_end(make: impl Fn(&str) -> String) -> impl Iterator<Item = String> {
    let han = "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少".chars().cycle();
    (6..14).map(move |length| {
        let before: String = han.clone().take(length).collect();
        let after: String = han.clone().skip(3).take(20).collect();
        format!("{}{after}", make(&before))
    })
}

fn starts(mark: char, level: Kinsoku) -> bool {
    around_the_end(|before| format!("{before}{mark}"))
        .any(|text| lines(&set_text(&text, &at_level(level), 10)).iter().skip(1).any(|line| line.starts_with(mark)))
}

fn ends(mark: char, level: Kinsoku) -> bool {
    around_the_end(|before| format!("{before}{mark}"))
        .any(|text| lines(&set_text(&text, &at_level(level), 10)).iter().any(|line| line.ends_with(mark)))
}

#[test]
fn closing_marks_never_start_a_line() {
    for mark in "、，。．：；！？」』）】》〉〕〗］｝”’·～–".chars() {
        assert!(!starts(mark, Kinsoku::Basic), "{mark}");
    }
}

#[test]
fn opening_marks_never_end_a_line() {
    for mark in "「『（【《〈〔〖［｛“‘".chars() {
        assert!(!ends(mark, Kinsoku::Basic), "{mark}");
    }
}

#[test]
fn a_solidus_never_ends_a_line_from_the_gb_level_on() {
    assert!(!ends('／', Kinsoku::Gb) && !ends('/', Kinsoku::Gb));
    assert!(ends('／', Kinsoku::Basic));
}

#[test]
fn dashes_and_ellipses_never_start_a_line_at_the_strict_level() {
    for marks in ["——", "……"] {
        let starts = |level| {
            around_the_end(|before| format!("{before}{marks}"))
                .any(|text| lines(&set_text(&text, &at_level(level), 10)).iter().any(|line| line.starts_with(marks)))
        };
        assert!(!starts(Kinsoku::Strict), "{marks}");
        assert!(starts(Kinsoku::Gb), "{marks}");
    }
}

#[test]
fn the_level_none_leaves_the_rules_of_uax_14() {
    assert!(!starts('，', Kinsoku::None));
    assert!(!ends('（', Kinsoku::None));
}

#[test]
fn a_run_of_marks_longer_than_the_line_breaks_the_rule_and_nothing_is_lost() {
    let text = format!("甲{}乙", "。』」".repeat(8));
    let set = set_text(&text, &flush(), 4);
    assert_eq!(lines(&set).concat(), text);
}

#[test]
fn dashes_and_ellipses_are_not_split() {
    for mark in ["—", "…"] {
        for text in around_the_end(|before| format!("{before}{mark}{mark}")) {
            let lines = lines(&set_text(&text, &flush(), 10));
            let whole = |line: &String| line.matches(mark).count() != 1;
            assert!(lines.iter().all(whole), "{lines:?}");
        }
    }
}

#[test]
fn a_longer_run_of_dots_may_be_split_in_pairs() {
    let lines = lines(&set_text(&format!("甲{}乙丙", "……".repeat(6)), &flush(), 7));
    assert!(lines.len() > 1 && lines[0].matches('…').count().is_multiple_of(2), "{lines:?}");
}

#[test]
fn numbers_stay_with_their_signs_and_units() {
    for number in ["￥1024", "$99.5", "37.5%", "20℃", "5‰", "45°", "-12.8", "1,024.50", "10 km"] {
        for text in around_the_end(|before| format!("{before}{number}")) {
            let lines = lines(&set_text(&text, &flush(), 10));
            assert!(lines.iter().any(|line| line.contains(number)), "{number}: {lines:?}");
        }
    }
}

#[test]
fn a_note_mark_stays_with_its_word() {
    for text in around_the_end(str::to_owned) {
        for cut in 1..12 {
            let (before, after): (String, String) =
                (text.chars().take(cut).collect(), text.chars().skip(cut).collect());
            let content = [Inline::text(before), Inline::NoteReference("7".to_owned()), Inline::text(after)];
            let set = Setter::new().set(&content, &flush(), 10);
            assert!(lines(&set).iter().all(|line| !line.starts_with('7')), "{:?}", lines(&set));
            let called: Vec<_> = set.lines.iter().flat_map(|line| line.notes.clone()).collect();
            assert_eq!(called, ["7"]);
            let with_mark = set.lines.iter().find(|line| !line.notes.is_empty()).expect("the note is called");
            assert!(find(with_mark, "7").rise > Length::ZERO);
        }
    }
}

#[test]
fn bopomofo_and_group_ruby_stay_on_the_line_of_their_base() {
    for text in around_the_end(str::to_owned) {
        let ruby = Inline::Ruby {
            pairs: vec![RubyPair { base: "注音符".to_owned(), annotation: "ㄓㄨˋ".to_owned() }],
            position: RubyPosition::InterCharacter,
        };
        let set = Setter::new().set(&[Inline::text(&text[..24]), ruby, Inline::text(&text[24..])], &flush(), 10);
        let line = set.lines.iter().find(|line| placed(line).iter().any(|one| one.text == "ㄓ")).expect("it is set");
        assert!(placed(line).iter().any(|one| one.text == "注") && placed(line).iter().any(|one| one.text == "符"));
    }
}

#[test]
fn western_words_part_only_with_a_hyphen_and_numbers_never() {
    let words = ["considerable", "typography", "2024", "3.14159", "justification"];
    let text = words.join("与");
    for ems in 8..16 {
        let lines = lines(&set_text(&text, &flush(), ems));
        for pair in lines.windows(2) {
            let (end, start) = (pair[0].chars().last().unwrap_or(' '), pair[1].chars().next().unwrap_or(' '));
            assert!(!(end.is_ascii_alphanumeric() && start.is_ascii_alphanumeric()), "{lines:?}");
        }
        assert_eq!(lines.concat().replace('\u{AD}', ""), text);
    }
}

#[test]
fn an_address_parts_at_its_marks_without_a_hyphen() {
    let address = "https://www.example.org/archive/2026/typography/index.html?lang=zh&page=128#section";
    let set = set_text(&format!("参见以下网页{address}一文。"), &flush(), 14);
    let lines = lines(&set);
    assert!(lines.concat().contains(address), "{lines:?}");
    assert!(lines[0].contains("https://"), "{lines:?}");
    assert!(!lines.iter().any(|line| line.starts_with("//") || line.ends_with([':', '/'])), "{lines:?}");
}

#[test]
fn only_single_stops_and_commas_hang_and_not_in_taiwan() {
    let hanging = |tag: &str| ParagraphStyle { hanging: true, ..in_language(tag) };
    let set = set_text("日月星辰山川草木花鸟，虫鱼走兽", &hanging("zh-Hans"), 10);
    assert!(lines(&set)[0].ends_with('，'));
    assert_eq!(set.lines[0].width, SIZE * 10);
    assert_eq!(find(&set.lines[0], "，").at, SIZE * 10);
    let run = set_text("日月星辰山川草木花。」虫鱼走兽鸟", &hanging("zh-Hans"), 10);
    assert!(placed(&run.lines[0]).iter().all(|one| one.at < SIZE * 10));
    let taiwan = set_text("日月星辰山川草木花鳥，蟲魚走獸", &hanging("zh-Hant"), 10);
    assert!(placed(&taiwan.lines[0]).iter().all(|one| one.at < SIZE * 10));
}

#[test]
fn spaces_that_hold_together_do() {
    for joiner in ["\u{A0}", "\u{2060}", "\u{202F}"] {
        for text in around_the_end(|before| format!("{before}甲{joiner}乙")) {
            let lines = lines(&set_text(&text, &flush(), 10));
            assert!(!lines.iter().any(|line| line.ends_with('甲')), "{joiner:?} {lines:?}");
        }
    }
}

#[test]
fn a_soft_hyphen_shows_only_where_the_line_parts() {
    let wide = set_text("extra\u{AD}ordinary", &flush(), 20);
    assert_eq!(lines(&wide), ["extraordinary"]);
    let narrow = set_text("甲乙丙丁戊己庚extra\u{AD}ordinary", &flush(), 10);
    assert!(lines(&narrow)[0].ends_with("extra\u{AD}"), "{:?}", lines(&narrow));
}

#[test]
fn curly_quotes_are_broken_around_as_brackets_are() {
    let all: Vec<String> = around_the_end(|before| format!("{before}：“好。”他"))
        .flat_map(|text| lines(&set_text(&text, &flush(), 10)))
        .collect();
    assert!(all.iter().any(|line| line.starts_with('“')));
    assert!(all.iter().any(|line| line.ends_with('”')));
}
