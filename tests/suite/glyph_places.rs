//! Where glyphs stand in a PDF, read from its pages with lopdf, against where the layout put them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use banxin::convert;
use banxin::diagnostics::Diagnostics;
use banxin::document::Document;
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::layout::frame::{Item, Page};
use banxin::layout::lay_out;
use banxin::options::{Limits, ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::themes::Theme;
use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object};

/// Points; a glyph is placed to 0.00005 em.
const NEAR: f64 = 0.002;

fn edition() -> Edition {
    let fonts = Arc::new(FontBook::bundled());
    Edition { theme: Arc::new(Theme::default()), fonts, timestamp: DEFAULT_TIMESTAMP }
}

/// Where glyphs of a page begin, in the order in which they are painted.
fn laid_out(page: &Page) -> Vec<f64> {
    let mut places = Vec::new();
    for placed in &page.items {
        let Item::Glyphs(run) = &placed.item else { continue };
        // Ornaments are shapes.
        if run.ornament {
            continue;
        }
        let mut pen = placed.at.x;
        for glyph in &run.glyphs {
            places.push((pen + glyph.shift.0).to_points());
            pen += glyph.advance;
        }
    }
    places
}

fn number(object: &Object) -> f64 {
    f64::from(object.as_float().expect("a number"))
}

/// Widths of a face's glyphs in thousandths of an em: `W` as krilla writes it, ranges of one width.
fn widths(file: &File, font: &Dictionary) -> BTreeMap<u16, f64> {
    let descendants = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array).expect("an array");
    let face = file.dereference(&descendants[0]).expect("a face").1.as_dict().expect("a dictionary");
    let ranges = face.get_deref(b"W", file).and_then(Object::as_array).expect("widths");
    let mut found = BTreeMap::new();
    for range in ranges.chunks_exact(3) {
        let code = |object: &Object| object.as_i64().expect("a code") as u16;
        found.extend((code(&range[0])..=code(&range[1])).map(|code| (code, number(&range[2]))));
    }
    found
}

/// Where glyphs of a page of the file begin.
fn painted(file: &File, page: lopdf::ObjectId) -> Vec<f64> {
    let fonts = file.get_page_fonts(page).expect("fonts");
    let widths: BTreeMap<Vec<u8>, _> = fonts.into_iter().map(|(name, font)| (name, widths(file, font))).collect();
    let content = Content::decode(&file.get_page_content(page)).expect("operators");
    let (mut font, mut size, mut pen) = (Vec::new(), 0.0, 0.0);
    let mut places = Vec::new();
    for one in content.operations {
        match one.operator.as_str() {
            "Tf" => (font, size) = (one.operands[0].as_name().expect("a name").to_vec(), number(&one.operands[1])),
            "Tm" => pen = number(&one.operands[4]),
            "Tj" | "TJ" => {
                let single = [one.operands[0].clone()];
                let parts = one.operands[0].as_array().map_or(single.as_slice(), Vec::as_slice);
                for part in parts {
                    let Ok(codes) = part.as_str() else {
                        pen -= number(part) / 1000.0 * size;
                        continue;
                    };
                    for code in codes.chunks_exact(2) {
                        places.push(pen);
                        pen += widths[&font][&u16::from_be_bytes([code[0], code[1]])] / 1000.0 * size;
                    }
                }
            }
            _ => {}
        }
    }
    places
}

fn same_places(document: &Document) {
    let edition = edition();
    let pages = lay_out(document, &edition, &Limits::default(), &mut Diagnostics::new()).expect("pages").pages;
    let written = convert::write(document, Format::Pdf, &edition, &WriteOptions::default()).expect("it is written").0;
    let file = File::load_mem(&written.bytes).expect("lopdf reads it");
    assert_eq!(file.page_iter().count(), pages.len());
    let mut glyphs = 0;
    for (page, id) in pages.iter().zip(file.page_iter()) {
        let (wanted, found) = (laid_out(page), painted(&file, id));
        assert_eq!(wanted.len(), found.len());
        for (index, (wanted, found)) in wanted.iter().zip(&found).enumerate() {
            assert!((wanted - found).abs() < NEAR, "glyph {index}: {found} instead of {wanted}");
        }
        glyphs += found.len();
    }
    assert!(glyphs > 500, "{glyphs}");
}

#[test]
fn glyphs_stand_where_the_layout_put_them() {
    let paragraph = "渡口的石阶（共 128 级）被水磨得发亮，“等到明年春天”，他说，“桥就要修好了！”The ferry had not run for years, \
                     and the steps were worn《山居笔记》里写过——那时还没有 Wi-Fi……";
    // What is met again is written another way than what is new.
    let text = format!("# 渡口\n\n{}\n\n**{paragraph}**\n\n> {paragraph}\n", vec![paragraph.repeat(3); 4].join("\n\n"));
    let source = Source::from_bytes("a.md", text.into_bytes());
    same_places(&convert::read(&source, None, &ReadOptions::default()).expect("Markdown is read").0);
}

#[test]
fn glyphs_of_every_node_stand_where_the_layout_put_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/writers/pdf/every_node.json");
    let source = Source::from_bytes("every_node.json", std::fs::read(path).expect("a fixture"));
    same_places(&convert::read(&source, None, &ReadOptions::default()).expect("the model is read").0);
}
