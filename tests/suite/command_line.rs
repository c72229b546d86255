//! The real binary in a temporary folder.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The binary, in a folder, without anything of the machine's environment that could change what it does.
fn banxin(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banxin"));
    command.current_dir(folder).args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    banxin(folder, arguments).output().expect("the binary runs")
}

fn run_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = banxin(folder, arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    child.stdin.take().expect("it is piped").write_all(input).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn put(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
    fs::write(path, text).expect("files can be written");
}

/// Every file below a folder by its relative path, hidden ones left out.
fn files(folder: &Path) -> Vec<String> {
    let entries =
        walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("it can be listed"));
    let name = |entry: walkdir::DirEntry| entry.path().strip_prefix(folder).expect("it is below").display().to_string();
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(name)
        .filter(|name| !name.contains("/.") && !name.starts_with('.'))
        .collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// A small document in the model's own JSON.
fn article(title: &str) -> String {
    format!(
        r#"{{"banxin":1,"metadata":{{"title":"{title}"}},"blocks":[{{"kind":{{"paragraph":{{"content":[{{"text":"春风又绿江南岸。"}}]}}}}}}]}}"#
    )
}

#[test]
fn bare_command_converts_the_input_folder() {
    let here = folder();
    put(&here, "input/one.json", &article("一"));
    put(&here, "input/deep/two.json", &article("二"));
    put(&here, "input/pictures/dot.png", "not an article");
    put(&here, "input/README.md", "not an article either");
    let output = run(here.path(), &["-t", "json"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(files(&here.path().join("output")), ["deep/two.json", "one.json"]);
    assert!(output.stdout.is_empty());
}

#[test]
fn standard_input_goes_to_standard_output() {
    let here = folder();
    let output = run_with(here.path(), &["-f", "json", "-t", "json"], article("题").as_bytes());
    assert!(output.status.success(), "{}", errors(&output));
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    assert!(text.contains("春风又绿江南岸。"), "{text}");
    assert!(files(here.path()).is_empty());
}

#[test]
fn one_file_can_be_named_and_placed() {
    let here = folder();
    put(&here, "a.json", &article("甲"));
    assert!(run(here.path(), &["a.json", "-o", "deep/b.json"]).status.success());
    assert!(run(here.path(), &["a.json", "-t", "json", "-o", "folder/"]).status.success());
    let streamed = run(here.path(), &["a.json", "-t", "json", "-o", "-"]);
    assert_eq!(files(here.path()), ["a.json", "deep/b.json", "folder/a.json"]);
    assert_eq!(streamed.stdout, fs::read(here.path().join("deep/b.json")).expect("it was written"));
}

#[test]
fn a_source_is_never_overwritten() {
    let here = folder();
    put(&here, "a.json", &article("甲"));
    let output = run(here.path(), &["a.json", "-t", "json"]);
    assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
    assert_eq!(fs::read_to_string(here.path().join("a.json")).expect("it stands"), article("甲"));
}

#[test]
fn a_broken_file_fails_alone_and_is_named_with_its_place() {
    let here = folder();
    put(&here, "in/bad.json", "{\"banxin\": 1,\n \"blocks\": [}");
    put(&here, "in/good.json", &article("好"));
    let output = run(here.path(), &["in", "-t", "json", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("in/bad.json:2:13: error: "), "{}", errors(&output));
    assert_eq!(files(&here.path().join("out")), ["good.json"]);
}

#[test]
fn usage_errors_end_with_two_and_begin_nothing() {
    let here = folder();
    put(&here, "a.json", &article("甲"));
    for arguments in [
        &["missing.json"][..],
        &["a.json", "-t", "nonsense"],
        &["*.nothing"],
        &["a.json", "a.json", "-o", "-", "-t", "json,json"],
        &["--no-such-flag"],
        &["--shard", "3/2"],
    ] {
        let output = run(here.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", errors(&output));
    }
    assert_eq!(files(here.path()), ["a.json"]);
}

#[test]
fn the_configuration_file_is_heeded_and_checked() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "banxin.toml", "to = [\"json\"]\noutput = \"made\"\n");
    assert!(run(here.path(), &["in"]).status.success());
    assert_eq!(files(here.path()), ["banxin.toml", "in/a.json", "made/a.json"]);
    put(&here, "banxin.toml", "punctuation = \"mend\"");
    let output = run(here.path(), &["in", "-t", "json", "-o", "other"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("banxin.toml") && errors(&output).contains("repair"), "{}", errors(&output));
}

#[test]
fn messages_follow_the_locale() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "in/b.json", &article("乙"));
    let chinese =
        banxin(here.path(), &["in", "-t", "json", "-o", "out"]).env("LANG", "zh_CN.UTF-8").output().expect("it runs");
    assert!(errors(&chinese).contains("共 2 个文件：已写出 2"), "{}", errors(&chinese));
    let english = run(here.path(), &["in", "-t", "json", "-o", "other"]);
    assert!(errors(&english).contains("2 files: 2 made; 0 warnings"), "{}", errors(&english));
    let quiet = run(here.path(), &["in", "-t", "json", "-o", "third", "--quiet"]);
    assert_eq!(errors(&quiet), "");
}

#[test]
fn lists_and_patterns_name_inputs() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "in/deep/b.json", &article("乙"));
    put(&here, "in/deep/c.json", &article("丙"));
    assert!(run(here.path(), &["in/**/[ab].json", "-t", "json", "-o", "out"]).status.success());
    assert_eq!(files(&here.path().join("out")), ["a.json", "deep/b.json"]);
    let listed =
        run_with(here.path(), &["--files-from", "-", "-t", "json", "-o", "listed"], b"in/a.json\n\nin/deep/c.json\n");
    assert!(listed.status.success(), "{}", errors(&listed));
    assert_eq!(files(&here.path().join("listed")), ["a.json", "c.json"]);
}

#[test]
fn check_writes_nothing() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    let output = run(here.path(), &["check", "in", "-t", "json"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(files(here.path()), ["in/a.json"]);
}

#[test]
fn listings_and_completions_are_printed() {
    let here = folder();
    let stdout = |arguments: &[&str]| {
        let output = run(here.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", errors(&output));
        String::from_utf8(output.stdout).expect("listings are UTF-8")
    };
    assert!(stdout(&["formats"]).contains("json       read, write"));
    assert!(stdout(&["fonts"]).contains("Noto Serif CJK SC"));
    assert!(stdout(&["licenses"]).contains("SIL OPEN FONT LICENSE"));
    assert!(stdout(&["completions", "bash"]).contains("_banxin"));
}
