//! The same bytes in any order and with any number of threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

fn write_articles(folder: &Path, count: usize) -> Vec<String> {
    let name = |number: usize| format!("article-{number:02}.json");
    for number in 0..count {
        let words = "山高水长。".repeat(1 + number * 7 % 40);
        let text = format!(
            r#"{{"banxin":1,"metadata":{{"title":"第{number}篇"}},"blocks":[{{"kind":{{"heading":{{"level":2,"content":[{{"text":"缘起"}}]}}}}}},{{"kind":{{"paragraph":{{"content":[{{"text":"{words}"}}]}}}}}}]}}"#
        );
        fs::write(folder.join(name(number)), text).expect("files can be written");
    }
    (0..count).map(name).collect()
}

/// Convert the named files to every format that can be written.
fn convert(folder: &Path, names: &[String], jobs: &str) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().expect("a temporary folder");
    let formats: Vec<&str> = banxin::writers::WRITERS.iter().map(|writer| writer.format().name()).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_banxin"))
        .current_dir(folder)
        .args(names)
        .args(["-t", &formats.join(","), "--jobs", jobs, "-o"])
        .arg(out.path())
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out.path()).sort_by_file_name() {
        let entry = entry.expect("it can be listed");
        let name = entry.path().strip_prefix(out.path()).expect("it is below").display().to_string();
        if entry.file_type().is_file() && !name.starts_with('.') {
            files.insert(name, fs::read(entry.path()).expect("it is readable"));
        }
    }
    assert_eq!(files.len() % names.len(), 0, "{:?}", files.keys());
    files
}

#[test]
fn the_same_bytes_twice_shuffled_and_with_any_number_of_threads() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let names = write_articles(here.path(), 6);
    let first = convert(here.path(), &names, "1");
    assert!(!first.is_empty());
    let shuffled: Vec<String> = [3, 0, 5, 1, 4, 2].iter().map(|index| names[*index].clone()).collect();
    for (order, jobs) in [(&names, "1"), (&names, "4"), (&shuffled, "2")] {
        let again = convert(here.path(), order, jobs);
        let differing: Vec<&String> = first.keys().filter(|name| first.get(*name) != again.get(*name)).collect();
        assert!(differing.is_empty() && first.len() == again.len(), "{jobs} threads: {differing:?}");
    }
}
