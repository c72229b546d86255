//! The press edition and imposition through the public door, read back with lopdf.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use banxin::convert;
use banxin::diagnostics::Diagnostics;
use banxin::document::{Block, Document, Inline};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::imposition::{self, Binding, Imposition, Scheme, Stock};
use banxin::length::Length;
use banxin::options::{Ink, PressOptions, ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::themes::Theme;
use lopdf::{Document as File, Object, dictionary};

fn edition() -> Edition {
    let fonts = Arc::new(FontBook::bundled());
    Edition { theme: Arc::new(Theme::default()), fonts, timestamp: DEFAULT_TIMESTAMP }
}

fn every_node() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/writers/pdf/every_node.json");
    let source = Source::from_bytes("every_node.json", fs::read(path).expect("the fixture is there"));
    convert::read(&source, None, &ReadOptions::default()).expect("the fixture is a document").0
}

fn printed(document: &Document, ink: Ink) -> (Vec<u8>, Diagnostics) {
    let mut options = WriteOptions::default();
    options.pdf.press = Some(PressOptions { ink, ..PressOptions::default() });
    let (artifact, diagnostics) = convert::write(document, Format::Pdf, &edition(), &options).expect("it is printed");
    (artifact.bytes, diagnostics)
}

fn open(bytes: &[u8]) -> File {
    File::load_mem(bytes).expect("lopdf reads it")
}

fn edges(file: &File, page: lopdf::ObjectId, key: &[u8]) -> Vec<f32> {
    let found = file.get_dictionary(page).expect("a page").get(key).expect("the box").as_array().expect("an array");
    found.iter().map(|edge| edge.as_float().expect("a number")).collect()
}

/// Operators of a page that set colours, with their operands.
fn colours(file: &File) -> BTreeMap<String, Vec<Vec<f32>>> {
    let mut found: BTreeMap<String, Vec<Vec<f32>>> = BTreeMap::new();
    for page in file.page_iter() {
        let content = lopdf::content::Content::decode(&file.get_page_content(page)).expect("operators");
        for one in content.operations {
            if ["g", "G", "rg", "RG", "k", "K"].contains(&one.operator.as_str()) {
                let operands = one.operands.iter().map(|operand| operand.as_float().expect("a number")).collect();
                found.entry(one.operator).or_default().push(operands);
            }
        }
    }
    found
}

#[test]
fn boxes_of_a_printed_page_nest_and_its_trim_is_the_page() {
    let file = open(&printed(&every_node(), Ink::Gray).0);
    let (width, height) = Theme::default().page.paper;
    for page in file.page_iter() {
        let [trim, bleed, media] = [b"TrimBox".as_slice(), b"BleedBox", b"MediaBox"].map(|key| edges(&file, page, key));
        assert!((trim[2] - trim[0] - width.to_points() as f32).abs() < 0.01);
        assert!((trim[3] - trim[1] - height.to_points() as f32).abs() < 0.01);
        let three_millimetres = 3.0 * 72.0 / 25.4;
        assert!(
            (trim[0] - bleed[0] - three_millimetres).abs() < 0.01
                && (bleed[3] - trim[3] - three_millimetres).abs() < 0.01
        );
        assert!(media[0] < bleed[0] && media[3] > bleed[3]);
    }
}

#[test]
fn text_is_black_alone_and_lies_over_what_is_printed() {
    let gray = colours(&open(&printed(&every_node(), Ink::Gray).0));
    assert_eq!(
        gray.keys().map(String::as_str).collect::<Vec<_>>(),
        ["G", "g"].into_iter().filter(|key| gray.contains_key(*key)).collect::<Vec<_>>()
    );
    let file = open(&printed(&every_node(), Ink::Cmyk).0);
    let inks = colours(&file);
    assert!(inks.keys().all(|operator| ["k", "K"].contains(&operator.as_str())), "{:?}", inks.keys());
    assert!(inks["k"].contains(&vec![0.0, 0.0, 0.0, 1.0]));
    assert!(inks["k"].iter().all(|color| color.iter().sum::<f32>() <= 3.0), "no more than 300 % of ink");
    let state =
        file.objects.values().find_map(|object| object.as_dict().ok()?.get(b"OverprintOn").ok()?.as_dict().ok());
    let state = state.expect("a state that overprints");
    for key in [b"OP".as_slice(), b"op"] {
        assert!(state.get(key).and_then(Object::as_bool).expect("it is said"));
    }
}

