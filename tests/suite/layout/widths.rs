//! Widths of marks beside each other and at the ends of lines (clreq §3.1.6).

use banxin::length::Length;

use super::setting::{SIZE, between, body, find, flush, in_language, placed, set_text};

/// What marks between two Han take.
fn width(tag: &str, marks: &str) -> Length {
    between(&set_text(&format!("甲{marks}乙"), &in_language(tag), 30).lines[0], "甲", "乙") - SIZE
}

#[test]
fn a_bracket_beside_another_mark_loses_half_an_em() {
    let half = SIZE / 2;
    for marks in [
        "。」", "」「", "，《", "））", "：「", "；』", "》《", "。）", "！」", "、《", "」，", "』」", "「『", "”。",
        "。”",
    ] {
        assert_eq!(width("zh-Hans", marks), half * 3, "{marks}");
    }
    assert_eq!(width("zh-Hans", "。』」"), half * 4);
    assert_eq!(width("zh-Hans", "》〉，"), half * 4);
}

#[test]
fn a_mark_alone_keeps_its_frame() {
    for mark in ["，", "。", "「", "」", "：", "！", "…", "“"] {
        assert_eq!(width("zh-Hans", mark), SIZE, "{mark}");
    }
}

#[test]
fn the_bracket_stays_by_the_text_it_encloses() {
    let set = set_text("甲」「乙", &in_language("zh-Hans"), 30);
    let (closing, opening) = (find(&set.lines[0], "」"), find(&set.lines[0], "「"));
    assert_eq!(closing.at, SIZE);
    assert_eq!(find(&set.lines[0], "乙").at - opening.at, SIZE);
}

#[test]
fn an_opening_bracket_at_the_line_start_loses_its_blank() {
    let set = set_text("「甲」", &flush(), 20);
    assert_eq!(find(&set.lines[0], "甲").at, SIZE / 2);
    let indented = set_text("「甲」", &body(), 20);
    assert_eq!(find(&indented.lines[0], "甲").at, SIZE * 2 + SIZE / 2);
    let inner = set_text("日月星辰山川草木花鸟《诗》虫鱼", &flush(), 10);
    assert_eq!(find(&inner.lines[1], "诗").at, SIZE / 2);
}

#[test]
fn a_mark_at_the_line_end_loses_its_blank() {
    for mark in ["，", "。", "」", "：", "！", "？", "）", "”"] {
        let set = set_text(&format!("日月星辰山川草木花{mark}鸟兽虫鱼风雨"), &flush(), 10);
        let last = placed(&set.lines[0]).into_iter().last().expect("a line has glyphs");
        assert_eq!(last.text, mark);
        assert!(last.at >= SIZE * 10 - SIZE * 3 / 4, "{mark}");
        assert_eq!(set.lines[0].width, SIZE * 10);
    }
}

#[test]
fn some_marks_are_never_trimmed() {
    let pushed = |text: &str, tag: &str, from: &str, to: &str| {
        let set = set_text(text, &in_language(tag), 10);
        between(&set.lines[0], from, to)
    };
    // Ten and a half ems before the closing mark: the line must give half an em.
    assert_eq!(pushed("日月，辰山·川草木花。鸟兽虫鱼", "zh-Hans", "山", "川"), SIZE + SIZE / 2);
    assert_eq!(pushed("日月～辰山，川草木花。鸟兽虫鱼", "zh-Hans", "月", "辰"), SIZE * 2);
    assert_eq!(width("zh-Hant", "！」"), SIZE * 2);
    assert_eq!(width("zh-Hant", "？"), SIZE);
}
