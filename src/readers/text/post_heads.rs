//! The head of a post of PTT, whose keys stand right before their values: 作者watermelon5, 看板home-fix, 標題…, 時間….

use super::lines::Line;

const KEYS: [&[&str]; 4] = [&["作者"], &["看板", "站內"], &["標題", "标题"], &["時間", "时间"]];

/// Lines this far down may be the head of a post.
const WITHIN: usize = 12;

/// Put a colon behind the keys of a post's head, where all four stand one below the other.
pub(super) fn mend(lines: &mut [Line]) {
    let glued = |line: &Line, keys: &[&str]| {
        let key = keys.iter().find(|key| line.text.starts_with(**key))?;
        let rest = &line.text[key.len()..];
        (!rest.is_empty() && !rest.starts_with(['：', ':', ' ', '\u{3000}'])).then_some(key.len())
    };
    let head = (0..lines.len().min(WITHIN)).find(|start| {
        lines.len() >= start + KEYS.len() && (0..KEYS.len()).all(|at| glued(&lines[start + at], KEYS[at]).is_some())
    });
    let Some(head) = head else { return };
    for (line, keys) in lines[head..].iter_mut().zip(KEYS) {
        if let Some(at) = glued(line, keys) {
            line.text = format!("{}：{}", &line.text[..at], &line.text[at..]).into();
            line.chars += 1;
        }
    }
}
