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

#[test]
fn nothing_is_done_twice() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "in/b.json", &article("乙"));
    let convert = |more: &[&str]| errors(&run(here.path(), &[&["in", "-t", "json", "-o", "out"][..], more].concat()));
    assert!(convert(&[]).contains("2 made"));
    assert!(convert(&[]).contains("2 unchanged"));
    put(&here, "in/a.json", &article("丁"));
    assert!(convert(&[]).contains("1 made, 1 unchanged"));
    fs::remove_file(here.path().join("out/b.json")).expect("it can be removed");
    assert!(convert(&[]).contains("1 made, 1 unchanged"));
    fs::write(here.path().join("out/b.json"), "spoilt").expect("it can be written");
    assert!(convert(&[]).contains("1 made, 1 unchanged"));
    assert!(convert(&["--punctuation", "keep"]).contains("2 made"), "options count");
    assert!(convert(&["--punctuation", "keep"]).contains("2 unchanged"));
    assert!(convert(&["--punctuation", "keep", "--force"]).contains("2 made"));
}

#[test]
fn a_changed_or_new_picture_makes_its_article_anew() {
    let here = folder();
    let shown = r#"{"banxin":1,"blocks":[{"kind":{"paragraph":{"content":[{"image":{"source":"dot.png","alternative":""}}]}}}]}"#;
    put(&here, "in/a.json", shown);
    let convert = || errors(&run(here.path(), &["in", "-t", "json", "-o", "out"]));
    let dot = |shade: u8| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let pixel = image::GrayImage::from_pixel(1, 1, image::Luma([shade]));
        pixel.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be made");
        fs::write(here.path().join("in/dot.png"), bytes.into_inner()).expect("files can be written");
    };
    assert!(convert().contains("missing-picture"));
    assert!(convert().contains("missing-picture"), "what was lost is told again");
    dot(0);
    let told = convert();
    assert!(!told.contains("missing-picture"), "{told}");
    let first = fs::read(here.path().join("out/a.json")).expect("it was written");
    dot(255);
    convert();
    assert_ne!(first, fs::read(here.path().join("out/a.json")).expect("it was written"));
}

#[test]
fn a_ledger_cut_in_the_middle_is_mended() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "in/b.json", &article("乙"));
    let convert = || errors(&run(here.path(), &["in", "-t", "json", "-o", "out"]));
    convert();
    let ledger = here.path().join("out/.banxin/ledger.jsonl");
    let bytes = fs::read(&ledger).expect("it was written");
    fs::write(&ledger, &bytes[..bytes.len() - 40]).expect("it can be written");
    assert!(convert().contains("1 made, 1 unchanged"));
    assert!(convert().contains("2 unchanged"));
}

#[test]
fn a_long_ledger_forgets_sources_that_are_gone() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "in/gone.json", &article("去"));
    let convert = || errors(&run(here.path(), &["in", "-t", "json", "-o", "out"]));
    convert();
    let ledger = here.path().join("out/.banxin/ledger.jsonl");
    let lines = fs::read_to_string(&ledger).expect("it was written");
    fs::write(&ledger, lines.repeat(60)).expect("it can be written");
    fs::remove_file(here.path().join("in/gone.json")).expect("it can be removed");
    assert!(convert().contains("unchanged"));
    let lines = fs::read_to_string(&ledger).expect("it was written");
    assert!(lines.lines().count() == 2 && lines.contains("gone"), "what was made of it still stands: {lines}");
    fs::write(&ledger, lines.repeat(60)).expect("it can be written");
    fs::remove_file(here.path().join("out/gone.json")).expect("it can be removed");
    assert!(convert().contains("unchanged"));
    let lines = fs::read_to_string(&ledger).expect("it was written");
    assert!(lines.lines().count() == 1 && !lines.contains("gone"), "{lines}");
}

/// A folder with a good file, one that loses a picture, and a broken one.
fn mixed() -> TempDir {
    let here = folder();
    put(&here, "in/bad.json", "{\"banxin\": 1,\n \"blocks\": [}");
    put(&here, "in/good.json", &article("好"));
    put(
        &here,
        "in/lossy.json",
        r#"{"banxin":1,"blocks":[{"kind":{"paragraph":{"content":[{"image":{"source":"no.png","alternative":""}}]}}}]}"#,
    );
    here
}

