//! Fonts that users bring, of every kind, into every format that embeds them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use banxin::convert;
use banxin::document::{Block, Document, Inline};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::{FontBook, Role, Slant, Weight, subset, subset_glyphs};
use banxin::format::Format;
use banxin::options::{PdfStandard, PressOptions, WriteOptions};
use banxin::themes::Theme;
use skrifa::MetadataProvider;
use skrifa::raw::FontRef;

/// A character no bundled face has.
const RARE: char = '\u{2a6a5}';

const KINDS: [&str; 6] = ["truetype.ttf", "cff.otf", "collection.ttc", "collection.otc", "variable.ttf", "cff2.otf"];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts").join(name)
}

/// A folder with these files and nothing else.
fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file can be written");
    }
    folder
}

fn book_with(name: &str) -> FontBook {
    let folder = folder(&[(name, fs::read(fixture(name)).expect("the font is there"))]);
    let mut book = FontBook::bundled();
    book.add_directory(folder.path()).unwrap_or_else(|error| panic!("{name}: {error}"));
    book
}

fn edition(fonts: FontBook) -> Edition {
    Edition { theme: Arc::new(Theme::default()), fonts: Arc::new(fonts), timestamp: DEFAULT_TIMESTAMP }
}

fn document() -> Document {
    let text = |text: String| Inline::text(text);
    let strong = Inline::Strong(vec![text(format!("粗{RARE}"))]);
    Document { blocks: vec![Block::paragraph(vec![text(format!("字{RARE}字")), strong])], ..Document::default() }
}

#[test]
fn every_kind_of_font_is_set_and_embedded_in_every_format() {
    for name in KINDS {
        let edition = edition(book_with(name));
        let claimed = WriteOptions::default();
        let mut printed = WriteOptions::default();
        printed.pdf.press = Some(PressOptions::default());
        for (format, options) in [(Format::Pdf, &claimed), (Format::Pdf, &printed), (Format::Epub, &claimed)] {
            let (artifact, diagnostics) = convert::write(&document(), format, &edition, options)
                .unwrap_or_else(|error| panic!("{name} in {format:?}: {error}"));
            let said: Vec<String> = diagnostics.entries().iter().map(|entry| entry.code.to_string()).collect();
            assert!(!said.iter().any(|code| code == "missing-glyph" || code == "standard-not-met"), "{name}: {said:?}");
            assert!(!artifact.bytes.is_empty());
        }
    }
}

/// Right edge of the box that stands for the rare character.
fn box_edge(font: &[u8], glyph: u32) -> f32 {
    let font = FontRef::new(font).expect("it is a font");
    let metrics = font.glyph_metrics(skrifa::prelude::Size::unscaled(), skrifa::prelude::LocationRef::default());
    metrics.bounds(skrifa::GlyphId::new(glyph)).expect("it has an outline").x_max
}

#[test]
fn a_variable_font_is_regular_and_bold() {
    for name in ["variable.ttf", "cff2.otf"] {
        let book = book_with(name);
        for (weight, edge) in [(Weight::Regular, 300.0), (Weight::Bold, 600.0)] {
            let face = book.face(book.choose(Role::User, weight, Slant::Upright));
            let glyph = face.glyph(RARE).expect("the font has it");
            let ink = face.ink(glyph).expect("it has ink");
            assert_eq!(ink.right as f32, edge, "{name} as it is set");
            let (program, renamed) = subset_glyphs(face, &[glyph].into()).expect("it can be subset");
            assert_eq!(box_edge(&program, u32::from(renamed[&glyph].0)), edge, "{name} in a PDF");
            let web = subset(face, &[RARE].into(), "zh-Hans").expect("it can be subset");
            let font = FontRef::new(&web).expect("it is a font");
            assert_eq!(box_edge(&web, font.charmap().map(RARE).expect("kept").to_u32()), edge, "{name} in an EPUB");
            assert!(font.axes().is_empty(), "{name} varies no more");
        }
    }
}

#[test]
fn a_font_that_may_not_be_embedded_meets_no_standard() {
    let edition = edition(book_with("restricted.ttf"));
    let (_, diagnostics) = convert::write(&document(), Format::Pdf, &edition, &WriteOptions::default())
        .expect("it is written without a claim");
    let found = diagnostics.entries().iter().find(|entry| entry.code == "standard-not-met");
    assert!(found.expect("that is said").message.contains("licence"));
    let mut asked = WriteOptions::default();
    asked.pdf.standard = PdfStandard::A2a;
    let error = convert::write(&document(), Format::Pdf, &edition, &asked).expect_err("the standard was asked for");
    assert!(error.to_string().contains("licence"), "{error}");
}

/// The error for a folder with one file.
fn refused(name: &str, bytes: Vec<u8>) -> String {
    let folder = folder(&[(name, bytes)]);
    let error = FontBook::bundled().add_directory(folder.path()).expect_err("it is no font");
    error.to_string()
}

#[test]
fn a_font_with_a_table_missing_is_refused_by_its_name() {
    let whole = fs::read(fixture("truetype.ttf")).expect("the font is there");
    for table in ["head", "hhea", "maxp", "hmtx", "cmap", "glyf", "loca"] {
        let mut bytes = whole.clone();
        let count = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
        let records = (0..count).map(|index| 12 + 16 * index);
        let at = records.into_iter().find(|at| &bytes[*at..at + 4] == table.as_bytes()).expect("the table is listed");
        bytes[at..at + 4].copy_from_slice(b"zzzz");
        let error = refused("broken.ttf", bytes);
        assert!(error.contains("broken.ttf"), "{error}");
        assert!(error.contains(table) || error.contains("no outlines"), "{table}: {error}");
    }
}

#[test]
fn what_is_no_font_is_refused() {
    assert!(refused("words.ttf", b"no font at all, but long enough to be looked at".to_vec()).contains("words.ttf"));
    let whole = fs::read(fixture("cff.otf")).expect("the font is there");
    assert!(refused("half.otf", whole[..whole.len() / 2].to_vec()).contains("half.otf"));
    assert!(refused("web.woff2", b"wOF2".to_vec()).contains("unpacked"));
}

#[test]
fn no_damage_to_a_font_ends_in_a_panic() {
    let whole = fs::read(fixture("truetype.ttf")).expect("the font is there");
    let mut state = 7u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..4 {
            let at = 12 + random() % (bytes.len() - 12);
            bytes[at] = random() as u8;
        }
        let folder = folder(&[("damaged.ttf", bytes)]);
        let mut book = FontBook::bundled();
        if book.add_directory(folder.path()).is_ok() {
            let edition = edition(book);
            // An error is as good as a file.
            let _ = convert::write(&document(), Format::Pdf, &edition, &WriteOptions::default());
        }
    }
}
