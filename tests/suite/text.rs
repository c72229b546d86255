//! Tests of text through the public door.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use banxin::convert;
use banxin::diagnostics::Diagnostics;
use banxin::document::{Block, BlockKind, Document, ParagraphRole, plain_text, walk_inlines};
use banxin::format::Format;
use banxin::options::ReadOptions;
use banxin::readers::text::explain;
use banxin::source::Source;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn read(bytes: &[u8]) -> (Document, Diagnostics) {
    let source = Source::from_bytes("a.txt", bytes.to_vec());
    convert::read(&source, Some(Format::Text), &ReadOptions::default()).expect("text always yields a document")
}

/// Pieces lines are made of, so that generated files look like files.
const PIECES: &[&str] = &[
    "第一章",
    "第二章 渡口",
    "一、",
    "（二）",
    "1.",
    "2、",
    "①",
    "[1]",
    "注1：",
    "01",
    "•",
    "——",
    "“",
    "”",
    "，",
    "。",
    "：",
    "|",
    "\t",
    "　　",
    "  ",
    "作者：",
    "来源：河口日报",
    "2022-08-26",
    "民國111年",
    "阅读(98)",
    "首页 > 新闻",
    "版权所有",
    "小链接",
    "注释",
    "目录",
    "编者按：",
    "问：",
    "答：",
    "清晨的渡口很安静",
    "老船工把缆绳绕好",
    "天黑了",
    "他说",
    "abc",
    "the quiet ferry",
    "- 3 -",
    "第3页",
    "\u{200B}",
    "\0",
    "\u{FEFF}",
    ">",
    "***",
    "𠮷",
    "ー",
    "가",
];

fn line_soup() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(prop::sample::select(PIECES), 0..7).prop_map(|pieces| pieces.concat());
    let end = prop::sample::select(&["\n", "\n\n", "\r\n", "\r", "\x0C", "\u{2028}"][..]);
    prop::collection::vec((line, end), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect::<String>())
}

/// Lines of the fixtures, of all shapes, without their labels.
static FIXTURE_LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/text");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("listed").path()).collect();
    paths.sort();
    let golds = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "gold"));
    let texts = golds.map(|path| fs::read_to_string(path).expect("a fixture is readable"));
    let lines = |text: String| -> Vec<String> {
        let body = text.split_once("---\n").expect("a fixture has a head").1;
        let bare = |line: &str| line.split_once('|').map_or(line, |(_, text)| text).replace(['⟦', '⟧'], "");
        body.lines().map(bare).collect()
    };
    texts.flat_map(lines).collect()
});

/// Lines of all shapes in any order, some of them glued to the next.
fn shuffled_dumps() -> impl Strategy<Value = String> {
    let line = any::<prop::sample::Index>().prop_map(|index| index.get(&FIXTURE_LINES).clone());
    let end = prop::sample::select(&["\n", "\n", "\n", "\n\n", " ", ""][..]);
    prop::collection::vec((line, end), 1..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect::<String>())
}

