//! Input made to hurt: every reader gives a document or an error, in little time, and the whole line goes on from there.

use std::fs;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::error::Error;
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::{convert, readers, writers};
use proptest::prelude::*;

/// Pieces of syntax that mean something to one reader or another.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<table><tr><td>",
    "<ruby>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#x0;",
    "# ",
    "- ",
    "> ",
    "1. ",
    "| a | b |\n|--|--|\n",
    "```\n",
    "$$",
    "[^1]",
    "[^1]: ",
    "![](",
    "](",
    "**",
    "__",
    "---\n",
    "\u{feff}",
    "{\"banxin\":1,\"blocks\":[",
    "]}",
    "{\"kind\":",
    "\"text\":",
    "作者：",
    "第一章　",
    "一、",
    "（１）",
    "02\n",
    "\u{a0}\n",
    "小链接\n",
    "，",
    "。",
    "“",
    "”",
    "……",
    "——",
    "字",
    "𠮷",
    "\u{200d}",
    "\u{202e}",
    "\u{0}",
    "\n",
    "\r\n",
    "\t",
    " ",
    "　",
    "a",
    "é",
];

fn hostile_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn every_format() -> impl Iterator<Item = Format> {
    readers::READERS.iter().map(|reader| reader.format())
}

/// Reading must end one way or the other; what was read must be writable as JSON and be the same document again.
fn read(format: Format, bytes: Vec<u8>) {
    let source = Source::from_bytes("hostile", bytes);
    if let Ok((document, _)) = convert::read(&source, Some(format), &ReadOptions::default()) {
        let json = serde_json::to_string(&document).expect("a document is JSON");
        let again = Source::from_bytes("again.json", json.into_bytes());
        let (again, _) = convert::read(&again, Some(Format::Json), &ReadOptions::default())
            .unwrap_or_else(|error| panic!("{}: its own JSON cannot be read: {error}", format.name()));
        assert_eq!(again, document, "{}", format.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_syntax_is_read_or_refused(text in hostile_text()) {
        every_format().for_each(|format| read(format, text.clone().into_bytes()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        every_format().for_each(|format| read(format, bytes.clone()));
    }
}

/// Files that have broken readers before, here or elsewhere, by their names.
fn monsters() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str, times: usize| {
        [open.repeat(times), "深".to_owned(), close.repeat(times)].concat().into_bytes()
    };
    let billion_laughs = {
        let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a0 \"哈\">");
        for level in 1..10 {
            let below = format!("&a{};", level - 1).repeat(10);
            text.push_str(&format!("<!ENTITY a{level} \"{below}\">"));
        }
        text + "]><article><para>&a9;</para></article>"
    };
    vec![
        ("empty.txt", Vec::new()),
        ("empty.md", Vec::new()),
        ("empty.html", Vec::new()),
        ("empty.xml", Vec::new()),
        ("empty.json", Vec::new()),
        ("nothing-but-zeros.txt", vec![0; 10_000]),
        ("one-line.txt", "山".repeat(300_000).into_bytes()),
        ("broken-bytes.txt", [&b"\xff\xfe\xff\xd8\x00\x81"[..], &[0x81; 3000]].concat()),
        ("deep-quotes.md", deep(&"> ".repeat(50), "", 200)),
        (
            "deep-lists.md",
            (0..3000).map(|depth| format!("{}- 项\n", "  ".repeat(depth % 1500))).collect::<String>().into_bytes(),
        ),
        ("deep-emphasis.md", deep("*", "*", 10_000)),
        ("deep-links.md", deep("[", "](a)", 5_000)),
        ("many-backticks.md", (1..600).map(|count| "`".repeat(count) + "a").collect::<String>().into_bytes()),
        (
            "wide-table.md",
            format!("|{}\n|{}\n|{}\n", "列|".repeat(2000), "--|".repeat(2000), "格|".repeat(2000)).into_bytes(),
        ),
        ("deep-div.html", deep("<div>", "</div>", 10_000)),
        ("deep-inline.html", deep("<b><i>", "</i></b>", 10_000)),
        ("deep-tables.html", deep("<table><tr><td>", "</td></tr></table>", 2_000)),
        ("unclosed.html", "<table><td><p><ul><li>".repeat(500).into_bytes()),
        ("wide-span.html", b"<table><tr><td colspan=1000000000 rowspan=1000000000>a</td></tr></table>".to_vec()),
        ("deep.xml", deep("<section>", "</section>", 10_000)),
        ("laughs.xml", billion_laughs.into_bytes()),
        (
            "outside.xml",
            b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><article><para>&b;</para></article>".to_vec(),
        ),
        ("deep.json", deep("[", "]", 200_000)),
        ("deep-quote.json", deep("{\"banxin\":1,\"blocks\":[{\"kind\":{\"quote\":{\"blocks\":[", "]}}}]}", 2_000)),
    ]
}

/// The next number of a generator with a fixed beginning (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }
}

/// Fixtures and samples with the formats they are in.
fn seeds() -> Vec<(Format, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = Vec::new();
    for folder in ["tests/readers", "tests/writers", "input"] {
        let entries = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten();
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let name = entry.file_name().to_string_lossy().replace(".gold", ".txt");
            let format = Format::of_file_name(&name).filter(|format| readers::reader(*format).is_some());
            let bytes = fs::read(entry.path()).expect("fixtures are readable");
            seeds.extend(format.filter(|_| bytes.len() < 200_000).map(|format| (format, bytes)));
        }
    }
    seeds
}

