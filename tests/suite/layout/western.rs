//! Chinese and Western text together (clreq §3.2).

use banxin::document::Inline;
use banxin::font::Role;
use banxin::length::Length;

use super::setting::{SIZE, Setter, close, find, flush, line_text, lines, placed, set_text};

/// The space between the frame of the Han before and the Western text after it.
fn gap(text: &str, han: &str, western: &str) -> Length {
    let set = set_text(text, &flush(), 40);
    find(&set.lines[0], western).at - find(&set.lines[0], han).at - SIZE
}

#[test]
fn a_quarter_em_parts_han_from_letters_and_digits_and_is_no_character() {
    assert_eq!(gap("使用Rust编写", "用", "R"), SIZE / 4);
    assert_eq!(gap("一共42页", "共", "4"), SIZE / 4);
    let set = set_text("使用Rust编写第3章", &flush(), 40);
    assert_eq!(line_text(&set.lines[0]), "使用Rust编写第3章");
}

#[test]
fn a_typed_space_is_the_gap_and_not_one_more() {
    let typed = set_text("改用 Rust 编辑", &flush(), 40);
    let plain = set_text("改用Rust编辑", &flush(), 40);
    assert_eq!(typed.lines[0].width, plain.lines[0].width);
    assert_eq!(line_text(&typed.lines[0]), "改用 Rust 编辑");
}

#[test]
fn no_gap_stands_beside_chinese_marks_or_at_the_ends_of_lines() {
    assert_eq!(gap("使用：Rust", "：", "R"), Length::ZERO);
    assert_eq!(gap("（Rust）", "（", "R"), Length::ZERO);
    for ems in 5..12 {
        let set = set_text("日月Rust星辰Java山川Perl草木", &flush(), ems);
        for line in &set.lines {
            let glyphs = placed(line);
            let (first, last) = (&glyphs[0], &glyphs[glyphs.len() - 1]);
            assert_eq!((first.at, last.end), (Length::ZERO, line.width));
        }
    }
}

#[test]
fn words_of_the_source_keep_their_own_letters() {
    let text = "版本２.0与Ａ组，ASCII与全角";
    assert_eq!(line_text(&set_text(text, &flush(), 40).lines[0]), text);
}

#[test]
fn letters_and_digits_take_the_latin_companion_on_the_same_baseline() {
    let set = set_text("汉字Latin 42字", &flush(), 40);
    assert_eq!(find(&set.lines[0], "汉").role(), Role::Song);
    for text in ["L", "4"] {
        let found = find(&set.lines[0], text);
        assert_eq!((found.role(), found.rise, found.size), (Role::Latin, Length::ZERO, SIZE));
    }
}

#[test]
fn italic_slants_letters_and_never_han() {
    let set = Setter::new().set(&[Inline::Emphasis(vec![Inline::text("重word")])], &flush(), 40);
    assert_eq!(find(&set.lines[0], "重").role(), Role::Kai);
    let plain = set_text("word", &flush(), 40);
    assert_ne!(find(&set.lines[0], "w").face, find(&plain.lines[0], "w").face);
}

#[test]
fn small_capitals_indices_code_and_mathematics_are_set() {
    let content = [
        Inline::SmallCaps(vec![Inline::text("nasa")]),
        Inline::text("水H"),
        Inline::Subscript(vec![Inline::text("2")]),
        Inline::Code("let x".to_owned()),
        Inline::Math("E=mc^3".to_owned()),
    ];
    let set = Setter::new().set(&content, &flush(), 40);
    let plain = set_text("nasa", &flush(), 40);
    assert_ne!(find(&set.lines[0], "n").id, find(&plain.lines[0], "n").id);
    assert!(find(&set.lines[0], "2").rise < Length::ZERO && find(&set.lines[0], "3").rise > Length::ZERO);
    let code = find(&set.lines[0], "l");
    assert!(code.role() == Role::Mono && close(code.end - code.at, SIZE / 2));
    assert!(lines(&set)[0].ends_with("E\u{202F}=\u{2009}mc3"));
}

#[test]
fn code_lines_keep_their_spaces_and_two_letters_are_as_wide_as_one_han() {
    let set = Setter::new().set_code("fn main() {\n\tlet 数 = 1;\n\n}", &flush(), 40);
    let texts: Vec<String> = set.lines.iter().map(line_text).collect();
    assert_eq!(texts, ["fn main() {", "    let 数 = 1;", "", "}"]);
    let line = &set.lines[1];
    assert!(close(find(line, "数").at, SIZE * 4) && close(find(line, "数").end, SIZE * 5));
    let long = Setter::new().set_code(&"x".repeat(50), &flush(), 10);
    assert_eq!(long.lines.iter().map(|line| line_text(line).len()).collect::<Vec<_>>(), [20, 20, 10]);
}

#[test]
fn english_is_justified_with_hyphens_and_spaces() {
    let text =
        "Considerable improvements notwithstanding, typographical responsibilities are extraordinarily demanding.";
    let style = super::setting::in_language("en");
    let set = set_text(text, &style, 16);
    for line in &set.lines[..set.lines.len() - 1] {
        assert_eq!(line.width, SIZE * 16);
    }
    assert_eq!(set.lines.iter().map(line_text).collect::<String>().replace('\u{AD}', ""), text);
}