#[test]
fn a_press_edition_is_the_same_twice_and_says_what_it_is() {
    let (bytes, _) = printed(&every_node(), Ink::Cmyk);
    assert_eq!(bytes, printed(&every_node(), Ink::Cmyk).0);
    let file = open(&bytes);
    let catalog = file.catalog().expect("a catalog");
    let metadata = file.dereference(catalog.get(b"Metadata").expect("metadata")).expect("it is there").1;
    let metadata = String::from_utf8(metadata.as_stream().expect("a stream").content.clone()).expect("UTF-8");
    assert!(metadata.contains("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"), "{metadata}");
    let intents = catalog.get(b"OutputIntents").expect("an intent").as_array().expect("an array");
    assert_eq!(intents.len(), 1);
}

#[test]
fn a_picture_with_too_few_pixels_is_reported_with_its_page() {
    let (_, diagnostics) = printed(&every_node(), Ink::Gray);
    let coarse: Vec<&str> = diagnostics
        .entries()
        .iter()
        .filter(|entry| entry.code == "picture-coarse")
        .map(|entry| entry.message.as_str())
        .collect();
    assert!(
        matches!(coarse[..], [message] if message.starts_with("page ") && message.contains("96 pixels an inch")),
        "{coarse:?}"
    );
}

/// A book whose pages say their number, and nothing else.
fn book(pages: usize) -> Vec<u8> {
    let mut file = File::with_version("1.5");
    let tree = file.new_object_id();
    let page = |number: usize, file: &mut File| {
        let content = format!("BT /F 9 Tf 10 10 Td (page {number}) Tj ET");
        let content = file.add_object(lopdf::Stream::new(lopdf::Dictionary::new(), content.into_bytes()));
        Object::from(file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }))
    };
    let kids: Vec<Object> = (1..=pages).map(|number| page(number, &mut file)).collect();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" };
    let resources = dictionary! { "Font" => dictionary! { "F" => font } };
    let media: Vec<Object> = [0, 0, 300, 400].map(Object::from).to_vec();
    let root = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => pages as i64, "MediaBox" => media, "Resources" => resources,
    };
    file.set_object(tree, root);
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("it is written");
    bytes
}

/// What stands on each side: the number of a page, and the left edge of its slot.
fn sides(file: &File) -> Vec<Vec<(usize, f32)>> {
    let side = |page| {
        let resources = file.get_dictionary(page).expect("a page").get(b"Resources").expect("resources");
        let resources = file.dereference(resources).expect("there").1.as_dict().expect("a dictionary");
        let forms = resources.get(b"XObject").and_then(Object::as_dict).expect("forms");
        let content = lopdf::content::Content::decode(&file.get_page_content(page)).expect("operators");
        let mut left = 0.0;
        let mut found = Vec::new();
        for one in content.operations {
            match one.operator.as_str() {
                "cm" => left = one.operands[4].as_float().expect("a number"),
                "Do" => {
                    let form = forms.get(one.operands[0].as_name().expect("a name")).expect("the form");
                    let form = file.dereference(form).expect("there").1.as_stream().expect("a stream");
                    let shown = String::from_utf8(form.get_plain_content().expect("it opens")).expect("text");
                    let number =
                        shown.split("(page ").nth(1).and_then(|rest| rest.split(')').next()).expect("a number");
                    found.push((number.parse().expect("a number"), left));
                }
                _ => {}
            }
        }
        found
    };
    file.page_iter().map(side).collect()
}

fn booklet(pages: usize, stock: Option<Stock>) -> File {
    let imposition =
        Imposition { scheme: Scheme::Folio { sheets: None }, binding: Binding::Left, sheet: None, stock, marks: true };
    open(&imposition::impose(&book(pages), &imposition).expect("it is placed").bytes)
}

/// The law of the booklet, on the file itself: print both sides, fold, stack into each other, and read.
#[test]
fn a_printed_and_folded_booklet_reads_in_order() {
    for pages in [1, 4, 5, 8, 13, 32] {
        let file = booklet(pages, None);
        let sides = sides(&file);
        let middle = edges(&file, file.page_iter().next().expect("a sheet"), b"MediaBox")[2] / 2.0;
        let at = |side: &[(usize, f32)], right: bool| {
            side.iter().find(|(_, left)| (*left >= middle - 1.0) == right).map(|(number, _)| *number)
        };
        let mut read: Vec<Option<usize>> = Vec::new();
        let mut second_half: Vec<Option<usize>> = Vec::new();
        for sheet in sides.chunks(2) {
            // The right half of the front has the left half of the back behind it; the left half is turned to last.
            read.extend([at(&sheet[0], true), at(&sheet[1], false)]);
            second_half.extend([at(&sheet[0], false), at(&sheet[1], true)]);
        }
        read.extend(second_half.into_iter().rev());
        assert_eq!(read.len(), pages.div_ceil(4) * 4);
        let expected: Vec<Option<usize>> = (1..=read.len()).map(|page| (page <= pages).then_some(page)).collect();
        assert_eq!(read, expected, "{pages} pages");
    }
}

