//! How fast paragraphs are composed: from raw text to placed lines, and from shaped text to placed lines.
//!
//! `cargo bench --bench compose`; figures are characters a second on one core.

use std::collections::BTreeMap;
use std::hint::black_box;

use banxin::diagnostics::Diagnostics;
use banxin::document::Inline;
use banxin::font::FontBook;
use banxin::layout::inline::{Composer, ParagraphStyle, References};
use banxin::length::Length;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The Thousand Character Classic's opening, stretched into paragraphs of unlike lengths.
const CLASSIC: &str =
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈";
const ENGLISH: &str =
    "The quick brown fox, having considered its responsibilities, jumps over an extraordinarily lazy dog. ";

fn chinese() -> Vec<Inline> {
    let characters: Vec<char> = CLASSIC.chars().collect();
    let paragraph = |number: usize| {
        let mut text = String::new();
        for place in 0..200 + number * 37 % 300 {
            text.push(characters[(place * 7 + number * 13) % characters.len()]);
            match (place + number) % 17 {
                5 => text.push('，'),
                11 => text.push('。'),
                14 if number.is_multiple_of(3) => text.push_str("“甲”"),
                16 if number.is_multiple_of(5) => text.push_str("Rust 2024"),
                _ => {}
            }
        }
        Inline::Text(text)
    };
    (0..200).map(paragraph).collect()
}

fn english() -> Vec<Inline> {
    (0..100).map(|number| Inline::Text(ENGLISH.repeat(2 + number % 5))).collect()
}

fn compose(criterion: &mut Criterion) {
    let fonts = FontBook::bundled();
    let mut composer = Composer::new(&fonts);
    let resources = BTreeMap::new();
    let references = References { resources: &resources, note_label: &|_| None };
    let style = ParagraphStyle::default();
    let measure = Length::points(300);
    for (name, paragraphs) in [("chinese", chinese()), ("english", english())] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(characters(&paragraphs)));
        group.bench_function("text to lines", |bencher| {
            bencher.iter(|| {
                let mut met = Diagnostics::new();
                for paragraph in &paragraphs {
                    let content = std::slice::from_ref(paragraph);
                    black_box(composer.set_paragraph(content, &style, measure, references, &mut met));
                }
            });
        });
        let mut met = Diagnostics::new();
        let mut shape = |paragraph| {
            composer.shape_paragraph(std::slice::from_ref(paragraph), &style, measure, references, &mut met)
        };
        let shaped: Vec<_> = paragraphs.iter().map(&mut shape).collect();
        group.bench_function("shaped text to lines", |bencher| {
            bencher.iter(|| {
                for paragraph in &shaped {
                    black_box(composer.set_shaped(paragraph, &style, measure, &mut met));
                }
            });
        });
        group.finish();
    }
}

fn characters(paragraphs: &[Inline]) -> u64 {
    let length = |inline: &Inline| match inline {
        Inline::Text(text) => text.chars().count() as u64,
        _ => 0,
    };
    paragraphs.iter().map(length).sum()
}

criterion_group!(benches, compose);
criterion_main!(benches);
