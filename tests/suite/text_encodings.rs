//! Short samples in every encoding are told apart: windows of the fixtures, in each language's encodings.

use std::fs;
use std::path::Path;

use banxin::diagnostics::Diagnostics;
use banxin::encoding::decode;

/// Characters of a sample, the least that is asked for.
const SHORT: usize = 100;

/// Samples of each encoding.
const SAMPLES: usize = 200;

/// The words of the fixtures whose names begin so, one line after the other.
fn words(names: &[&str]) -> Vec<char> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/text");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the fixtures are there").map(|entry| entry.expect("listed").path()).collect();
    paths.sort();
    let chosen = paths.iter().filter(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        names.iter().any(|start| name.starts_with(start))
    });
    let lines: Vec<String> = chosen
        .map(|path| fs::read_to_string(path).expect("a fixture is readable"))
        .flat_map(|text| {
            let body = text.split_once("---\n").expect("a fixture has a head").1.to_owned();
            body.lines().map(|line| line.split_once('|').unwrap_or(("", line)).1.to_owned() + "\n").collect::<Vec<_>>()
        })
        .collect();
    lines.concat().chars().collect()
}

/// How many of 200 windows of a text are read right in an encoding.
fn right(names: &[&str], label: &str, wanted: &[&str]) -> usize {
    let words = words(names);
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("the label is known");
    // What the encoding does not have is left out: a sample has no broken bytes.
    let held = |c: &char| !encoding.encode(&c.to_string()).2;
    let words: Vec<char> = words.into_iter().filter(held).collect();
    let step = (words.len() - SHORT) / SAMPLES;
    assert!(step > 0, "{label} has {} characters to take samples of", words.len());
    let is_right = |sample: &usize| {
        let text: String = words[sample * step..sample * step + SHORT].iter().collect();
        let (bytes, ..) = encoding.encode(&text);
        let found = decode(&bytes, None, None, &mut Diagnostics::new());
        wanted.contains(&found.encoding) && found.text == text
    };
    (0..SAMPLES).filter(is_right).count()
}

#[test]
fn short_samples_are_read_in_their_encoding() {
    let simplified = &["news", "essay", "letter", "novel", "official", "recipe", "interview", "wechat", "gov"][..];
    let traditional = &["traditional", "hongkong", "tw_", "hk_"][..];
    let (japanese, korean) = (&["japanese", "ja_"][..], &["korean", "ko_"][..]);
    let cases = [
        ("utf-8", simplified, &["UTF-8"][..]),
        ("gb18030", simplified, &["GB18030", "GBK"]),
        ("big5", traditional, &["Big5"]),
        ("shift_jis", japanese, &["Shift_JIS"]),
        ("euc-jp", japanese, &["EUC-JP"]),
        ("euc-kr", korean, &["EUC-KR"]),
    ];
    for (label, names, wanted) in cases {
        let right = right(names, label, wanted);
        println!("{label}: {right} of {SAMPLES}");
        assert!(right * 100 >= SAMPLES * 99, "{label}: {right} of {SAMPLES}");
    }
}
