//! Paragraphs: indents, alignment, last lines (clreq §3.4).

use banxin::layout::inline::{Alignment, ParagraphStyle};

use super::setting::{SIZE, body, flush, in_language, proof, set_text};

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
