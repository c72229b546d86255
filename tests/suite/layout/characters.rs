//! Han characters in their frames, faces by role and glyphs by language (clreq §2.1, §2.2, §3.1).

use banxin::document::{Attributes, Inline};
use banxin::font::Role;
use banxin::layout::inline::{Alignment, ParagraphStyle};
use banxin::length::{Em, Length};

use super::setting::{SIZE, Setter, close, find, flush, in_language, line_text, placed, set_text};

#[test]
fn han_characters_are_set_solid() {
    let set = set_text("日月星辰", &ParagraphStyle { alignment: Alignment::Start, ..flush() }, 20);
    let glyphs = placed(&set.lines[0]);
    assert!(glyphs.windows(2).all(|pair| pair[1].at - pair[0].at == SIZE));
}

#[test]
fn a_justified_line_opens_all_its_han_alike() {
    let set = set_text("日月星辰，山川草木，鸟兽虫鱼「春夏秋冬」东西南北", &flush(), 11);
    let glyphs = placed(&set.lines[0]);
    let solid =
        |pair: &[super::setting::Placed]| !"，「」".contains(&*pair[0].text) && !"，「」".contains(&*pair[1].text);
    let advances: Vec<Length> =
        glyphs.windows(2).filter(|pair| solid(pair)).map(|pair| pair[1].at - pair[0].at).collect();
    assert!(advances.iter().all(|one| *one >= SIZE && *one <= SIZE * 5 / 4));
    assert!(advances.iter().all(|one| close(*one, advances[0])));
}

#[test]
fn tracking_is_opened_only_when_asked_for() {
    let style = ParagraphStyle { tracking: Em::QUARTER, alignment: Alignment::Start, ..flush() };
    let set = set_text("目录", &style, 20);
    assert_eq!(find(&set.lines[0], "录").at - find(&set.lines[0], "目").at, SIZE + SIZE / 4);
}

#[test]
fn names_are_spread_over_a_fixed_width() {
    let style = ParagraphStyle { alignment: Alignment::Spread, ..flush() };
    let two = set_text("李白", &style, 4);
    assert_eq!(find(&two.lines[0], "白").at, SIZE * 3);
    let three = set_text("白居易", &style, 4);
    assert_eq!(find(&three.lines[0], "居").at, SIZE * 3 / 2);
    assert_eq!(three.lines[0].width, SIZE * 4);
}

#[test]
fn each_role_has_its_face() {
    let emphasis = [Inline::text("宋"), Inline::Emphasis(vec![Inline::text("楷")])];
    let set = Setter::new().set(&emphasis, &flush(), 20);
    assert_eq!(find(&set.lines[0], "宋").role(), Role::Song);
    assert_eq!(find(&set.lines[0], "楷").role(), Role::Kai);
    let heading = ParagraphStyle { role: Role::Hei, ..flush() };
    assert_eq!(find(&set_text("黑", &heading, 20).lines[0], "黑").role(), Role::Hei);
}

#[test]
fn one_code_point_has_the_glyph_of_its_language() {
    let glyph = |tag: &str, character: &str| find(&set_text(character, &in_language(tag), 20).lines[0], character).id;
    for character in ["骨", "直"] {
        assert_ne!(glyph("zh-Hans", character), glyph("ja", character), "{character}");
    }
    assert_ne!(glyph("zh-Hans", "。"), glyph("zh-Hant", "。"));
}

#[test]
fn a_span_has_the_glyphs_of_its_own_language() {
    let language = Some(banxin::document::Language::new("ja"));
    let attributes = Attributes { language, ..Attributes::default() };
    let span = |content| Inline::span(attributes.clone(), content);
    let set = Setter::new().set(&[Inline::text("骨"), span(vec![Inline::text("骨")])], &flush(), 20);
    let glyphs = placed(&set.lines[0]);
    assert_ne!(glyphs[0].id, glyphs[1].id);
}

#[test]
fn rare_characters_are_set_and_missing_ones_reported() {
    let mut setter = Setter::new();
    let set = setter.set_text("𠮷㐂龘①㎡Ωж", &flush(), 20);
    assert!(placed(&set.lines[0]).iter().all(|one| one.id.0 != 0));
    assert!(setter.diagnostics.entries().is_empty());
    let set = setter.set_text("甲\u{12000}乙\u{12000}", &flush(), 20);
    assert_eq!(line_text(&set.lines[0]), "甲\u{12000}乙\u{12000}");
    assert!(placed(&set.lines[0]).iter().all(|one| one.id.0 != 0));
    let messages: Vec<&str> = setter.diagnostics.entries().iter().map(|entry| entry.message.as_str()).collect();
    assert_eq!(messages, ["no font has \u{12000} (U+12000); add a face with --font-dir"]);
}

#[test]
fn combining_marks_and_variation_selectors_stay_with_their_base() {
    let set = set_text("e\u{301}x葛\u{E0100}城", &flush(), 20);
    let texts: Vec<String> = placed(&set.lines[0]).into_iter().map(|one| one.text).collect();
    assert!(texts.contains(&"葛\u{E0100}".to_owned()));
    assert!(texts.iter().all(|text| !text.starts_with(['\u{301}', '\u{E0100}'])));
    let plain = find(&set_text("葛", &in_language("ja"), 20).lines[0], "葛").id;
    assert!(placed(&set.lines[0]).iter().all(|one| one.id.0 != 0) && plain.0 != 0);
}

#[test]
fn spaces_and_invisible_characters_never_become_glyph_zero() {
    let text = "甲\u{A0}乙\t丙\u{200B}丁\u{FEFF}戊\u{2060}己\u{202F}庚\u{3000}辛\u{AD}壬\u{7}癸\u{E000}";
    let mut setter = Setter::new();
    let set = setter.set_text(text, &flush(), 40);
    assert!(placed(&set.lines[0]).iter().all(|one| one.id.0 != 0 && !one.text.contains(['\t', '\u{7}'])));
    assert_eq!(setter.diagnostics.counts().get("control-character"), Some(&1));
}

#[test]
fn runs_right_to_left_are_put_in_their_order() {
    let set = set_text("甲אבג乙", &flush(), 20);
    let glyphs = placed(&set.lines[0]);
    let at = |text: &str| glyphs.iter().find(|one| one.text == text).map(|one| one.at);
    assert!(at("א") > at("ב") && at("ב") > at("ג") && at("ג") > at("甲") && at("乙") > at("א"));
}

#[test]
fn an_emoji_of_several_characters_is_one_glyph_in_the_frame_of_a_han_character() {
    for emoji in ["😀", "👍🏽", "🇨🇳", "1️⃣", "❤️", "👨‍👩‍👧"] {
        let mut setter = Setter::new();
        let set = setter.set_text(&format!("甲{emoji}乙"), &flush(), 20);
        let drawn: Vec<_> = placed(&set.lines[0]).into_iter().filter(|one| one.end > one.at).collect();
        assert_eq!(drawn.len(), 3, "{emoji}");
        assert!((drawn[2].at - SIZE * 2).0.abs() < 16, "{emoji}");
        assert_eq!(line_text(&set.lines[0]), format!("甲{emoji}乙"));
        assert!(setter.diagnostics.entries().is_empty(), "{emoji}");
    }
}