#[test]
fn inner_pages_creep_towards_the_fold() {
    let stock = Stock { caliper: Length::points(1) };
    let crept = sides(&booklet(16, Some(stock)));
    let still = sides(&booklet(16, None));
    for (depth, (crept, still)) in crept.chunks(2).zip(still.chunks(2)).enumerate() {
        for (crept, still) in crept.iter().flatten().zip(still.iter().flatten()) {
            let moved = crept.1 - still.1;
            let toward_the_fold = if still.1 < 300.0 { depth as f32 } else { -(depth as f32) };
            assert!((moved - toward_the_fold).abs() < 0.01, "page {} moved by {moved} at depth {depth}", crept.0);
        }
    }
}

#[test]
fn a_press_edition_stays_one_when_imposed() {
    let paragraphs = (0..60).map(|_| Block::paragraph(vec![Inline::text("山里的人在春天采茶。".repeat(9))])).collect();
    let document = Document { blocks: paragraphs, ..Document::default() };
    let (bytes, _) = printed(&document, Ink::Gray);
    let imposition = Imposition {
        scheme: Scheme::Folio { sheets: Some(2) },
        binding: Binding::Left,
        sheet: None,
        stock: Some(Stock::default()),
        marks: true,
    };
    let imposed = imposition::impose(&bytes, &imposition).expect("it is placed");
    let file = open(&imposed.bytes);
    assert!(
        imposed.pages > 4 && imposed.sides == imposed.pages.div_ceil(4) * 2,
        "{} on {}",
        imposed.pages,
        imposed.sides
    );
    let catalog = file.catalog().expect("a catalog");
    assert!(catalog.has(b"OutputIntents") && catalog.has(b"Metadata"));
    let trim = edges(&file, file.page_iter().next().expect("a sheet"), b"TrimBox");
    let (width, height) = Theme::default().page.paper;
    assert!((trim[2] - trim[0] - 2.0 * width.to_points() as f32).abs() < 0.1);
    assert!((trim[3] - trim[1] - height.to_points() as f32).abs() < 0.1);
}

#[test]
fn a_cover_is_as_wide_as_two_pages_and_the_spine() {
    let stock = Stock { caliper: Length::points(1) };
    let (cover, spine) = imposition::cover(&book(2), 41, stock, Binding::Left).expect("a cover");
    assert_eq!(spine, Length::points(21));
    let file = open(&cover.bytes);
    let page = file.page_iter().next().expect("one sheet");
    let trim = edges(&file, page, b"TrimBox");
    assert!((trim[2] - trim[0] - 621.0).abs() < 0.01);
    let placed = &sides(&file)[0];
    let front = placed.iter().find(|(number, _)| *number == 1).expect("the front").1;
    let back = placed.iter().find(|(number, _)| *number == 2).expect("the back").1;
    assert!((front - back - 321.0).abs() < 0.01, "the front is right of back and spine");
    assert!(imposition::cover(&book(4), 41, stock, Binding::Left).is_err());
}

#[test]
fn what_is_no_pdf_or_has_uneven_pages_is_an_error() {
    let imposition = Imposition {
        scheme: Scheme::Grid { columns: 2, rows: 1 },
        binding: Binding::Left,
        sheet: Some((Length::points(300), Length::points(200))),
        stock: None,
        marks: false,
    };
    assert!(imposition::impose(b"no PDF at all", &imposition).is_err());
    let small = imposition::impose(&book(3), &imposition).expect("pages are made smaller");
    assert!((small.scale - 0.5).abs() < 0.01 && small.sides == 2, "{} {}", small.scale, small.sides);
    let folded = Imposition { scheme: Scheme::Folio { sheets: None }, ..imposition };
    assert!(imposition::impose(&book(3), &folded).is_err(), "folded pages are not made smaller");
}