#[test]
fn reports_for_machines_say_the_same() {
    let here = mixed();
    let output = run(
        here.path(),
        &[
            "in",
            "-t",
            "json",
            "-o",
            "out",
            "--json-report",
            "r.jsonl",
            "--junit",
            "r.xml",
            "--sarif",
            "r.sarif",
            "--github",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let read = |name: &str| fs::read_to_string(here.path().join(name)).expect("the report was written");

    let schema: serde_json::Value = serde_json::from_str(include_str!("../../docs/report.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let lines: Vec<serde_json::Value> =
        read("r.jsonl").lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    for line in &lines {
        let faults: Vec<String> = validator.iter_errors(line).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{line}: {faults:?}");
    }
    let statuses: Vec<&str> = lines.iter().filter_map(|line| line["status"].as_str()).collect();
    assert_eq!(statuses, ["failed", "made", "made"]);
    assert_eq!(lines[0]["failures"][0]["place"]["line"], 2);
    assert_eq!(lines[2]["diagnostics"][0]["code"], "missing-picture");
    assert_eq!((&lines[3]["event"], &lines[3]["failed"]), (&"run".into(), &1.into()));

    let junit = read("r.xml");
    assert!(junit.contains("tests=\"3\" failures=\"1\"") && junit.contains("<failure type=\"malformed\""), "{junit}");
    let sarif: serde_json::Value = serde_json::from_str(&read("r.sarif")).expect("SARIF is JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(sarif["runs"][0]["results"].as_array().expect("a list").len(), 2);
    assert!(
        errors(&output).contains("::error file=in/bad.json,line=2,col=13,title=malformed::"),
        "{}",
        errors(&output)
    );
}

#[test]
fn warnings_fail_when_they_are_denied_also_the_second_time() {
    let here = mixed();
    let arguments = ["in/lossy.json", "-t", "json", "-o", "out/"];
    let denied = [&arguments[..], &["--deny-warnings"]].concat();
    assert_eq!(run(here.path(), &arguments).status.code(), Some(0));
    assert_eq!(run(here.path(), &denied).status.code(), Some(1));
}

#[test]
fn clean_takes_back_what_was_made_and_nothing_else() {
    let here = mixed();
    put(&here, "out/own.txt", "mine");
    put(&here, "out/deep/.banxin-a1b2c3", "half a file of a killed run");
    run(here.path(), &["in", "-t", "json", "-o", "out"]);
    fs::write(here.path().join("out/good.json"), "edited by hand").expect("it can be written");
    let output = run(here.path(), &["clean", "out"]);
    assert!(errors(&output).contains("2 files removed; 1 changed since and kept"), "{}", errors(&output));
    assert_eq!(files(&here.path().join("out")), ["good.json", "own.txt"]);
    assert!(!here.path().join("out/deep").exists() && !here.path().join("out/.banxin").exists());
}

#[test]
fn shards_together_are_the_whole() {
    let here = folder();
    for name in ["a", "b", "c", "d", "e"] {
        put(&here, &format!("in/{name}.json"), &article(name));
    }
    for shard in ["1/2", "2/2"] {
        assert!(run(here.path(), &["in", "-t", "json", "-o", "out", "--shard", shard]).status.success());
    }
    assert_eq!(files(&here.path().join("out")).len(), 5);
}

#[test]
fn two_runs_at_once_are_both_right() {
    let here = folder();
    for number in 0..40 {
        put(&here, &format!("in/{number}.json"), &article(&number.to_string()));
    }
    let start = || banxin(here.path(), &["in", "-t", "json", "-o", "out", "-q"]).spawn().expect("it runs");
    let running = [start(), start(), start()];
    for mut run in running {
        assert!(run.wait().expect("it ends").success());
    }
    assert_eq!(files(&here.path().join("out")).len(), 40);
    assert!(errors(&run(here.path(), &["in", "-t", "json", "-o", "out"])).contains("40 unchanged"));
}

#[test]
fn a_killed_run_leaves_only_whole_files_and_the_next_completes() {
    let here = folder();
    let long = article(&"长".repeat(200_000));
    for number in 0..12 {
        put(&here, &format!("in/{number}.json"), &long);
    }
    let arguments = ["in", "-t", "json", "-o", "out", "-q", "--jobs", "2"];
    for pause in [5, 20, 40] {
        let mut running = banxin(here.path(), &arguments).spawn().expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(pause));
        running.kill().expect("it can be killed");
        running.wait().expect("it ends");
        if here.path().join("out").is_dir() {
            for name in files(&here.path().join("out")) {
                let text = fs::read_to_string(here.path().join("out").join(&name)).expect("it is readable");
                assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name} is not whole");
            }
        }
    }
    assert!(run(here.path(), &arguments).status.success());
    assert_eq!(files(&here.path().join("out")).len(), 12);
    let left = fs::read_dir(here.path().join("out/.banxin/runs")).expect("it can be listed").count();
    assert_eq!(left, 0, "nothing unfinished is left");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_devices_are_not_read() {
    let here = folder();
    put(&here, "secret.png", "secret");
    put(
        &here,
        "in/a.json",
        r#"{"banxin":1,"blocks":[{"kind":{"paragraph":{"content":[{"image":{"source":"../secret.png","alternative":""}},{"image":{"source":"link.png","alternative":""}}]}}}]}"#,
    );
    std::os::unix::fs::symlink(here.path().join("secret.png"), here.path().join("in/link.png"))
        .expect("links can be made");
    let output = run(here.path(), &["in", "-t", "json", "-o", "out"]);
    assert!(output.status.success());
    assert_eq!(errors(&output).matches("lies outside").count(), 2, "{}", errors(&output));
    let device = run(here.path(), &["/dev/zero", "-f", "json", "-t", "json", "-o", "out/"]);
    assert_eq!(device.status.code(), Some(1), "{}", errors(&device));
}

#[test]
fn watching_makes_anew_what_changed() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "in/b.json", &article("乙"));
    let mut watching = banxin(here.path(), &["watch", "in", "-t", "json", "-o", "out", "-q"]).spawn().expect("it runs");
    let becomes = |name: &str, words: &str| {
        let path = here.path().join(name);
        let stands = || fs::read_to_string(&path).is_ok_and(|text| text.contains(words));
        (0..400).any(|_| {
            stands() || {
                std::thread::sleep(std::time::Duration::from_millis(25));
                false
            }
        })
    };
    let first = becomes("out/a.json", "甲") && becomes("out/b.json", "乙");
    put(&here, "in/a.json", &article("丁"));
    put(&here, "in/c.json", &article("丙"));
    let changed = becomes("out/a.json", "丁") && becomes("out/c.json", "丙");
    watching.kill().expect("it still runs");
    watching.wait().expect("it ends");
    assert!((first, changed) == (true, true), "{first} {changed}");
}

#[test]
fn explain_says_how_a_source_was_understood() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    let arguments = ["in", "-t", "json", "-o", "out", "--explain"];
    run(here.path(), &arguments);
    let told = errors(&run(here.path(), &arguments));
    assert!(told.contains("in/a.json: title: 甲") && told.contains("1 blocks, 0 notes, 0 pictures"), "{told}");
}

#[test]
fn control_characters_of_a_file_do_not_reach_the_terminal() {
    let here = folder();
    put(&here, "in/a.json", &article("\\u001b[31m红"));
    let told = errors(&run(here.path(), &["in", "-t", "json", "-o", "out", "--explain"]));
    assert!(told.contains("红") && !told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn limits_end_in_a_clear_error() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    for (limit, said) in [("--limit-bytes", "larger than 1 bytes"), ("--limit-nodes", "2 nodes, more than 1")] {
        let output = run(here.path(), &["in", "-t", "json", "-o", "out", limit, "1"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(errors(&output).contains(said) && errors(&output).contains(limit), "{}", errors(&output));
    }
}

#[test]
fn a_theme_is_a_folder_and_its_faults_are_told() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    put(&here, "house/theme.toml", "[page]\nlines = 12\n");
    put(&here, "broken/theme.toml", "[page]\nlines = 2\n");
    let convert = |theme: &str| run(here.path(), &["in", "-t", "json", "-o", "out", "--theme", theme]);
    assert!(convert("classic").status.success());
    assert!(errors(&convert("house")).contains("out/a.json"), "another theme makes everything anew");
    assert!(errors(&convert("house")).contains("1 unchanged"));
    for theme in ["broken", "missing"] {
        let output = convert(theme);
        assert_eq!(output.status.code(), Some(2));
        assert!(errors(&output).contains(&format!("{theme}/theme.toml: ")), "{}", errors(&output));
    }
}

#[test]
fn paper_margin_and_type_size_are_laid_over_the_theme() {
    let here = folder();
    put(&here, "in/a.json", &article("甲"));
    let convert = |more: &[&str]| run(here.path(), &[&["in", "-t", "pdf", "-o", "out"], more].concat());
    assert!(convert(&[]).status.success());
    let setup = ["--paper", "A5", "--margin", "20mm", "--type-size", "五号"];
    assert!(errors(&convert(&setup)).contains("out/a.pdf"), "another paper makes everything anew");
    put(&here, "banxin.toml", "paper = \"148x210\"\nmargin = \"2cm\"\ntype-size = \"10.5pt\"\n");
    assert!(errors(&convert(&[])).contains("1 unchanged"), "the file says the same");
    for (wrong, said) in [(["--margin", "100mm"], "too little"), (["--paper", "wide"], "not a paper")] {
        let output = convert(&wrong);
        assert_eq!(output.status.code(), Some(2));
        assert!(errors(&output).contains(said), "{}", errors(&output));
    }
}

#[cfg(unix)]
fn put_program(folder: &TempDir, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    put(folder, name, script);
    let path = folder.path().join(name);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
}

#[cfg(unix)]
#[test]
fn filters_change_the_document_in_order() {
    let folder = folder();
    put(&folder, "a.json", &article("题"));
    put_program(&folder, "north", "#!/bin/sh\n[ \"$1\" = markdown ] || exit 3\nexec /bin/sed 's/江南/江北/'\n");
    put_program(&folder, "shore", "#!/bin/sh\nexec /bin/sed 's/江北岸/江北两岸/'\n");
    let made = run(folder.path(), &["a.json", "-t", "md", "-o", "-", "--filter", "north", "--filter", "./shore"]);
    assert!(String::from_utf8_lossy(&made.stdout).contains("春风又绿江北两岸。"), "{}", errors(&made));
}

#[cfg(unix)]
#[test]
fn a_filter_that_fails_or_hangs_fails_the_file() {
    let folder = folder();
    put(&folder, "a.json", &article("题"));
    put_program(&folder, "broken", "#!/bin/sh\necho oh >&2\nexit 7\n");
    put_program(&folder, "slow", "#!/bin/sh\nexec /bin/sleep 60\n");
    put_program(&folder, "silent", "#!/bin/sh\n");
    for (filter, said) in
        [("broken", "oh"), ("slow", "limit-seconds"), ("silent", "filter silent"), ("absent", "absent")]
    {
        let made = run(folder.path(), &["a.json", "-t", "md", "-o", "-", "--limit-seconds", "1", "--filter", filter]);
        assert_eq!(made.status.code(), Some(1), "{filter}");
        assert!(errors(&made).contains(said), "{filter}: {}", errors(&made));
    }
}

#[test]
fn a_printers_profile_is_what_the_file_is_printed_on() {
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/writers/pdf/press/profiles");
    let (cmyk, gray) = (profiles.join("press-cmyk.icc"), profiles.join("press-gray.icc"));
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("a.md"), "# 题\n\n字\n").expect("it can be written");
    let run = |options: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_banxin"));
        command.current_dir(folder.path()).args(["a.md", "-t", "pdf", "--force"]).args(options);
        let done = command.output().expect("it runs");
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (cmyk, gray) = (cmyk.to_str().expect("a path"), gray.to_str().expect("a path"));
    assert_eq!(run(&["--print", "--ink", "cmyk", "--print-profile", cmyk]).0, Some(0));
    let file = lopdf::Document::load(folder.path().join("a.pdf")).expect("lopdf reads it");
    let intents = file.catalog().and_then(|catalog| catalog.get_deref(b"OutputIntents", &file)).expect("intents");
    let intent = file.dereference(&intents.as_array().expect("an array")[0]).expect("an intent").1;
    let profile = intent.as_dict().and_then(|intent| intent.get_deref(b"DestOutputProfile", &file)).expect("a profile");
    let bytes = profile.as_stream().and_then(lopdf::Stream::get_plain_content).expect("it opens");
    assert_eq!(bytes, std::fs::read(cmyk).expect("the profile is there"));
    let (code, said) = run(&["--print", "--print-profile", cmyk]);
    assert!(code == Some(2) && said.contains("--ink cmyk"), "{said}");
    let (code, said) = run(&["--print", "--ink", "cmyk", "--print-profile", gray]);
    assert!(code == Some(2) && said.contains("--ink gray"), "{said}");
    let (code, said) = run(&["--print", "--print-profile", "a.md"]);
    assert!(code == Some(2) && said.contains("no ICC profile"), "{said}");
    let (code, said) = run(&["--print-profile", gray]);
    assert!(code == Some(2) && said.contains("--print"), "{said}");
}

#[test]
fn links_between_articles_lead_to_what_is_made_of_them() {
    let here = folder();
    put(&here, "in/a.md", "# 甲\n\n见[乙](b.txt)、[丙](卷/c.md#其一)和[丁](d.md)。\n");
    put(&here, "in/b.txt", "乙\n\n春风又绿江南岸，明月何时照我还。\n");
    put(&here, "in/卷/c.md", "# 丙\n\n## 其一\n\n回[甲](../a.md)。\n");
    let convert = || errors(&run(here.path(), &["in", "-t", "html,pdf,md,epub", "-o", "out"]));
    let read = |name: &str| fs::read(here.path().join("out").join(name)).expect("it was made");
    let page = |name: &str| String::from_utf8(read(name)).expect("a page is UTF-8");
    let said = convert();
    assert!(page("a.html").contains(r#"<a href="b.html">乙</a>、<a href="卷/c.html#其一">丙</a>和丁"#), "{said}");
    assert!(page("卷/c.html").contains(r#"<a href="../a.html">甲</a>"#));
    assert!(page("a.md").contains("[乙](b.md)、[丙](卷/c.md#其一)和[丁](d.md)"));
    assert!(convert().contains("3 unchanged"));
    put(&here, "in/d.md", "# 丁\n\n新来的。\n");
    assert!(convert().contains("2 made, 2 unchanged"), "the article that links to it is made anew");
    assert!(page("a.html").contains(r#"<a href="d.html">丁</a>"#));
    fs::remove_file(here.path().join("in/b.txt")).expect("it is there");
    assert!(convert().contains("1 made, 2 unchanged"));
    assert!(!page("a.html").contains("b.html"));
}

#[test]
fn sources_are_bound_into_one_book() {
    let here = folder();
    put(&here, "in/10.md", "---\nauthor: 丙人\n---\n\n# 丙\n\n回[甲](1.md)，见注[^1]。\n\n[^1]: 丙的注。\n");
    put(&here, "in/1.md", "---\nauthor: 甲人\n---\n\n# 甲\n\n见[乙](2.txt)与[丙](10.md)。注[^1]。\n\n[^1]: 甲的注。\n");
    put(&here, "in/2.txt", "乙\n\n春风又绿江南岸，明月何时照我还。\n");
    let bound = run(here.path(), &["in", "--book", "三篇集", "-t", "md,epub,pdf", "-o", "out"]);
    assert!(bound.status.success(), "{}", errors(&bound));
    assert_eq!(files(&here.path().join("out")), ["三篇集.epub", "三篇集.md", "三篇集.pdf"]);
    let book = fs::read_to_string(here.path().join("out/三篇集.md")).expect("it was made");
    let places: Vec<_> =
        ["\n## 甲", "甲人", "[乙](#乙)与[丙](#丙)", "\n## 乙", "\n## 丙", "丙人", "回[甲](#甲)", "甲的注", "丙的注"]
            .iter()
            .map(|part| book.rfind(part).unwrap_or_else(|| panic!("{part} is not in {book}")))
            .collect();
    assert!(places.is_sorted(), "{places:?} in {book}");
    put(&here, "in/3.json", "{");
    let broken = run(here.path(), &["in", "--book", "三篇集", "-t", "md", "-o", "other"]);
    assert_eq!(broken.status.code(), Some(0), "a file that is no document of ours is not taken from a folder");
    let broken = run(here.path(), &["in/1.md", "in/3.json", "--book", "集", "-o", "other.md"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(errors(&broken).contains("in/3.json:1"), "{}", errors(&broken));
    assert!(!here.path().join("other.md").exists());
    assert_eq!(run_with(here.path(), &["-", "--book", "集"], b"a").status.code(), Some(2));
    assert_eq!(run(here.path(), &["in", "--book", " "]).status.code(), Some(2));
    put(&here, "in/4.md", "");
    let large = run(here.path(), &["in", "--book", "集", "-o", "large.md", "--limit-nodes", "20"]);
    assert_eq!(large.status.code(), Some(1));
    assert!(errors(&large).contains("the sources have more than 20 nodes together"), "{}", errors(&large));
    let whole = std::path::absolute(here.path().join("in/2.txt")).expect("there is a folder");
    let named = ["in/1.md", "in/4.md", whole.to_str().expect("it is UTF-8"), "--book", "集", "-o", "named.md"];
    assert!(run(here.path(), &named).status.success(), "an empty file is a chapter too");
    let book = fs::read_to_string(here.path().join("named.md")).expect("it was made");
    assert!(book.contains("[乙](#乙)") && book.contains("## 4"), "{book}");
}
