//! `docs/clreq.md` says which requirement is kept by which test; this holds the two together.

use std::fs;
use std::io::Write;
use std::path::Path;

/// Rows of the checklist.
const ROWS: usize = 78;

fn test_sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of sources can be listed") {
        let path = entry.expect("a folder of sources can be listed").path();
        if path.is_dir() {
            test_sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push_str(&fs::read_to_string(&path).expect("a source is readable"));
        }
    }
}

/// `cargo test clreq` prints how many requirements are kept.
#[test]
fn clreq_rows_name_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/clreq.md")).expect("docs/clreq.md is there");
    let mut sources = String::new();
    test_sources(&root.join("tests"), &mut sources);
    test_sources(&root.join("src"), &mut sources);
    let (mut rows, mut kept) = (0, 0);
    for row in
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| id") && !line.starts_with("| --"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [id, _, _, state, tests] = cells[..] else { panic!("{row}: a row has five cells") };
        rows += 1;
        assert!(["kept", "partly", "not yet"].contains(&state), "{id}: `{state}`");
        assert!(state != "kept" || !tests.is_empty(), "{id} is kept by no test");
        kept += usize::from(state == "kept");
        for test in tests.split(',').map(|name| name.trim().trim_matches('`')).filter(|name| !name.is_empty()) {
            assert!(sources.contains(&format!("fn {test}(")), "{id}: there is no test {test}");
        }
    }
    assert_eq!(rows, ROWS);
    writeln!(std::io::stdout(), "clreq: {kept} of {rows} requirements kept").expect("standard output is there");
}
