//! Pages as text, so that a reviewer reads typography in a diff. `BLESS=1 cargo test` rewrites the proof.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use banxin::convert;
use banxin::diagnostics::Diagnostics;
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::layout::frame::{Item, Owner, Page};
use banxin::layout::lay_out;
use banxin::length::Length;
use banxin::options::{Limits, ReadOptions};
use banxin::source::Source;
use banxin::themes::Theme;

/// One baseline of a page: where it stands, where it begins and ends, and its words.
struct Line {
    y: Length,
    start: Length,
    end: Length,
    size: Length,
    text: String,
}

fn lines(page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for placed in &page.items {
        let (Item::Glyphs(run), Owner::Content(_)) = (&placed.item, &placed.owner) else { continue };
        let end = placed.at.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
        match lines.last_mut() {
            Some(line) if line.y == placed.at.y && placed.at.x >= line.start => {
                line.end = line.end.max(end);
                line.text.push_str(&run.text);
            }
            _ => {
                let text = run.text.to_string();
                lines.push(Line { y: placed.at.y, start: placed.at.x, end, size: run.size, text });
            }
        }
    }
    lines
}

fn proof(pages: &[Page]) -> String {
    let mut proof = String::from("# baseline  start + width  size | text; points from the top left of the paper\n");
    for (index, page) in pages.iter().enumerate() {
        let (width, height) = (page.width.to_points(), page.height.to_points());
        let _ = writeln!(proof, "\npage {} of {width:.2} × {height:.2}", index + 1);
        for Line { y, start, end, size, text } in lines(page) {
            let [y, at, width, size] = [y, start, end - start, size].map(Length::to_points);
            let _ = writeln!(proof, "{y:7.2} {at:7.2} + {width:6.2} {size:5.2} | {text}");
        }
    }
    proof
}

#[test]
fn every_node_stands_where_the_proof_has_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let fixture = fs::read(root.join("writers/pdf/every_node.json")).expect("the fixture is there");
    let source = Source::from_bytes("every_node.json", fixture);
    let (document, _) = convert::read(&source, None, &ReadOptions::default()).expect("the fixture is a document");
    let fonts = Arc::new(FontBook::bundled());
    let edition = Edition { theme: Arc::new(Theme::default()), fonts, timestamp: DEFAULT_TIMESTAMP };
    let layout = lay_out(&document, &edition, &Limits::default(), &mut Diagnostics::new()).expect("it has few pages");
    let proof = proof(&layout.pages);
    let path = root.join("layout/every_node.proof");
    #[expect(clippy::disallowed_methods, reason = "a test may be told to rewrite its golden")]
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &proof).expect("the proof can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("the proof is there"), proof);
}
