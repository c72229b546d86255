//! What the command says to people, in Chinese as in English.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use banxin::cli::translation::{CHINESE, in_chinese};

/// Words of the code around a literal that goes to people.
const SAID: &[&str] = &[
    "warn(",
    "note(",
    "Unusable(",
    "Unwritable(",
    "Usage(",
    "message",
    "#[error(",
    "reason",
    "Err(",
    "map_err(",
    "named(",
    "wrong",
    "error",
    "ok_or",
    "Malformed",
    "damage",
    "refused",
];

/// What is a part of another message, or no message.
const NO_MESSAGE: &[&str] = &[
    "banxin: {}",
    "without a message",
    "is not there",
    "may not be read",
    "standard output",
    "it is larger than any profile",
    "it is for --ink {}, and --ink is {}",
    "not a regular file",
    "larger than {} bytes",
    " at line ",
    "page {}: ",
    "page number",
    "title page",
    "link to edit the section",
];

#[test]
fn every_message_of_the_sources_has_its_translation() {
    let translated: BTreeSet<&str> = CHINESE.iter().map(|(english, _)| *english).collect();
    let mut lacking = Vec::new();
    let mut found = 0;
    for path in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let name = path.display().to_string();
        if ["lexicon", "cli/args.rs", "cli/translation"].iter().any(|part| name.contains(part)) {
            continue;
        }
        let code = std::fs::read_to_string(&path).expect("a source");
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, literal) in literals(code) {
            let pattern = pattern(&literal);
            let before = &code[..at];
            let statement = before.rfind(';').max(before.rfind("}\n")).unwrap_or(0);
            let around = tail(&before[statement..], 500);
            let aside = tail(around, 14);
            if aside.contains(".expect(") || aside.contains("reason = ") || !is_sentence(&pattern) {
                continue;
            }
            if SAID.iter().any(|word| around.contains(word)) && !NO_MESSAGE.contains(&pattern.as_str()) {
                found += 1;
                if !translated.contains(pattern.as_str()) {
                    lacking.push(format!("{name}: {pattern}"));
                }
            }
        }
    }
    assert!(found > 150, "{found} messages found; does the search still work?");
    assert!(
        lacking.is_empty(),
        "add to src/cli/translation/chinese.rs, with {{}} for the gaps in English and {{0}} in Chinese:\n{}",
        lacking.join("\n")
    );
}

#[test]
fn people_are_told_in_their_language() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), "字\n\n![a](b.png)\n\n# 字[^1]\n").expect("a file");
    let told = |locale: &str, names: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banxin"));
        command.current_dir(folder.path()).env("LC_ALL", locale).env_remove("GITHUB_ACTIONS").args(names);
        String::from_utf8(command.output().expect("it runs").stderr).expect("words")
    };
    let made = told("zh_CN.UTF-8", &["a.md", "-t", "json", "-v"]);
    assert!(made.contains("a.md: 警告: 图片未显示：找不到 b.png [missing-picture]"), "{made}");
    let made = told("en_US.UTF-8", &["a.md", "-t", "json", "-v"]);
    assert!(made.contains("a.md: warning: picture not shown: b.png is not there [missing-picture]"), "{made}");
    assert_eq!(told("zh_TW.UTF-8", &["nothing.md"]), "banxin: nothing.md：不存在\n");
    assert_eq!(told("C", &["nothing.md"]), "banxin: nothing.md: is not there\n");
    let mistyped = told("zh_CN.UTF-8", &["a.md", "--papers", "A4"]);
    assert!(mistyped.starts_with("banxin: 没有 --papers 这个选项；是否指 --paper？\n"), "{mistyped}");
    let mistyped = told("zh_CN.UTF-8", &["a.md", "--paper", "A99"]);
    assert!(mistyped.contains("A99") && mistyped.contains("不是 A4、16开、170mm x 240mm 之类的纸张"), "{mistyped}");
    assert!(told("en_US.UTF-8", &["a.md", "--papers", "A4"]).starts_with("error: unexpected argument '--papers'"));
    let clean = told("zh_CN.UTF-8", &["clean", "nowhere"]);
    assert_eq!(clean, "banxin: nowhere 不是文件夹\n");
}

#[test]
fn words_of_a_source_are_not_taken_for_a_message() {
    assert_eq!(in_chinese("第一章 is 第二章"), "第一章 is 第二章");
    assert_eq!(in_chinese("picture not shown: 图 is not there"), "图片未显示：找不到 图");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Two words in lower case next to each other, or a word next to a gap.
fn is_sentence(pattern: &str) -> bool {
    let words: Vec<&str> = pattern.split(' ').collect();
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b':');
    let continues = |word: &str| word.starts_with(|first: char| first.is_ascii_lowercase() || "{&<`#(".contains(first));
    words.windows(2).any(|pair| is_word(pair[0]) && continues(pair[1]) || pair[0].ends_with("{}") && is_word(pair[1]))
}

/// A literal with its escapes resolved and its gaps emptied.
fn pattern(literal: &str) -> String {
    let plain = literal.replace("\\\"", "\"").replace("\\n", "\n").replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut parts = plain.split('{');
    let mut pattern = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        pattern.push_str("{}");
        pattern.push_str(part.split_once('}').map_or(part, |(_, words)| words));
    }
    pattern.replace('\u{1}', "{").replace('\u{2}', "}")
}

fn tail(text: &str, longest: usize) -> &str {
    let start = text.char_indices().rev().nth(longest).map_or(0, |(at, _)| at);
    &text[start..]
}

/// Each string literal that is not raw, with its place; comments and characters are passed over.
fn literals(code: &str) -> Vec<(usize, String)> {
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &code[at..];
        let raw = rest.strip_prefix('r').map(|after| (after, after.len() - after.trim_start_matches('#').len()));
        let in_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        at += match raw {
            Some((after, hashes)) if !in_name && after[hashes..].starts_with('"') => {
                let end = format!("\"{}", "#".repeat(hashes));
                let inside = &after[hashes + 1..];
                2 + hashes + inside.find(&end).expect("it is closed") + end.len()
            }
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with('"') => {
                let mut end = 1;
                while bytes[at + end] != b'"' {
                    end += if bytes[at + end] == b'\\' { 2 } else { 1 };
                }
                found.push((at, joined(&code[at + 1..at + end])));
                end + 1
            }
            _ if rest.starts_with("'\\") => 3 + rest[3..].find('\'').map_or(0, |end| end + 1),
            _ if rest.starts_with('\'') => {
                let one = rest[1..].chars().next().map_or(0, char::len_utf8);
                if rest[1 + one..].starts_with('\'') { one + 2 } else { 1 }
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    found
}

/// A literal over several lines as the one it is.
fn joined(literal: &str) -> String {
    let mut parts = literal.split("\\\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + part.trim_start())
}
