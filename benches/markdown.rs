//! Markdown beside its peers, in one run on one text: the parser's own HTML rendering is what reading is measured by,
//! comrak's CommonMark formatter what reading and writing together are measured by.
//!
//! `cargo bench --bench markdown`; the last lines give the two ratios. `-- --ratios FILE…` gives them alone, and of files
//! too, each repeated to the same size. `benches/peers` has pandoc.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use banxin::convert;
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{Limits, ReadOptions, WriteOptions};
use banxin::source::Source;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};

/// As in the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of each text.
const SIZE: usize = 10 << 20;

/// Prose of ordinary length and punctuation.
const PROSE: &[&str] = &[
    "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。他说：“等到明年春天，桥就要修好了。”",
    "村里一共有 128 户人家，其中三成靠种茶为生（多半是绿茶），其余的人在镇上做工，逢年过节才回来。",
    "《山居笔记》里写过这个地方——那时候还没有公路，也没有 Wi-Fi……只有一条石板路通到山外。",
];

/// What a technical article has beside prose.
const MIXED: &[&str] = &[
    "## 第二节 安装与使用",
    "**注意。**先读完`README.md`，再看[安装说明](https://example.org/install \"安装\")；*《手册》*里也有一节讲这个。",
    "- 打开终端，进入目录\n- 运行 `make`，等它做完\n  - 出错时看**日志**\n  - 没有日志就重来\n- 关掉终端",
    "> 山高月小，水落石出。\n> 曾日月之几何，而江山不可复识矣。",
    "1. 先量尺寸\n2. 再锯木头\n3. 最后上漆",
    "| 名称 | 数量 | 价格 |\n| ---- | ---: | ---- |\n| 木板 | 12 | 35 元 |\n| 钉子 | 200 | 8 元 |",
    "```rust\nfn main() {\n    println!(\"你好\");\n}\n```",
    "![渡口的石阶](images/steps.png)\n拍摄于清晨，光线很柔和，\n水面上有一层薄雾。",
];

fn prose() -> String {
    repeated(|number| PROSE.iter().cycle().skip(number % PROSE.len()).take(3).copied().collect())
}

fn mixed() -> String {
    repeated(|number| match number % 3 {
        0 => MIXED[number / 3 % MIXED.len()].to_owned(),
        _ => PROSE[number % PROSE.len()].to_owned(),
    })
}

/// Nothing but lists and tables, where there is a node for every few bytes.
fn dense() -> String {
    repeated(|number| MIXED[[2, 5, 4][number % 3]].to_owned())
}

fn repeated(part: impl Fn(usize) -> String) -> String {
    let mut text = String::from("# 渡口\n\n");
    for number in 0.. {
        text.push_str(&part(number));
        text.push_str("\n\n");
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

fn parser_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::all()));
    html
}

fn read(source: &Source) -> banxin::Document {
    // A dense text of this size has more nodes than are usually allowed.
    let limits = Limits { nodes: usize::MAX, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    convert::read(source, Some(Format::Markdown), &options).expect("Markdown is always read").0
}

fn write(document: &banxin::Document, edition: &Edition) -> Vec<u8> {
    let written = convert::write(document, Format::Markdown, edition, &WriteOptions::default());
    written.expect("Markdown can always be written").0.bytes
}

fn comrak_commonmark(text: &str) -> String {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.autolink = true;
    let root = comrak::parse_document(&arena, text, &options);
    let mut out = String::with_capacity(text.len());
    comrak::format_commonmark(root, &options, &mut out).expect("a string takes everything");
    out
}

fn edition() -> Edition {
    Edition { theme: Arc::default(), fonts: Arc::new(FontBook::default()), timestamp: DEFAULT_TIMESTAMP }
}

fn beside_peers(criterion: &mut Criterion) {
    let edition = edition();
    let mut group = criterion.benchmark_group("markdown");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    for (name, text) in [("prose", prose()), ("mixed", mixed()), ("dense", dense())] {
        let source = Source::from_bytes("bench.md", text.clone().into_bytes());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("parser-html", name), |bencher| bencher.iter(|| parser_html(&text)));
        group.bench_function(BenchmarkId::new("read", name), |bencher| bencher.iter(|| read(&source)));
        group.bench_function(BenchmarkId::new("read-and-write", name), |bencher| {
            bencher.iter(|| write(&read(&source), &edition));
        });
        group.bench_function(BenchmarkId::new("comrak-commonmark", name), |bencher| {
            bencher.iter(|| comrak_commonmark(&text));
        });
    }
    group.finish();
}

/// The two ratios that are asked for, each from rounds in which the rivals take turns, so that noise hits all alike.
fn ratios(files: &[String]) {
    const ROUNDS: usize = 9;
    let edition = edition();
    let own = [("prose", prose()), ("mixed", mixed()), ("dense", dense())];
    let files = files.iter().map(|path| {
        let text = std::fs::read_to_string(path).expect("a file of text");
        (path.as_str(), repeated(|_| text.clone()))
    });
    for (name, text) in own.into_iter().chain(files) {
        let source = Source::from_bytes("bench.md", text.clone().into_bytes());
        let mut times = [const { Vec::new() }; 4];
        for _ in 0..ROUNDS {
            times[0].push(timed(|| parser_html(&text)));
            times[1].push(timed(|| read(&source)));
            times[2].push(timed(|| write(&read(&source), &edition)));
            times[3].push(timed(|| comrak_commonmark(&text)));
        }
        let [html, read, both, comrak] = times.map(|mut times| {
            times.sort();
            times[ROUNDS / 2].as_secs_f64()
        });
        println!(
            "{name}: parser's HTML {html:.3} s, reading {read:.3} s = {:.2} x; comrak {comrak:.3} s, reading and writing \
             {both:.3} s = {:.2} x",
            read / html,
            both / comrak
        );
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    drop(black_box(work()));
    begun.elapsed()
}

criterion_group!(markdown, beside_peers);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--ratios") {
        let files: Vec<String> = arguments.into_iter().filter(|argument| !argument.starts_with("--")).collect();
        return ratios(&files);
    }
    markdown();
    Criterion::default().configure_from_args().final_summary();
    ratios(&[]);
}
