//! Paragraphs: indents, alignment, last lines (clreq §3.4).

use banxin::document::Inline;
use banxin::layout::inline::{Alignment, ParagraphStyle};
use banxin::length::Length;

use super::setting::{SIZE, Setter, body, flush, in_language, lines, proof, set_text};

#[test]
fn a_paragraph_is_indented_and_its_lines_end_on_the_measure() {
    let set =
        set_text("春天来了，园子里的花都开了：桃花、杏花、梨花，还有不知名的小花。“真好看！”孩子们说。", &body(), 12);
    for line in &set.lines[..set.lines.len() - 1] {
        assert_eq!(line.start + line.width, SIZE * 12, "{}", proof(&set));
    }
    assert_eq!(set.lines[0].start, SIZE * 2);
}

#[test]
fn a_centred_line_has_its_slack_on_both_sides() {
    let set = set_text("题目", &ParagraphStyle { alignment: Alignment::Center, ..flush() }, 10);
    assert_eq!((set.lines[0].start, set.lines[0].width), (SIZE * 4, SIZE * 2));
}

#[test]
fn quotes_in_chinese_take_the_full_frame_in_every_region() {
    for tag in ["zh-Hans", "zh-Hant", "zh-Hant-HK"] {
        let set = set_text("甲“乙”丙", &in_language(tag), 20);
        assert_eq!(set.lines[0].width, SIZE * 5, "{tag}");
    }
}

#[test]
fn a_line_at_the_end_stands_on_the_measure() {
    let set = set_text("落款", &ParagraphStyle { alignment: Alignment::End, ..flush() }, 10);
    assert_eq!((set.lines[0].start, set.lines[0].width), (SIZE * 8, SIZE * 2));
}

#[test]
fn a_hanging_indent_puts_the_first_line_before_the_others() {
    let style = ParagraphStyle { start_indent: SIZE * 3, first_indent: -SIZE * 3, ..body() };
    let set = set_text("问　春天到了，山上的花开了没有？请你去看一看，回来告诉大家。", &style, 12);
    assert_eq!(set.lines[0].start, Length::ZERO);
    assert!(set.lines.len() > 2 && set.lines[1..].iter().all(|line| line.start == SIZE * 3));
    assert!(set.lines[..set.lines.len() - 1].iter().all(|line| line.start + line.width == SIZE * 12));
}

#[test]
fn a_line_break_that_is_meant_ends_its_line() {
    let content = [Inline::text("上一行"), Inline::LineBreak, Inline::text("下一行")];
    let set = Setter::new().set(&content, &body(), 12);
    assert_eq!(lines(&set), ["上一行", "下一行"]);
    assert_eq!((set.lines[0].width, set.lines[1].start), (SIZE * 3, Length::ZERO));
}

#[test]
fn spaces_before_a_paragraph_are_no_indent() {
    let set = set_text("  上一行", &body(), 12);
    assert_eq!((set.lines[0].start, set.lines[0].width), (SIZE * 2, SIZE * 3));
}

#[test]
fn natural_widths_span_from_the_widest_word_to_the_whole_line() {
    let widths = Setter::new().natural_width("长江Yangtze黄河", &flush());
    let word = set_text("Yangtze", &ParagraphStyle { hyphenation: false, ..flush() }, 40).lines[0].width;
    assert!(widths.least <= word && widths.least >= SIZE);
    assert_eq!(widths.most, set_text("长江Yangtze黄河", &flush(), 40).lines[0].width);
}

#[test]
fn a_picture_stands_in_the_line_at_its_size() {
    let resource = banxin::document::Resource {
        media_type: "image/png".to_owned(),
        data: Default::default(),
        width: 16,
        height: 12,
    };
    let image = banxin::document::Image { resource: Some("a.png".to_owned()), ..Default::default() };
    let set = Setter::new().set_with("a.png", resource, &[Inline::text("甲"), Inline::from(image), Inline::text("乙")]);
    assert_eq!(set.lines[0].width, SIZE * 2 + Length::points(12));
    assert!(set.lines[0].extent.over >= Length::points(9));
}

/// A whole paragraph as it is set; a change to any rule shows here.
#[test]
fn proof_of_a_paragraph() {
    let text = "清晨，几个孩子（大的十岁，小的六岁）在河边玩；他们看见一只小船，船上有人唱歌——唱的是《月亮》。\
        “真好听！”大家说：“再唱一遍吧……”于是又唱了3遍，用的是Yangtze的调子。";
    let expected = "\
2.000 14.000 | 清晨，几个孩子（大的十岁，小
0.000 16.000 | 的六岁）在河边玩；他们看见一只小
0.000 16.000 -1.000 | 船，船上有人唱歌——唱的是《月亮》。
0.000 16.000 -1.000 | “真好听！”大家说：“再唱一遍吧……”
0.000 16.000 +0.334 | 于是又唱了3遍，用的是Yangtze的
0.000 2.500 | 调子。
";
    assert_eq!(proof(&set_text(text, &body(), 16)), expected);
}
