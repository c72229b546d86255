//! HTML through the public door.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use banxin::convert;
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::themes::Theme;

/// `BLESS=1 cargo test` rewrites the golden, which has the page without its stylesheet.
#[test]
fn a_page_is_whole_and_holds_everything() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/writers");
    let source = Source::open(&root.join("epub/every_kind.json"), 1 << 20).expect("the fixture is there");
    let (document, _) =
        convert::read(&source, Some(Format::Json), &ReadOptions::default()).expect("the fixture is a document");
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::bundled()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    let (artifact, _) = convert::write(&document, Format::Html, &edition, &WriteOptions::default()).expect("a page");
    let page = String::from_utf8(artifact.bytes).expect("a page is UTF-8");
    let (head, rest) = page.split_once("<style>").expect("styles are inside");
    let (_, body) = rest.split_once("</style>").expect("styles end");
    let found = format!("{head}{body}");
    assert!(!found.contains("<link") && !found.contains("<script"), "nothing is fetched");
    let golden = root.join("html/every_kind.html");
    #[expect(clippy::disallowed_methods, reason = "a test may be told to rewrite its golden")]
    if std::env::var_os("BLESS").is_some() {
        fs::write(&golden, &found).expect("the golden can be written");
    }
    assert!(fs::read_to_string(&golden).unwrap_or_default() == found, "{} differs", golden.display());
}
