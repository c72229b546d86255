//! Titles broken over two or three lines, made one line again.

use super::lexicon;
use super::lines::Line;
use super::meta;
use super::number::number;
use super::words::Words;
use super::wrap::join;

/// Lines this far down may be parts of a title.
const WITHIN: usize = 60;

/// Longest part of a title, in characters.
const LONGEST: u32 = 44;

/// Join the lines of broken titles; returns how many lines were joined to others.
pub(super) fn mend(lines: &mut Vec<Line>) -> usize {
    let mut joined = 0;
    let mut index = 0;
    while index + 1 < lines.len().min(WITHIN) {
        if goes_on(&lines[index], &lines[index + 1]) {
            let second = lines.remove(index + 1);
            join(&mut lines[index], &second);
            joined += 1;
            // The line before may want the whole of it.
            index = index.saturating_sub(1);
        } else {
            index += 1;
        }
    }
    joined
}

/// Whether the second of two lines is the rest of the title that the first begins.
fn goes_on(first: &Line, second: &Line) -> bool {
    let (left, right) = (first.text.as_ref(), second.text.as_ref());
    let han = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    if !part(first) || !part(second) || second.blanks > 0 || !han(left) || !han(right) {
        return false;
    }
    let named = names_a_paper;
    if named(left) {
        return false;
    }
    open_bracket(left).is_some_and(|close| right.contains(close))
        || HANGING.iter().any(|end| left.ends_with(end)) && named(right)
        || STARTING.iter().any(|start| right.starts_with(start)) && named(right)
        || left.contains("关于") && named(right)
        || left.contains("關於") && named(right)
        || right.starts_with("关于") && named(right) && OFFICES.iter().any(|end| left.ends_with(end))
        || KINDS.contains(&right) && second.chars >= 3
}

/// Whether a text ends with the name of a kind of paper: 管理办法.
pub(super) fn names_a_paper(text: &str) -> bool {
    static WORDS: Words = Words::new(KINDS);
    WORDS.end(text)
}

/// A line that can be a part of a title: short, open, without number, key or a site's word.
fn part(line: &Line) -> bool {
    let text = line.text.as_ref();
    let marks = ['。', '！', '？', '，', '；', '：', ':', '.', '|', '｜', '>', '»', '/'];
    (2..=LONGEST).contains(&line.chars)
        && !text.contains(marks)
        && !line.raw.contains('\t')
        && number(text).is_none()
        && lexicon::whole(text).is_none()
        && lexicon::start(text).is_none()
        && meta::parse(text, line.chars, line.signs).is_none()
}

/// The bracket that would close what a text leaves open.
fn open_bracket(text: &str) -> Option<char> {
    [('《', '》'), ('“', '”'), ('（', '）'), ('「', '」')]
        .into_iter()
        .find(|(open, close)| text.matches(*open).count() > text.matches(*close).count())
        .map(|(_, close)| close)
}

/// Words a broken line ends with, and words its rest begins with.
const HANGING: &[&str] = &["的", "与", "與", "和", "及", "、", "关于", "關於", "暨", "对", "之", "为", "以", "在"];
const STARTING: &[&str] = &["的", "与", "與", "和", "及", "暨", "之"];

/// Offices that stand over the title of what they issue.
const OFFICES: &[&str] = &["政府", "办公室", "办公厅", "委员会", "局", "厅", "委", "领导小组", "指挥部"];

/// Kinds of papers; a title ends with one of them.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "通知", "公告", "通告", "通报", "决定", "决议", "意见", "批复", "请示", "报告", "方案", "办法", "细则", "规定", "条例", "规划", "计划", "总结", "纪要", "标准", "规范", "指南", "手册", "制度", "规程", "章程", "倡议书", "公开信", "说明", "公示", "函",
    "评估报告", "研究报告", "调查报告", "工作报告", "调研报告", "分析报告", "可行性研究报告", "实施方案", "工作方案", "应急预案", "预案", "管理办法", "实施办法", "暂行办法", "实施细则", "实施意见", "指导意见", "管理规定", "工作规则", "工作要点", "研究", "分析", "探讨", "初探", "思考", "综述", "考", "考略", "調查", "研究報告", "計畫",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::text::lines;

    fn mended(text: &str) -> Vec<String> {
        let (mut lines, _) = lines::lines(text);
        mend(&mut lines);
        lines.into_iter().map(|line| line.text.into_owned()).collect()
    }

    #[test]
    fn broken_titles_are_joined_and_others_stay() {
        assert_eq!(
            mended("青石县人民政府办公室\n关于印发《渡口管理办法》的\n通知"),
            ["青石县人民政府办公室关于印发《渡口管理办法》的通知"]
        );
        assert_eq!(mended("青石河水生态\n评估报告\n正文"), ["青石河水生态评估报告", "正文"]);
        assert_eq!(mended("渡口旧事\n林小禾\n天亮了。"), ["渡口旧事", "林小禾", "天亮了。"]);
    }
}
