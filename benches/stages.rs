//! Whole stages on a text of a given size: each reader, each writer.
//!
//! `cargo bench --bench stages`. Sizes grow tenfold, so that anything worse than linear shows in the throughput.

use std::sync::Arc;

use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::{convert, readers, writers};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Characters of the sources.
const SIZES: [usize; 3] = [2_000, 20_000, 200_000];

/// Sentences of the length and punctuation of ordinary prose.
const SENTENCES: &[&str] = &[
    "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。",
    "他说：“等到明年春天，桥就要修好了。”",
    "村里一共有 128 户人家，其中三成靠种茶为生（多半是绿茶）。",
    "《山居笔记》里写过这个地方——那时候还没有公路，也没有 Wi-Fi……",
];

/// Prose of about so many characters in the syntax of a format; `None` where a format has no source of ours.
fn source(format: Format, characters: usize) -> Option<Source> {
    let mut paragraphs = Vec::new();
    let mut length = 0;
    for number in 0.. {
        let paragraph: String = (0..4).map(|offset| SENTENCES[(number + offset) % SENTENCES.len()]).collect();
        length += paragraph.chars().count();
        paragraphs.push(paragraph);
        if length >= characters {
            break;
        }
    }
    let joined =
        |before: &str, after: &str| paragraphs.iter().map(|text| format!("{before}{text}{after}")).collect::<String>();
    let text = match format {
        Format::Text => format!("渡口\n\n{}", joined("　　", "\n")),
        Format::Markdown => format!("# 渡口\n\n{}", joined("", "\n\n")),
        Format::Html => format!("<title>渡口</title><article><h1>渡口</h1>{}</article>", joined("<p>", "</p>\n")),
        Format::Xml => format!("<article><title>渡口</title>{}</article>", joined("<para>", "</para>\n")),
        Format::Json => {
            let blocks = joined("{\"kind\":{\"paragraph\":{\"content\":[{\"text\":\"", "\"}]}}},");
            format!("{{\"banxin\":1,\"blocks\":[{}]}}", blocks.trim_end_matches(','))
        }
        _ => return None,
    };
    Some(Source::from_bytes(format!("bench.{}", format.extension()), text.into_bytes()))
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    for format in readers::READERS.iter().map(|reader| reader.format()) {
        for size in SIZES {
            let Some(source) = source(format, size) else { continue };
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::new(format.name(), size), |bencher| {
                bencher
                    .iter(|| convert::read(&source, Some(format), &ReadOptions::default()).expect("it is well formed"));
            });
        }
    }
    group.finish();
}

fn writing(criterion: &mut Criterion) {
    let edition = Edition { theme: Arc::default(), fonts: Arc::new(FontBook::bundled()), timestamp: DEFAULT_TIMESTAMP };
    let mut group = criterion.benchmark_group("write");
    group.sample_size(10);
    for size in SIZES {
        let source = source(Format::Json, size).expect("the model has a source");
        let (document, _) =
            convert::read(&source, Some(Format::Json), &ReadOptions::default()).expect("it is well formed");
        for format in writers::WRITERS.iter().map(|writer| writer.format()) {
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::new(format.name(), size), |bencher| {
                bencher.iter(|| {
                    convert::write(&document, format, &edition, &WriteOptions::default()).expect("it can be written")
                });
            });
        }
    }
    group.finish();
}

criterion_group!(stages, reading, writing);
criterion_main!(stages);
