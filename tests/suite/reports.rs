//! Reports for machines, held against what those machines read.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use usvg::roxmltree;

/// Sources that give every kind of entry: made, unchanged, failed, with warnings, with a name that needs escapes.
fn reports(folder: &Path) -> (Value, String) {
    let put = |name: &str, content: &str| fs::write(folder.join(name), content).expect("a source");
    fs::create_dir(folder.join("in")).expect("a folder");
    put("in/文 <1> & \"2\".md", "字\n\n![图](没有.png)\n\n[字](#无)\n");
    put("in/stands.md", "# 题\n\n字\n");
    put("in/bad.json", "{\n\"banxin\":1,\u{1}");
    put("in/worse.xml", "<article><para>字</article>");
    let banxin = |reports: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banxin"));
        command.current_dir(folder).env_remove("GITHUB_ACTIONS").args(["in", "-t", "json,md", "-o", "out", "-q"]);
        command.args(reports).output().expect("it runs")
    };
    banxin(&[]);
    fs::remove_file(folder.join("out/文 <1> & \"2\".json")).expect("it was made");
    let output = banxin(&["--sarif", "r.sarif", "--junit", "r.xml"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let sarif = fs::read_to_string(folder.join("r.sarif")).expect("a report");
    (serde_json::from_str(&sarif).expect("JSON"), fs::read_to_string(folder.join("r.xml")).expect("a report"))
}

#[test]
fn sarif_is_as_the_standard_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sarif, _) = reports(folder.path());
    let schema: Value = serde_json::from_str(include_str!("../reports/sarif.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = validator.iter_errors(&sarif).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?} in {sarif:#}");
    // The schema is not one that lets everything through.
    let mut wrong = sarif.clone();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&wrong));
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert!(results.len() >= 3, "{results:?}");
    let rules: Vec<&Value> = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|rule| &rule["id"])
        .collect();
    assert!(results.iter().all(|result| rules.contains(&&result["ruleId"])), "every rule is declared");
}

/// What Jenkins, GitLab and the actions for GitHub read of JUnit's XML; it has no standard.
#[test]
fn junit_has_a_case_for_each_source_and_counts_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, junit) = reports(folder.path());
    let tree = roxmltree::Document::parse(&junit).unwrap_or_else(|error| panic!("{error}\n{junit}"));
    let suites = tree.root_element();
    assert_eq!(suites.tag_name().name(), "testsuites");
    let suite = suites.first_element_child().expect("a suite");
    assert_eq!((suite.tag_name().name(), suite.next_sibling_element()), ("testsuite", None));
    let number = |name: &str| suite.attribute(name).and_then(|value| value.parse::<f64>().ok()).expect("a number");
    let cases: Vec<roxmltree::Node> = suite.children().filter(roxmltree::Node::is_element).collect();
    let with = |child: &str| {
        cases.iter().filter(|case| case.children().any(|one| one.tag_name().name() == child)).count() as f64
    };
    assert_eq!(cases.len() as f64, number("tests"));
    assert_eq!((with("failure"), with("error"), with("skipped")), (2.0, number("errors"), 1.0));
    assert_eq!((number("failures"), number("skipped")), (2.0, 1.0));
    let seconds = |node: &roxmltree::Node| node.attribute("time").and_then(|time| time.parse::<f64>().ok());
    assert!(seconds(&suite).is_some_and(|seconds| seconds >= 0.0));
    for case in &cases {
        assert_eq!(case.tag_name().name(), "testcase");
        assert!(case.attribute("name").is_some_and(|name| name.starts_with("in/")) && seconds(case).is_some());
        assert!(case.attribute("classname").is_some());
        // The order in which schemas of JUnit want them.
        let order: Vec<usize> = case.children().filter(roxmltree::Node::is_element).map(place).collect();
        assert!(order.is_sorted(), "{case:?}");
    }
    let names: Vec<&str> = cases.iter().filter_map(|case| case.attribute("name")).collect();
    assert!(names.contains(&"in/文 <1> & \"2\".md"), "{names:?}");
}

fn place(child: roxmltree::Node) -> usize {
    const CHILDREN: [&str; 5] = ["skipped", "error", "failure", "system-out", "system-err"];
    let name = child.tag_name().name();
    CHILDREN.iter().position(|one| *one == name).unwrap_or_else(|| panic!("JUnit knows no {name}"))
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_told_for_each_file_where_one_is_made_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, content: &str| fs::write(folder.path().join(name), content).expect("a source");
    put("large.txt", &"字字字字字字字字字字。\n\n".repeat(6_000));
    put("small.txt", "字。\n");
    put("tiny.txt", "字。\n");
    let report = |jobs: &str| -> Vec<Value> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banxin"));
        command.current_dir(folder.path()).env_remove("GITHUB_ACTIONS");
        command.args([".", "-t", "json", "-o", "out", "-q", "--force", "--jobs", jobs, "--json-report", "-"]);
        let lines = String::from_utf8(command.output().expect("it runs").stdout).expect("words");
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let of = |line: &Value, key: &str| line[key].as_u64();
    let one = report("1");
    let (large, small) = (of(&one[0], "peak_memory_bytes"), of(&one[1], "peak_memory_bytes"));
    assert!(one[0]["process_peak_memory_bytes"].is_null());
    assert!(large > Some(1 << 20) && small.is_some(), "biggest first: {large:?}, then {small:?}");
    assert!(of(&one[3], "peak_memory_bytes") >= large, "the run's is the most of all");
    let two = report("2");
    assert!(two[0]["peak_memory_bytes"].is_null() && of(&two[0], "process_peak_memory_bytes").is_some());
}
