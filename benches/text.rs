//! Text from bytes to model, and its first step, bytes to characters, in bytes a second.
//!
//! `cargo bench --bench text`. Each shape of `shapes`; the novel in every encoding that is told from others. On one core a text in UTF-8 should pass at 50 MB a second or more.

mod shapes;

use banxin::diagnostics::Diagnostics;
use banxin::format::Format;
use banxin::options::ReadOptions;
use banxin::source::Source;
use banxin::{convert, encoding};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// As in the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text");
    group.sample_size(10);
    for (name, shape) in shapes::ALL {
        let source = Source::from_bytes("bench.txt", shape().into_bytes());
        group.throughput(Throughput::Bytes(source.bytes().len() as u64));
        group.bench_function(BenchmarkId::new("read", name), |bencher| {
            bencher.iter(|| convert::read(&source, Some(Format::Text), &ReadOptions::default()).expect("text is read"));
        });
    }
    group.finish();
}

fn decoding(criterion: &mut Criterion) {
    let text = shapes::novel();
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