/// Letters and digits of a text: what no repair may touch.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// All letters a document holds: body, notes, metadata and what was set aside.
fn held(document: &Document) -> String {
    let mut text = serde_json::to_string(&document.metadata).expect("metadata is JSON");
    let notes = document.notes.values().flatten();
    let blocks: Vec<_> = document.blocks.iter().chain(notes).cloned().collect();
    walk_inlines(&blocks, &mut |inlines| text.push_str(&plain_text(inlines)));
    document.provenance.set_aside.iter().for_each(|aside| text.push_str(&aside.text));
    text
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        rng_seed: RngSeed::Fixed(20220826),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_yield_a_document(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read(&bytes);
    }

    #[test]
    fn any_lines_yield_a_document_and_an_explanation(text in line_soup()) {
        let (first, _) = read(text.as_bytes());
        let (second, _) = read(text.as_bytes());
        prop_assert_eq!(&first, &second);
        let json = serde_json::to_string(&first).expect("a document is JSON");
        prop_assert_eq!(serde_json::from_str::<Document>(&json).expect("its own JSON"), first);
        let _ = explain(&Source::from_bytes("a.txt", text.into_bytes()), &ReadOptions::default()).to_string();
    }

    #[test]
    fn no_sentence_of_shuffled_dumps_is_lost(text in shuffled_dumps()) {
        let (document, _) = read(text.as_bytes());
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let held = plain(&held(&document));
        for line in text.lines().filter(|line| line.chars().count() >= 16 && line.ends_with(['。', '！', '？'])) {
            // What a line ends with, past numbers, speakers and marks of notes in it.
            let end: String = plain(line.rsplit(['［', '[', '：', ']']).next().unwrap_or(line));
            let end: String = end.chars().skip(end.chars().count().saturating_sub(24)).collect();
            let end = end.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
            prop_assert!(held.contains(end), "{end:?} of {text:?}");
        }
    }

    #[test]
    fn no_han_character_is_lost(text in line_soup()) {
        let (document, _) = read(text.as_bytes());
        let held = letters(&held(&document));
        let mut left = held.into_iter().filter(|c| *c >= '\u{4E00}').peekable();
        // Dates and numbers become ISO and list marks; every other Han character is somewhere.
        let marks = "一二三四五六七八九十年月日民國第章注作者新闻来源阅读";
        for c in letters(&text).into_iter().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c) && !marks.contains(*c)) {
            while left.next_if(|other| *other < c).is_some() {}
            prop_assert_eq!(left.next(), Some(c), "{:?}", text);
        }
    }
}

/// The sample sources that are plain text: title, author, date, encoding.
#[test]
fn the_samples_are_read_with_their_metadata() {
    let samples = [
        ("01-half-width-news-dump.txt", "河口市举办古籍修复技艺交流会", "纸上小编", "2023-05-19", "UTF-8"),
        ("02-rare-characters.txt", "乡音里的生僻字", "林小禾", "2024-03-21", "UTF-8"),
        ("03-article-in-gb18030.txt", "县城里的最后一家弹棉花铺", "周大川", "2019-12-03", "GB18030"),
    ];
    for (file, title, author, date, encoding) in samples {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("input").join(file);
        let (document, _) = read(&fs::read(path).expect("the sample is there"));
        let metadata = &document.metadata;
        assert_eq!(metadata.title.as_deref(), Some(title));
        assert_eq!(metadata.authors().collect::<Vec<_>>(), [author]);
        assert_eq!(metadata.date.as_deref(), Some(date));
        assert_eq!(document.provenance.encoding.as_deref(), Some(encoding));
    }
}

#[test]
fn a_flattened_page_gets_its_structure_back() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/01-half-width-news-dump.txt");
    let (document, diagnostics) = read(&fs::read(path).expect("the sample is there"));
    let count = |wanted: fn(&BlockKind) -> bool| document.blocks.iter().filter(|block| wanted(&block.kind)).count();
    assert_eq!(count(|kind| matches!(kind, BlockKind::Paragraph { role: ParagraphRole::Centered, .. })), 3);
    assert_eq!(count(|kind| matches!(kind, BlockKind::Heading { .. })), 1);
    assert_eq!(count(|kind| matches!(kind, BlockKind::List { items, .. } if items.len() == 4)), 1);
    let definitions = |blocks: &[Block]| {
        blocks.iter().any(|block| matches!(&block.kind, BlockKind::Definitions { items } if items.len() == 3))
    };
    assert!(
        document.blocks.iter().any(|block| matches!(&block.kind, BlockKind::Box { blocks, .. } if definitions(blocks)))
    );
    let reasons: Vec<_> = document.provenance.set_aside.iter().map(|aside| aside.reason.as_str()).collect();
    assert!(reasons.contains(&"view count") && reasons.contains(&"contact") && reasons.contains(&"navigation"));
    let mut text = String::new();
    walk_inlines(&document.blocks, &mut |inlines| text.push_str(&plain_text(inlines)));
    assert!(!text.contains(',') && !text.contains("返回顶部") && diagnostics.counts()["punctuation"] > 50);
}
