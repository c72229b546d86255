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

#[test]
fn the_page_has_the_styles_of_its_theme_and_runs_from_top_to_bottom_where_that_is_asked_for() {
    let source = Source::from_bytes("a.md", "山**高**，第12页。".into());
    let (document, _) = convert::read(&source, None, &ReadOptions::default()).expect("Markdown is always read");
    let theme = Theme { book_css: Some("p { color: teal; } </style>".to_owned()), ..Theme::default() };
    let edition =
        Edition { theme: Arc::new(theme), fonts: Arc::new(FontBook::default()), timestamp: DEFAULT_TIMESTAMP };
    let page = |vertical| {
        let options = WriteOptions { vertical, ..WriteOptions::default() };
        let (artifact, _) = convert::write(&document, Format::Html, &edition, &options).expect("a page");
        String::from_utf8(artifact.bytes).expect("a page is UTF-8")
    };
    let (horizontal, vertical) = (page(false), page(true));
    assert!(horizontal.contains("p { color: teal; } <\\/style>") && !horizontal.contains("text-indent: 2em"));
    assert_eq!(horizontal.matches("</style>").count(), 1);
    assert!(!horizontal.contains("vertical-rl") && vertical.contains("writing-mode: vertical-rl"));
    assert!(vertical.contains("<span class=\"tcy\">12</span>"), "{vertical}");
}
