//! What papers and bulletins say of themselves by its form alone: their number, their issue, where their authors work.

use super::lexicon::bodies;
use super::names::is_name_character;

/// The number of an official paper: 河政办发〔2023〕18号.
pub(super) fn is_paper_number(text: &str) -> bool {
    if !text.ends_with(['号', '號']) {
        return false;
    }
    let Some(open) = text.find(['〔', '［', '[', '（', '(']) else { return false };
    let (head, rest) = (&text[..open], &text[open..]);
    let year = rest.chars().skip(1).take_while(char::is_ascii_digit).count();
    let number = rest.chars().skip(year + 2).collect::<String>();
    let number = number.trim_start_matches('第').strip_suffix(['号', '號']);
    (2..=12).contains(&head.chars().count())
        && head.chars().all(is_name_character)
        && year == 4
        && number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The number of a bulletin: 〔2022〕第3期, （第12期）, 第 5 期.
pub(super) fn is_issue(text: &str) -> bool {
    // （2020）河0101民初123号: a court's.
    let dated = text.strip_prefix(['（', '(', '〔']).is_some_and(|rest| {
        rest.chars().take(4).all(|c| c.is_ascii_digit()) && rest.chars().nth(4).is_some_and(|c| "）)〕".contains(c))
    });
    if dated
        && text.ends_with('号')
        && text.chars().count() <= 30
        && !text.contains(['，', '。', ' '])
        && (!text.contains('第') || text.contains("字第"))
    {
        return true;
    }
    let passed = |c: char| c.is_whitespace() || "（）()〔〕[]".contains(c);
    if !text.trim_end_matches(passed).ends_with(['期', '号']) || !text.contains('第') {
        return false;
    }
    let bare: String = text.chars().filter(|c| !passed(*c)).collect();
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '第' || c == '总');
    bare.chars().count() <= 12
        && bare.contains('第')
        && bare.contains(|c: char| c.is_ascii_digit())
        && matches!(digits, "期" | "号")
}

/// The magazine of 《南岸人物》2021年第11期.
pub(super) fn issue_of(text: &str) -> Option<&str> {
    let (paper, issue) = text.strip_prefix('《')?.split_once('》')?;
    let plain = issue.chars().all(|c| c.is_ascii_digit() || "年月第卷期号總总 　，,（）()".contains(c));
    let counted = issue.contains('期') || issue.contains('号');
    (plain && counted && issue.contains('年') && paper.chars().count() <= 16).then_some(paper)
}

/// Where the authors of a paper work: （河口大学 历史学院，河口 000000）.
pub(super) fn is_affiliation(text: &str) -> bool {
    // 滨海农业大学 资源环境学院, 江苏 盐城 224000
    let postal = text.bytes().rev().take_while(u8::is_ascii_digit).count() == 6;
    if postal && text.chars().count() <= 60 && !text.contains(['。', '：']) && bodies::has_an_employer(text) {
        return true;
    }
    if !text.ends_with(['）', ')']) {
        return false;
    }
    // （东陵师范大学历史系）
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let department = |inner: &str| {
        (4..=30).contains(&inner.chars().count())
            && bodies::names_an_employer(inner)
            && inner.chars().all(|c| is_name_character(c) || c == ' ')
            && !inner.contains("毕业")
    };
    if inner.is_some_and(department) {
        return true;
    }
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '.');
    bare.starts_with(['（', '('])
        && bare.ends_with(['）', ')'])
        && bodies::has_an_employer(bare)
        && bare.chars().filter(char::is_ascii_digit).count() >= 5
}
