//! Text from bytes to model, and its first step, bytes to characters, in bytes a second.
//!
//! `cargo bench --bench text`. A novel, an article of many headings and lists, and an English one, each made here; the
//! novel in every encoding that is told from others. On one core a text in UTF-8 should pass at 50 MB a second or more.

use banxin::diagnostics::Diagnostics;
use banxin::format::Format;
use banxin::options::ReadOptions;
use banxin::source::Source;
use banxin::{convert, encoding};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Bytes of UTF-8 of each source.
const SIZE: usize = 8 << 20;

/// Sentences of the length and punctuation of ordinary prose.
const PROSE: &[&str] = &[
    "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。",
    "他说：“等到明年春天，桥就要修好了。”",
    "村里一共有三百多户人家，其中三成靠种茶为生，多半是绿茶。",
    "天快黑的时候，雨停了，对岸的灯一盏一盏亮起来，像是有人在水面上撒了一把米。",
];

const ENGLISH: &[&str] = &[
    "The ferry had not run for years, and the steps were worn smooth by the water. ",
    "\"When spring comes,\" he said, \"the bridge will be ready.\" ",
    "Some three hundred families live in the village, and most of them grow tea. ",
];

/// So many sentences from a place on.
fn sentences(from: &[&str], start: usize, count: usize) -> String {
    (start..start + count).map(|number| from[number % from.len()]).collect()
}

/// A novel: chapters of forty paragraphs of one to six sentences.
fn novel() -> String {
    let mut text = String::from("渡口十三年\n作者：林小禾\n\n");
    for chapter in 1.. {
        text.push_str(&format!("第{chapter}章　渡口的第{chapter}天\n\n"));
        for paragraph in 0..40 {
            text.push_str(&format!("　　{}\n", sentences(PROSE, chapter + paragraph, 1 + (chapter + paragraph) % 6)));
        }
        text.push('\n');
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// An article of official form: short lines of every label.
fn article() -> String {
    let mut text = String::from("关于渡口管理的通知\n来源：河口日报　2022年8月26日　作者：林小禾\n\n");
    for part in 1.. {
        text.push_str(&format!("（{part}）加强渡口的日常管理\n{}\n具体要求如下：\n", sentences(PROSE, part, 3)));
        for item in 1..=4 {
            text.push_str(&format!("{item}. 检查第{item}处石阶、缆桩和标识牌是否完好；\n"));
        }
        text.push_str("项目\t数量\n石阶\t12\n缆桩\t8\n");
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

fn english() -> String {
    let mut text = String::from("The Ferry\nBy Lin Xiaohe\n\n");
    for paragraph in 0.. {
        text.push_str(sentences(ENGLISH, paragraph, 3 + paragraph % 5).trim_end());
        text.push_str("\n\n");
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text");
    group.sample_size(10);
    for (name, text) in [("novel", novel()), ("article", article()), ("english", english())] {
        let source = Source::from_bytes("bench.txt", text.into_bytes());
        group.throughput(Throughput::Bytes(source.bytes().len() as u64));
        group.bench_function(BenchmarkId::new("read", name), |bencher| {
            bencher.iter(|| convert::read(&source, Some(Format::Text), &ReadOptions::default()).expect("text is read"));
        });
    }
    group.finish();
}

fn decoding(criterion: &mut Criterion) {
    let text = novel();
    let mut group = criterion.benchmark_group("decode");
    group.sample_size(10);
    for label in ["utf-8", "gb18030", "big5", "shift_jis", "euc-kr"] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("the label is known");
        // Characters an encoding does not have become references: that is text too.
        let (bytes, ..) = encoding.encode(&text);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::new("bytes", label), |bencher| {
            bencher.iter(|| encoding::decode(&bytes, None, None, &mut Diagnostics::new()));
        });
    }
    group.finish();
}

criterion_group!(text, reading, decoding);
criterion_main!(text);
