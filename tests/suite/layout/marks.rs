//! Places and sizes of marks (clreq §3.1.1 to §3.1.3).

use banxin::length::{Em, Length};

use super::setting::{SIZE, between, close, find, in_language, placed, set_text};

/// Middle of a mark's ink from the start of its frame, in hundredths of an em.
fn ink_middle(tag: &str, mark: &str) -> i64 {
    let set = set_text(&format!("甲{mark}乙"), &in_language(tag), 20);
    let found = find(&set.lines[0], mark);
    let (left, right, ..) = found.ink();
    ((left + right) / 2 - SIZE).0 * 100 / SIZE.0
}

#[test]
fn stops_stand_at_the_left_on_the_mainland_and_centred_in_taiwan_and_hong_kong() {
    for mark in ["，", "。", "、"] {
        assert!(ink_middle("zh-Hans", mark) < 40, "{mark}");
        assert!((40..=60).contains(&ink_middle("zh-Hant", mark)), "{mark}");
        assert!((40..=60).contains(&ink_middle("zh-Hant-HK", mark)), "{mark}");
    }
}

#[test]
fn a_dash_is_two_ems_and_unbroken() {
    for tag in ["zh-Hans", "zh-Hant", "ja"] {
        let set = set_text("甲——乙", &in_language(tag), 20);
        assert!(close(between(&set.lines[0], "甲", "乙"), SIZE * 3), "{tag}");
        let inside = &placed(&set.lines[0])[1..placed(&set.lines[0]).len() - 1];
        let mut end = inside[0].ink().1;
        for glyph in &inside[1..] {
            assert!(glyph.ink().0 <= end + SIZE / 100, "{tag}: a gap in the dash");
            end = glyph.ink().1;
        }
    }
}

#[test]
fn an_ellipsis_is_two_ems_on_the_middle_of_the_frame() {
    let set = set_text("甲……乙", &in_language("zh-Hans"), 20);
    assert_eq!(between(&set.lines[0], "甲", "乙"), SIZE * 3);
    let (.., under, over) = placed(&set.lines[0])[1].ink();
    let middle = Em::ratio(38, 100).at(SIZE);
    assert!(((under + over) / 2 - middle).abs() < SIZE / 10);
}

#[test]
fn an_interpunct_takes_half_an_em_on_the_mainland_and_one_in_taiwan() {
    let width = |tag: &str| between(&set_text("甲·乙", &in_language(tag), 20).lines[0], "甲", "乙") - SIZE;
    assert_eq!(width("zh-Hans"), SIZE / 2);
    assert_eq!(width("zh-Hant"), SIZE);
    for tag in ["zh-Hans", "zh-Hant"] {
        let set = set_text("甲·乙", &in_language(tag), 20);
        let (left, right, ..) = find(&set.lines[0], "·").ink();
        assert!(close((left + right) / 2 - SIZE, width(tag) / 2), "{tag}: centred");
    }
}

#[test]
fn doubled_marks_of_exclamation_take_one_em_and_tripled_two() {
    let width = |marks: &str| {
        between(&set_text(&format!("甲{marks}乙"), &in_language("zh-Hans"), 20).lines[0], "甲", "乙") - SIZE
    };
    assert_eq!(width("！"), SIZE);
    assert_eq!(width("？！"), SIZE);
    assert_eq!(width("？！！"), SIZE * 2);
}

#[test]
fn marks_of_the_source_are_never_exchanged() {
    let text = "甲「乙『丙』」丁“戊‘己’”庚．辛";
    let set = set_text(text, &in_language("zh-Hans"), 40);
    assert_eq!(super::setting::line_text(&set.lines[0]), text);
}

#[test]
fn quotes_take_the_chinese_frame_in_chinese_and_the_western_one_in_western_text() {
    let advance = |text: &str, mark: &str| {
        let set = set_text(text, &in_language("zh-Hans"), 40);
        let found = find(&set.lines[0], mark);
        found.end - found.at
    };
    assert!(advance("甲说“乙”。", "“") >= SIZE / 2);
    let song = set_text("甲说“乙”", &in_language("zh-Hans"), 40);
    assert_eq!(song.lines[0].width, SIZE * 5 - SIZE / 2);
    assert!(advance("甲 He said “yes” at once. 乙", "“") < SIZE / 2);
    assert!(advance("甲don’t乙", "’") < SIZE / 2);
    assert_eq!(Length::ZERO, find(&set_text("“甲”", &in_language("zh-Hans"), 40).lines[0], "“").at + SIZE / 2);
}