/// Bytes changed in a few places: one flipped, a piece of syntax put in, a part taken out, doubled, or taken from another.
fn mutated(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(6) {
        let from = chance.below(bytes.len() + 1);
        let to = (from + 1 + chance.below(40)).min(bytes.len());
        match chance.below(6) {
            0 if from < bytes.len() => bytes[from] ^= 1 << chance.below(8),
            1 => drop(bytes.splice(from..from, PIECES[chance.below(PIECES.len())].bytes().cycle().take(1 + to - from))),
            2 => drop(bytes.drain(from.min(to)..to)),
            3 => {
                let part = bytes[from.min(to)..to].repeat(1 + chance.below(50));
                drop(bytes.splice(from..from, part));
            }
            4 => {
                let start = chance.below(other.len() + 1);
                let part = &other[start..(start + chance.below(300)).min(other.len())];
                drop(bytes.splice(from..from, part.iter().copied()));
            }
            _ => bytes.truncate(bytes.len() - bytes.len() * chance.below(4) / 16),
        }
    }
    bytes
}

/// A short fuzz without a nightly compiler: so many changed fixtures are read, and some of them written to every format.
/// `BANXIN_MUTATIONS` asks for more; `tests/fuzz` is the long way.
#[test]
fn changed_fixtures_are_read_and_written_or_refused() {
    #[expect(clippy::disallowed_methods, reason = "who runs the tests may ask for a long run")]
    let asked = std::env::var("BANXIN_MUTATIONS").ok().and_then(|count| count.parse().ok());
    let (seeds, mut chance) = (seeds(), Chance(8));
    let edition =
        Edition { theme: Default::default(), fonts: FontBook::bundled().into(), timestamp: DEFAULT_TIMESTAMP };
    for turn in 0..asked.unwrap_or(250usize) {
        let (format, bytes) = &seeds[chance.below(seeds.len())];
        let (_, other) = &seeds[chance.below(seeds.len())];
        let bytes = mutated(bytes, other, &mut chance);
        let writer = writers::WRITERS[chance.below(writers::WRITERS.len())];
        let begun = Instant::now();
        let done = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let source = Source::from_bytes("changed", bytes.clone());
            if let Ok((document, _)) = convert::read(&source, Some(*format), &ReadOptions::default())
                && (asked.is_some() || turn % 4 == 0)
            {
                let _ = convert::write(&document, writer.format(), &edition, &WriteOptions::default());
            }
        }));
        if done.is_err() || begun.elapsed() > Duration::from_secs(20) {
            let kept = std::env::temp_dir().join(format!("banxin-changed-{turn}.{}", format.extension()));
            fs::write(&kept, &bytes).expect("a temporary file can be written");
            panic!("turn {turn}: {} as {}: a panic, or too slow", kept.display(), writer.format().name());
        }
    }
}

