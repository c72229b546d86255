//! Author, date and source as they stand on the page itself, near the title or under the text.

use std::collections::VecDeque;
use std::sync::LazyLock;

use regex::Regex;

use super::authors::people;
use super::convert::{is_block, is_hidden};
use super::dates::iso_date;
use super::metadata::{letters, one_line};
use super::tree::{NodeId, Tree};
use crate::document::white_space::is_ideographic;

/// What the lines round the text say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub source: Option<String>,
}

static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    // A newspaper's name may stand before its reporter.
    let role = r"作\s*者|撰\s*文|撰\s*稿|文|(?:本报|\p{Han}{1,6}[报网社])?(?:实习|通讯员|特约)?(?:记\s*者|記\s*者|实习生)|执笔人?|著\s*者|執筆者?|投稿者";
    let name = r"[^\s　|｜:：/／（）()\[\]【】<>《》，。；;0-9][^|｜:：/／（）()\[\]【】<>《》，。；;0-9]{1,40}";
    let pattern = format!(r"(?:^|[\s　|｜（(【\[/])(?:{role})[\s　:：/／|｜]+(?P<names>{name})");
    Regex::new(&pattern).expect("the pattern is right")
});

static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:来\s*源|來\s*源|稿\s*源|出\s*处|转\s*自|出典|提供元)\s*[:：]\s*(?P<name>[^\s　|｜:：（）()\[\]【】<>，。；;]{2,24})";
    Regex::new(pattern).expect("the pattern is right")
});

static BY: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:^|[|·•—–]\s*|[0-9]{4},?\s+)(?i:by|written by|posted by|words by|author:)\s+(?P<names>\p{Lu}[\p{L}.'’-]+(?:\s+(?:\p{Lu}[\p{L}.'’-]*|and|&|,|de|van|von)){0,8})";
    Regex::new(pattern).expect("the pattern is right")
});

/// Lines kept before the text begins, and behind its end.
const LINES_NEAR: usize = 16;

/// Read what stands between the title and the text of the article in `top`, else behind it.
pub fn read(tree: &Tree, body: NodeId, top: NodeId, title: Option<&str>) -> Byline {
    let mut before: VecDeque<String> = VecDeque::new();
    let mut behind = VecDeque::new();
    let mut begun = false;
    let mut since = 0;
    for (line, inside) in lines(tree, body, top) {
        let length = line.chars().count();
        // The first sentence of the article ends its head.
        if inside && length > 60 && line.contains(['。', '，', '.', '、', ',']) {
            if !begun {
                before.push_back(line.chars().take(40).collect());
            }
            let tail: String = line.chars().skip(length - 30).collect();
            begun = true;
            since = 0;
            behind.clear();
            // `（记者 某某）` ends the last paragraph of many reports.
            if let Some((_, signed)) = tail.rsplit_once(['（', '(']) {
                behind.push_back(signed.to_owned());
            }
            continue;
        }
        if length > 160 {
            continue;
        }
        if !begun {
            before.push_back(line);
            if before.len() > LINES_NEAR {
                before.pop_front();
            }
        } else if since < LINES_NEAR {
            since += 1;
            behind.push_back(line);
        }
    }
    let mut byline = Byline::default();
    for line in before.iter().chain(&behind) {
        byline.take(line, true);
    }
    if byline.authors.is_empty() {
        byline.authors = name_alone(before.make_contiguous(), title.unwrap_or_default());
    }
    if byline.authors.is_empty() {
        byline.authors = behind.iter().map(|line| signature(line)).find(|names| !names.is_empty()).unwrap_or_default();
    }
    let first_time = tree.subtree(body).find(|id| tree.name(*id) == "time");
    let machine = || tree.attribute(first_time?, "datetime").and_then(iso_date);
    byline.date = byline.date.or_else(machine);
    byline
}

/// A line that is a name and nothing else, under the title or under a label that stands alone.
fn name_alone(before: &[String], title: &str) -> Vec<String> {
    const LABELS: [&str; 8] = ["by", "written by", "author", "posted by", "作者", "撰文", "记者", "文"];
    let title = letters(title);
    for pair in before.windows(2) {
        let [line, next] = pair else { continue };
        let label = line.trim().trim_end_matches([':', '：']).to_lowercase();
        if LABELS.contains(&label.as_str()) {
            return people(next);
        }
        let is_name = next.chars().count() <= 4 && next.chars().all(is_ideographic) && begins_with_surname(next);
        if is_name && !title.is_empty() && letters(line) == title {
            return people(next);
        }
    }
    Vec::new()
}

/// The names that sign a report in brackets at its end: `（林小河 周青 上海报道）`.
fn signature(signed: &str) -> Vec<String> {
    let Some((signed, "")) = signed.trim().split_once(['）', ')']) else { return Vec::new() };
    let is_work = |word: &&str| !["报道", "报导", "摄", "整理", "编译", "供稿"].iter().any(|end| word.ends_with(end));
    let words: Vec<&str> = signed.split([' ', '　', '、']).filter(|word| !word.is_empty()).filter(is_work).collect();
    let is_name = |word: &&str| {
        (2..=4).contains(&word.chars().count()) && word.chars().all(is_ideographic) && begins_with_surname(word)
    };
    let all = !words.is_empty() && words.len() <= 4 && words.iter().all(is_name);
    if all { words.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}

/// The hundred commonest surnames, in both scripts: nine of ten people in China.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙周吴吳徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛阎閻雷龙龍陶史贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯";

fn begins_with_surname(text: &str) -> bool {
    text.chars().next().is_some_and(|first| SURNAMES.contains(first))
}

impl Byline {
    fn take(&mut self, line: &str, with_date: bool) {
        if self.date.is_none() && with_date {
            self.date = iso_date(line);
        }
        if self.source.is_none() {
            self.source = SOURCE.captures(line).map(|found| found["name"].to_owned());
        }
        if self.authors.is_empty() {
            let found = AUTHOR.captures(line).or_else(|| BY.captures(line));
            self.authors = found.map(|found| names(&found["names"])).unwrap_or_default();
        }
    }
}

/// The names in a list of names.
fn names(list: &str) -> Vec<String> {
    // What follows a name on the line is set off by a label or by wide space.
    let labels = [
        "来源", "來源", "发布", "發布", "日期", "时间", "時間", "编辑", "編輯", "责编", "责任", "阅读", "点击", "浏览",
    ];
    let end = labels.iter().filter_map(|label| list.find(label)).min().unwrap_or(list.len());
    let list = &list[..end];
    let list = list.split("报道").next().unwrap_or(list);
    let parts = list.split(['、', ',', '，', '\t', '　']).flat_map(|part| part.split(" and "));
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·';
    let mut names = Vec::new();
    for part in parts {
        let part = part.trim().trim_end_matches(['文', '：', ':']);
        // Chinese names in a row are parted by spaces, those of other languages have them inside.
        if part.chars().all(|c| is_han(c) || c.is_whitespace()) {
            names.extend(part.split_whitespace().map(str::to_owned));
        } else {
            names.push(part.to_owned());
        }
    }
    let labels = ["简介", "介绍", "单位", "信息", "调查", "报道", "观察", "获悉"];
    names.retain(|name| (2..=30).contains(&name.chars().count()) && !labels.contains(&name.as_str()));
    names.truncate(8);
    names
}

/// The lines of a page as blocks part them, each with whether it is in the article.
fn lines(tree: &Tree, body: NodeId, top: NodeId) -> Vec<(String, bool)> {
    let mut lines: Vec<(String, bool)> = Vec::new();
    let mut line = String::new();
    let mut next = Some(body);
    let mut holder = body;
    let mut inside_until: Option<Option<NodeId>> = None;
    let mut inside = false;
    while let Some(id) = next {
        if inside_until.is_some_and(|end| end == Some(id)) {
            inside = false;
        }
        if id == top {
            inside = true;
            inside_until = Some(tree.following_skipping(top, body));
        }
        if tree.is_element(id) && is_hidden(tree, id) {
            next = tree.following_skipping(id, body);
            continue;
        }
        let name = tree.name(id);
        let text = tree.text(id);
        let block = match text {
            Some(_) => tree.ancestors(id).find(|one| is_block(tree.name(*one))).unwrap_or(body),
            None => holder,
        };
        if block != holder || name == "br" || name == "td" {
            push_line(&mut line, inside, &mut lines);
            holder = block;
        }
        if let Some(text) = text {
            line.push_str(text);
            line.push(' ');
        }
        next = tree.children(id).next().or_else(|| tree.following_skipping(id, body));
    }
    push_line(&mut line, inside, &mut lines);
    lines
}

fn push_line(line: &mut String, inside: bool, lines: &mut Vec<(String, bool)>) {
    let text = one_line(line);
    line.clear();
    if !text.is_empty() {
        lines.push((text, inside));
    }
}

/// Whether a short paragraph at the head of an article is its byline and nothing else.
pub fn is_byline(text: &str) -> bool {
    let text = one_line(text);
    let length = text.chars().count();
    if length == 0 || length > 90 || text.contains(['。', '！', '？', '，']) {
        return false;
    }
    let mut byline = Byline::default();
    byline.take(&text, true);
    let labelled = !byline.authors.is_empty() || byline.source.is_some();
    labelled || (byline.date.is_some() && length <= 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_signed_in_brackets_and_a_name_may_stand_alone() {
        assert_eq!(signature("林小河 周青 上海报道）"), ["林小河", "周青"]);
        assert!(signature("见下图）").is_empty());
        assert!(signature("林小河说）后来").is_empty());
        let lines = ["首页", "河边的旧事", "林小河", "那年春天"].map(str::to_owned);
        assert_eq!(name_alone(&lines, "河边的旧事"), ["林小河"]);
        let lines = ["A River", "Written by", "Ann Lee"].map(str::to_owned);
        assert_eq!(name_alone(&lines, ""), ["Ann Lee"]);
    }

    #[test]
    fn labels_tell_author_source_and_date() {
        let mut byline = Byline::default();
        byline.take("2024年5月6日 10:20　来源：某某日报　作者：张小明 李华", true);
        assert_eq!(byline.date.as_deref(), Some("2024-05-06"));
        assert_eq!(byline.source.as_deref(), Some("某某日报"));
        assert_eq!(byline.authors, ["张小明", "李华"]);
        assert!(is_byline("来源：某某日报 2024-05-06"));
        assert!(!is_byline("2024年5月6日，河水涨了。"));
    }
}