/// An interior stage that is told to stop gives nothing, at once.
#[test]
fn a_raised_stop_sign_ends_every_reader_and_writer() {
    let options = ReadOptions::default();
    options.limits.stop.raise();
    for (name, bytes) in monsters() {
        let format = readers::detect(&Source::from_bytes(name, bytes.clone()));
        let begun = Instant::now();
        let read = convert::read(&Source::from_bytes(name, bytes), Some(format), &options);
        assert!(matches!(read, Err(Error::OutOfTime)), "{name}: {read:?}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{name}: {:?}", begun.elapsed());
    }
    let long = Source::from_bytes("long.md", "春风又绿江南岸。\n\n".repeat(50_000).into_bytes());
    let (document, _) = convert::read(&long, Some(Format::Markdown), &ReadOptions::default()).expect("it is read");
    let edition =
        Edition { theme: Default::default(), fonts: FontBook::bundled().into(), timestamp: DEFAULT_TIMESTAMP };
    let options = WriteOptions::default();
    options.limits.stop.raise();
    for writer in writers::WRITERS {
        let begun = Instant::now();
        let written = convert::write(&document, writer.format(), &edition, &options);
        assert!(matches!(written, Err(Error::OutOfTime)), "{}", writer.format().name());
        assert!(begun.elapsed() < Duration::from_secs(20), "{}: {:?}", writer.format().name(), begun.elapsed());
    }
}

#[test]
fn every_limit_says_which_option_raises_it() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let nested = "> ".repeat(30) + "字";
    fs::write(here.path().join("a.md"), format!("{}\n\n{nested}\n", "春风又绿江南岸。".repeat(2000)))
        .expect("files can be written");
    for (option, value) in [
        ("--limit-bytes", "100"),
        ("--limit-nesting", "5"),
        ("--limit-nodes", "4"),
        ("--limit-characters", "1000"),
        ("--limit-pages", "2"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_banxin"))
            .current_dir(here.path())
            .args(["a.md", "-t", "pdf", "-o", "out/", option, value])
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .expect("the binary runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{option}: {told}");
        assert!(told.contains(option), "{option}: {told}");
    }
}

#[test]
fn a_file_whose_time_is_over_fails_and_the_others_are_made() {
    let here = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(here.path().join("in")).expect("folders can be made");
    fs::write(here.path().join("in/long.md"), "春风又绿江南岸。".repeat(150_000)).expect("files can be written");
    fs::write(here.path().join("in/short.md"), "春风。").expect("files can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_banxin"))
        .current_dir(here.path())
        .args(["in", "-t", "pdf", "-o", "out", "--jobs", "1", "--limit-seconds", "1"])
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("in/long.md: error: ") && told.contains("--limit-seconds"), "{told}");
    assert!(here.path().join("out/short.pdf").is_file() && !here.path().join("out/long.pdf").exists(), "{told}");
}

#[test]
fn monsters_end_in_time_in_every_format_without_a_panic() {
    let here = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in monsters() {
        fs::write(here.path().join(name), bytes).expect("files can be written");
    }
    let names: Vec<&str> = monsters().iter().map(|(name, _)| *name).collect();
    let formats: Vec<&str> = writers::WRITERS.iter().map(|writer| writer.format().name()).collect();
    let begun = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_banxin"))
        .current_dir(here.path())
        .args(names)
        .args(["-t", &formats.join(","), "-o", "out/", "--limit-seconds", "60", "--json-report", "report.jsonl"])
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}: {told}", output.status);
    let report = fs::read_to_string(here.path().join("report.jsonl")).expect("the report was written");
    for line in report.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        for failure in event["failures"].as_array().into_iter().flatten() {
            let code = failure["code"].as_str().expect("a failure has a code");
            assert!(!["panic", "out-of-time"].contains(&code), "{}: {failure}", event["source"]);
        }
        assert!(!line.contains("root:x:0"), "a file from outside was read");
    }
    assert!(begun.elapsed() < Duration::from_secs(240), "{:?}", begun.elapsed());
}
