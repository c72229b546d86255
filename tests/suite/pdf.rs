//! The PDF writer through the public door.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use banxin::convert;
use banxin::diagnostics::Diagnostics;
use banxin::document::{Block, BlockKind, Document, Inline, Level};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::layout::frame::{Item, Owner, Page, PageNumber};
use banxin::layout::{Layout, lay_out};
use banxin::length::Length;
use banxin::options::{Limits, PdfCompression, PdfStandard, ReadOptions, SourceFile, WriteOptions};
use banxin::source::Source;
use banxin::themes::{Contents, Theme};
use base64::Engine;
use lopdf::{Document as File, Object};

fn edition() -> Edition {
    let fonts = Arc::new(FontBook::bundled());
    Edition { theme: Arc::new(Theme::default()), fonts, timestamp: DEFAULT_TIMESTAMP }
}

fn every_node() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/writers/pdf/every_node.json");
    let source = Source::from_bytes("every_node.json", fs::read(path).expect("the fixture is there"));
    convert::read(&source, None, &ReadOptions::default()).expect("the fixture is a document").0
}

fn laid_out(document: &Document) -> (Layout, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let layout = lay_out(document, &edition(), &Limits::default(), &mut diagnostics).expect("it has few pages");
    (layout, diagnostics)
}

fn article(paragraphs: usize, text: &str) -> Document {
    let blocks = (0..paragraphs).map(|_| Block::paragraph(vec![Inline::text(text)])).collect();
    Document { blocks, ..Document::default() }
}

/// Content text of a page, in the order of painting.
fn text_of(page: &Page) -> String {
    let runs = page.items.iter().filter(|placed| matches!(placed.owner, Owner::Content(_)));
    let text = runs.map(|placed| match &placed.item {
        Item::Glyphs(run) => run.text.to_string(),
        _ => String::new(),
    });
    text.collect()
}

/// Baselines of the body's type size on a page.
fn baselines(page: &Page, size: Length) -> Vec<Length> {
    let runs = page.items.iter().filter(|placed| matches!(placed.owner, Owner::Content(_)));
    let mut found: Vec<Length> = runs
        .filter(|placed| matches!(&placed.item, Item::Glyphs(run) if run.size == size))
        .map(|placed| placed.at.y)
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_node_kind_reaches_the_pdf_and_is_the_same_twice() {
    let document = every_node();
    let write = || {
        let written = convert::write(&document, Format::Pdf, &edition(), &WriteOptions::default());
        written.expect("UA-1 and A-2a are met").0.bytes
    };
    let bytes = write();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(bytes.len() < 250_000, "{} bytes", bytes.len());
    assert_eq!(bytes, write());
}

#[test]
fn a_base_and_its_annotation_are_a_ruby() {
    let written = convert::write(&every_node(), Format::Pdf, &edition(), &WriteOptions::default());
    let bytes = written.expect("it is written").0.bytes;
    let file = File::load_mem(&bytes).expect("lopdf reads it");
    let is_a = |object: &Object, name: &str| {
        let found = object.as_dict().and_then(|element| element.get(b"S")).and_then(Object::as_name);
        found.is_ok_and(|found| found == name.as_bytes())
    };
    let count = |name: &str| file.objects.values().filter(|object| is_a(object, name)).count();
    assert_eq!(["Ruby", "RB", "RT"].map(count), [2, 2, 2]);
    assert_eq!(["Form", "BibEntry", "Index"].map(count), [0, 0, 0]);
}

#[test]
fn what_is_lost_is_said() {
    let (_, diagnostics) = laid_out(&every_node());
    let codes: Vec<&str> = diagnostics.counts().keys().map(String::as_str).collect();
    assert_eq!(codes, ["broken-link", "missing-alternative", "raw-block"]);
}

#[test]
fn a_missing_glyph_is_reported_with_character_code_point_and_line() {
    let source = banxin::source::Source::from_bytes("a.md", "甲\n\n乙\u{12000}丙\n".into());
    let (document, _) = convert::read(&source, None, &Default::default()).expect("Markdown is always read");
    let (_, diagnostics) = laid_out(&document);
    let told: Vec<String> = diagnostics.entries().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["3: no font has \u{12000} (U+12000); add a face with --font-dir [missing-glyph]"]);
}

#[test]
fn body_lines_of_all_pages_stand_on_one_grid() {
    let text = "山里的人在春天采茶，夏天割漆，秋天打板栗，到了冬天就坐在火塘边编竹器。".repeat(4);
    let mut document = article(40, &text);
    for index in (0..40).step_by(7) {
        let level = Level::clamped(2 + index % 4);
        document.blocks.insert(index, Block::heading(level, vec![Inline::text("四季的活计")]));
    }
    let theme = Theme::default();
    let (layout, _) = laid_out(&document);
    assert!(layout.pages.len() > 2);
    let first = layout.pages[0].clone();
    let origin = baselines(&layout.pages[1], theme.body.size)[0];
    for page in std::iter::once(&first).chain(&layout.pages) {
        for baseline in baselines(page, theme.body.size) {
            let off = (baseline - origin).0.rem_euclid(theme.body.pitch.0);
            assert!(off.min(theme.body.pitch.0 - off) < 700, "{} points off the grid", Length(off).to_points());
        }
    }
}

#[test]
fn a_heading_is_never_the_last_line_of_a_page() {
    let theme = Theme::default();
    let lines = usize::from(theme.page.lines);
    for short in 0..6 {
        let mut document = article(lines - 1 - short, "一行。");
        document.blocks.push(Block::heading(Level::clamped(3), vec![Inline::text("后面的一节")]));
        document.blocks.push(Block::paragraph(vec![Inline::text("文".repeat(200))]));
        let (layout, _) = laid_out(&document);
        let with_heading: Vec<&Page> =
            layout.pages.iter().filter(|page| text_of(page).contains("后面的一节")).collect();
        assert_eq!(with_heading.len(), 1);
        let after = text_of(with_heading[0]);
        let text = after.split("后面的一节").nth(1).expect("it was found");
        assert!(text.chars().count() >= 60, "{short}: {} characters follow the heading", text.chars().count());
    }
}

#[test]
fn a_note_stands_on_the_page_of_its_call() {
    let mut document = article(60, &"溪水从石头上流过去，声音一直传到村口。".repeat(3));
    for index in (0..60).step_by(9) {
        let note = format!("n{index}");
        let call = Inline::NoteReference(note.clone());
        document.blocks[index] = Block::paragraph(vec![Inline::text(format!("此处有注{index}号")), call]);
        document.notes.insert(note, vec![Block::paragraph(vec![Inline::text(format!("注文第{index}号"))])]);
    }
    let (layout, diagnostics) = laid_out(&document);
    assert!(diagnostics.entries().is_empty());
    for index in (0..60).step_by(9) {
        let page = |words: String| layout.pages.iter().position(|page| text_of(page).contains(&words));
        let call = page(format!("此处有注{index}号"));
        assert!(call.is_some());
        assert_eq!(call, page(format!("注文第{index}号")));
    }
}

#[test]
fn no_text_is_lost_between_the_galley_and_the_pages() {
    let document = every_node();
    let (layout, _) = laid_out(&document);
    let set: String = layout.pages.iter().map(text_of).collect();
    for words in [
        "竹纸的来历",
        "片纸不易得",
        "老竹只能做粗纸",
        "造纸人笔记",
        "水面以下要压上石块",
        "以上都是约数",
        "轻轻展处是风霜",
        "𬭚",
    ] {
        let lost = words.chars().find(|character| !set.contains(*character));
        assert_eq!(lost, None, "in {words}");
    }
}

#[test]
fn chapters_of_a_book_open_pages_and_the_contents_name_them() {
    let mut document = Document::default();
    document.metadata.title = Some("山居杂记".into());
    for chapter in ["第一章　春茶", "第二章　夏漆", "第三章　秋栗"] {
        document.blocks.push(Block::heading(Level::FIRST, vec![Inline::text(chapter)]));
        let text = "天亮以前上山，露水还没有干。".repeat(150);
        document.blocks.push(Block::paragraph(vec![Inline::text(text)]));
    }
    document.metadata.language = Some(banxin::document::Language::new("zh-Hans"));
    document.blocks[4].attributes.language = Some(banxin::document::Language::new("zh-Hant-TW"));
    let (layout, _) = laid_out(&document);
    let opening = |words: &str| layout.pages.iter().rposition(|page| text_of(page).starts_with(words));
    let bookmarked: Vec<usize> = layout.bookmarks.iter().map(|bookmark| bookmark.page).collect();
    let opened: Vec<usize> = ["第一章", "第二章", "第三章"].into_iter().filter_map(opening).collect();
    assert_eq!(bookmarked, opened);
    let contents = text_of(&layout.pages[1]);
    for (chapter, page) in ["春茶", "夏漆", "秋栗"].into_iter().zip(&bookmarked) {
        let number = layout.pages[*page].number.written();
        assert!(contents.contains(chapter) && contents.contains(&number), "{contents}");
    }
}

#[test]
fn a_table_over_several_pages_sets_its_head_again() {
    let row = |words: String| banxin::document::Row {
        cells: vec![banxin::document::Cell {
            blocks: vec![Block::paragraph(vec![Inline::text(words)])],
            ..Default::default()
        }],
    };
    let table = banxin::document::Table {
        head: vec![row("表头在此".into())],
        body: (0..120).map(|index| row(format!("第{index}行"))).collect(),
        ..Default::default()
    };
    let document = Document { blocks: vec![BlockKind::from(table).into()], ..Document::default() };
    let (layout, _) = laid_out(&document);
    assert!(layout.pages.len() >= 3);
    for page in &layout.pages {
        let runs = page.items.iter().filter_map(|placed| match &placed.item {
            Item::Glyphs(run) => Some(run.text.to_string()),
            _ => None,
        });
        assert!(runs.collect::<String>().contains("表头在此"));
    }
    let content: String = layout.pages.iter().map(text_of).collect();
    assert_eq!(content.matches("表头在此").count(), 1);
}

#[test]
fn characters_no_pdf_may_say_do_not_stop_it() {
    let mut document = article(1, "甲\u{0}乙\u{feff}丙\u{fffe}丁\u{e000}戊\u{10fffd}己👍🏽庚\u{301}\u{202e}辛");
    document.metadata.title = Some("题\u{0}\u{1}\u{fffe}目".into());
    let written = convert::write(&document, Format::Pdf, &edition(), &WriteOptions::default());
    let (artifact, diagnostics) = written.expect("it is written all the same");
    assert!(artifact.bytes.starts_with(b"%PDF"));
    assert!(!diagnostics.counts().contains_key("standard-not-met"), "{diagnostics:?}");
    // What no face has is shown as a geta, and said so.
    let said = actual_texts(&artifact.bytes);
    assert_eq!(said[..2], ["〓", "〓"]);
    assert!(!said.concat().contains(['\u{e000}', '\u{10fffd}']), "{said:?}");
}

/// What content of the pages is said to be in place of what its glyphs are mapped to.
fn actual_texts(bytes: &[u8]) -> Vec<String> {
    let file = File::load_mem(bytes).expect("lopdf reads it");
    let mut found = Vec::new();
    for page in file.page_iter() {
        let content = file.get_page_content(page);
        for operation in lopdf::content::Content::decode(&content).expect("it is sound").operations {
            let said = operation.operands.iter().filter_map(|operand| operand.as_dict().ok()?.get(b"ActualText").ok());
            found.extend(said.map(|said| lopdf::decode_text_string(said).expect("a text")));
        }
    }
    found
}

#[test]
fn an_empty_document_is_an_empty_page() {
    let (layout, _) = laid_out(&Document::default());
    assert_eq!(layout.pages.len(), 1);
    let written = convert::write(&Document::default(), Format::Pdf, &edition(), &WriteOptions::default());
    assert!(written.is_ok());
}

#[test]
fn a_cell_longer_than_a_page_goes_on_over_it() {
    let cell = |words: String| banxin::document::Cell {
        blocks: vec![Block::paragraph(vec![Inline::text(words)])],
        ..Default::default()
    };
    let row = banxin::document::Row { cells: vec![cell("长".repeat(4000)), cell("短".into())] };
    let table = banxin::document::Table { body: vec![row], ..Default::default() };
    let document = Document { blocks: vec![BlockKind::from(table).into()], ..Document::default() };
    let (layout, diagnostics) = laid_out(&document);
    assert!(layout.pages.len() >= 2 && diagnostics.entries().is_empty());
    let set: String = layout.pages.iter().map(text_of).collect();
    assert_eq!(set.matches('长').count(), 4000);
}

/// Names of the files a PDF carries.
fn carried(bytes: &[u8]) -> Vec<String> {
    let file = File::load_mem(bytes).expect("lopdf reads it");
    let specifications = file.objects.values().filter_map(|object| object.as_dict().ok()).filter(|one| one.has(b"EF"));
    let name = |one: &lopdf::Dictionary| one.get(b"F").and_then(Object::as_str).expect("a name").to_vec();
    let mut names: Vec<String> =
        specifications.map(|one| String::from_utf8(name(one)).expect("these names are ASCII")).collect();
    names.sort();
    names
}

#[test]
fn a_pdf_promises_what_was_asked_for() {
    let document = every_node();
    let write = |standard| {
        let mut options = WriteOptions::default();
        options.pdf.standard = standard;
        convert::write(&document, Format::Pdf, &edition(), &options).expect("the fixture meets each").0.bytes
    };
    let says = |bytes: &[u8], words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    let promises = |standard| {
        let bytes = write(standard);
        let part = ["1", "2", "3", "4"].into_iter().find(|part| says(&bytes, &format!("<pdfaid:part>{part}<")));
        let level =
            ["A", "B", "U", "F"].into_iter().find(|level| says(&bytes, &format!("<pdfaid:conformance>{level}<")));
        let ua = ["1", "2"].into_iter().find(|part| says(&bytes, &format!("<pdfuaid:part>{part}<")));
        (part, level, ua, carried(&bytes))
    };
    assert_eq!(promises(PdfStandard::Both), (Some("2"), Some("A"), Some("1"), vec![]));
    assert_eq!(promises(PdfStandard::Ua1), (None, None, Some("1"), vec![]));
    assert_eq!(promises(PdfStandard::A2u), (Some("2"), Some("U"), None, vec![]));
    let model = || vec!["document.banxin.json".to_owned()];
    assert_eq!(promises(PdfStandard::A3a), (Some("3"), Some("A"), Some("1"), model()));
    assert_eq!(promises(PdfStandard::A4), (Some("4"), None, None, vec![]));
    assert_eq!(promises(PdfStandard::A4f), (Some("4"), Some("F"), None, model()));
    assert_eq!(promises(PdfStandard::None), (None, None, None, vec![]));
}

/// Words of the runs of a size larger than the body's, one string for each baseline.
fn display_lines(page: &Page) -> Vec<String> {
    let body = Theme::default().body.size;
    let mut lines: std::collections::BTreeMap<Length, String> = std::collections::BTreeMap::new();
    for placed in &page.items {
        if let (Owner::Content(_), Item::Glyphs(run)) = (placed.owner, &placed.item)
            && run.size > body
        {
            lines.entry(placed.at.y).or_default().push_str(&run.text);
        }
    }
    lines.into_values().collect()
}

#[test]
fn a_title_does_not_leave_a_character_on_its_last_line() {
    let mut document = article(1, "正文。");
    document.metadata.title = Some("县里召开山区竹编手艺传承交流会".repeat(2));
    let (layout, _) = laid_out(&document);
    let lengths: Vec<usize> = display_lines(&layout.pages[0]).iter().map(|line| line.chars().count()).collect();
    assert_eq!(lengths.len(), 2);
    assert!(lengths[0].abs_diff(lengths[1]) <= 4, "{lengths:?}");
    document.metadata.title = Some("县里召开山区竹编手艺传承与创新交流大会".into());
    let (layout, _) = laid_out(&document);
    assert_eq!(display_lines(&layout.pages[0]).len(), 1);
}

#[test]
fn a_note_longer_than_a_page_goes_on_without_loss() {
    let mut document = article(30, "溪水从石头上流过去。");
    document.blocks[3] = Block::paragraph(vec![Inline::text("此处有注"), Inline::NoteReference("n".into())]);
    document.notes.insert("n".into(), vec![Block::paragraph(vec![Inline::text("注".repeat(6000))])]);
    let (layout, _) = laid_out(&document);
    let counts: Vec<usize> = layout.pages.iter().map(|page| text_of(page).matches('注').count()).collect();
    assert_eq!(counts.iter().sum::<usize>(), 6001);
    assert!(text_of(&layout.pages[0]).contains("此处有注") && counts[0] > 100, "{counts:?}");
    let set: String = layout.pages.iter().map(text_of).collect();
    assert_eq!(set.matches("溪水从石头上流过去。").count(), 29);
}

#[test]
fn the_list_of_contents_is_set_for_whom_it_was_asked() {
    let chapter = |words: &str| Block::heading(Level::FIRST, vec![Inline::text(words)]);
    let body = || Block::paragraph(vec![Inline::text("正文。")]);
    let book = Document { blocks: vec![chapter("甲章"), body(), chapter("乙章"), body()], ..Document::default() };
    let section = Block::heading(Level::clamped(2), vec![Inline::text("小节")]);
    let article = Document { blocks: vec![chapter("题"), section, body()], ..Document::default() };
    let first_page = |document: &Document, contents: Contents| {
        let theme = Theme { contents, ..Theme::default() };
        let edition = Edition { theme: Arc::new(theme), ..edition() };
        let layout =
            lay_out(document, &edition, &Limits::default(), &mut Diagnostics::new()).expect("it has few pages");
        text_of(&layout.pages[0])
    };
    assert!(first_page(&book, Contents::Books).contains("乙章"));
    assert!(!first_page(&book, Contents::Never).contains("乙章"));
    assert!(first_page(&article, Contents::Books).contains("正文"));
    let alone = first_page(&article, Contents::Always);
    assert!(alone.contains("小节") && !alone.contains("正文"), "{alone}");
}

fn with_standard(standard: PdfStandard) -> Vec<u8> {
    let mut options = WriteOptions::default();
    options.pdf.standard = standard;
    convert::write(&every_node(), Format::Pdf, &edition(), &options).expect("the standard is met").0.bytes
}

/// Runs of glyphs are found in the file by a number that only stands where they go; here a title, a link and the text say it.
#[test]
fn words_that_look_like_a_stand_in_are_words() {
    let text = "# 渡口[-64000<0001>]TJ\n\n石阶[-64000(a)]TJ，[石阶](https://example.org/[-64000)石阶。\n\n石阶[-64000(a)]TJ。\n";
    let source = Source::from_bytes("a.md", text.as_bytes().to_vec());
    let (document, _) = convert::read(&source, None, &ReadOptions::default()).expect("Markdown");
    let written = convert::write(&document, Format::Pdf, &edition(), &WriteOptions::default());
    assert!(written.is_ok(), "{:?}", written.err());
}

#[test]
fn a_pdf_that_carries_its_document_is_read_back_without_loss() {
    let source = Source::from_bytes("ours.pdf", with_standard(PdfStandard::A3a));
    let (read, diagnostics) = convert::read(&source, None, &ReadOptions::default()).expect("it carries its document");
    assert_eq!(diagnostics.entries().len(), 0, "{:?}", diagnostics.entries());
    assert_eq!(read, every_node());
    let nameless = Source::from_bytes("download", with_standard(PdfStandard::A3a));
    assert_eq!(convert::read(&nameless, None, &ReadOptions::default()).expect("known by its first bytes").0, read);
}

#[test]
fn a_pdf_without_its_document_says_what_would_help() {
    let source = Source::from_bytes("ours.pdf", with_standard(PdfStandard::Both));
    let error = convert::read(&source, None, &ReadOptions::default()).expect_err("it carries no document");
    assert!(error.to_string().contains("--pdf-standard a-3a"), "{error}");
}

/// Every byte that is changed, cut off or doubled gives a document or an error.
#[test]
fn damaged_pdfs_are_errors_and_nothing_worse() {
    let whole = with_standard(PdfStandard::A3a);
    let read = |bytes: Vec<u8>| convert::read(&Source::from_bytes("x.pdf", bytes), None, &ReadOptions::default());
    let mut state = 7u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for round in 0..60 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => bytes.truncate(next(whole.len())),
            1 => (0..40).for_each(|_| bytes[next(whole.len())] = next(256) as u8),
            _ => {
                let (from, to) = (next(whole.len()), next(whole.len()));
                let piece = whole[from.min(to)..from.max(to)].to_vec();
                bytes.splice(0..next(2000), piece);
            }
        }
        let _ = read(bytes);
    }
    for hostile in ["%PDF-1.7\n", "%PDF-1.7\ntrailer<</Root 1 0 R/Prev 0>>startxref\n0\n%%EOF"] {
        assert!(read(hostile.into()).is_err());
    }
    let deep = format!("%PDF-1.7\n1 0 obj\n{}\nendobj\ntrailer<</Root 1 0 R>>", "[".repeat(300_000));
    assert!(read(deep.into_bytes()).is_err());
}

#[test]
fn pages_are_called_in_the_pdf_as_they_are_numbered_in_print() {
    let mut document = article(0, "");
    document.metadata.title = Some("山居杂记".into());
    for chapter in ["春茶", "夏漆"] {
        document.blocks.push(Block::heading(Level::FIRST, vec![Inline::text(chapter)]));
        document.blocks.extend(article(60, "采茶的人天没亮就上了山，竹篓里装着干粮和水。").blocks);
    }
    let (layout, _) = laid_out(&document);
    let printed: Vec<String> = layout.pages.iter().map(|page| page.number.written()).collect();
    let options = WriteOptions::default();
    let artifact = convert::write(&document, Format::Pdf, &edition(), &options).expect("it is a PDF").0;
    let file = lopdf::Document::load_mem(&artifact.bytes).expect("it opens");
    assert_eq!(labels(&file, printed.len()), printed);
    assert_eq!((printed[0].as_str(), printed.contains(&"1".to_owned())), ("i", true), "front matter is numbered apart");
}

/// What a reader program calls the pages (ISO 32000-1 §12.4.2).
fn labels(file: &lopdf::Document, count: usize) -> Vec<String> {
    let tree = file.catalog().and_then(|catalog| catalog.get_deref(b"PageLabels", file)).expect("it has labels");
    let entries = tree.as_dict().and_then(|tree| tree.get(b"Nums")).and_then(lopdf::Object::as_array).expect("a tree");
    let mut labels = Vec::new();
    let starts: Vec<usize> =
        entries.iter().step_by(2).map(|start| start.as_i64().expect("an index") as usize).collect();
    for (nth, entry) in entries.iter().skip(1).step_by(2).enumerate() {
        let entry = file.dereference(entry).expect("it is there").1.as_dict().expect("a dictionary");
        let first = entry.get(b"St").and_then(lopdf::Object::as_i64).unwrap_or(1) as u32;
        let roman = entry.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|style| style == b"r");
        let pages = starts.get(nth + 1).copied().unwrap_or(count) - starts[nth];
        labels.extend((first..).take(pages).map(|number| {
            if roman { PageNumber::Roman(number).written() } else { PageNumber::Arabic(number).written() }
        }));
    }
    labels
}

#[test]
fn a_pdf_can_carry_the_article_it_was_made_from() {
    let mut options = WriteOptions::default();
    options.pdf.standard = PdfStandard::A3a;
    let bytes = Arc::new("# 竹纸".as_bytes().to_vec());
    options.pdf.source = Some(SourceFile { name: "paper.md".to_owned(), media_type: "text/markdown", bytes });
    let bytes = convert::write(&every_node(), Format::Pdf, &edition(), &options).expect("it is met").0.bytes;
    assert_eq!(carried(&bytes), ["document.banxin.json", "paper.md"]);
    let read = convert::read(&Source::from_bytes("ours.pdf", bytes), None, &ReadOptions::default());
    assert_eq!(read.expect("the model is found beside the source").0, every_node());
}

#[test]
fn harder_compression_makes_the_same_pdf_smaller() {
    let sizes = [PdfCompression::Fast, PdfCompression::Usual].map(|compression| {
        let mut options = WriteOptions::default();
        options.pdf.compression = compression;
        let bytes = convert::write(&every_node(), Format::Pdf, &edition(), &options).expect("it is written").0.bytes;
        assert_eq!(File::load_mem(&bytes).expect("lopdf reads it").page_iter().count(), 5);
        bytes.len()
    });
    assert!(sizes[1] < sizes[0], "{sizes:?}");
}

#[test]
fn a_note_called_within_a_note_stands_below_it() {
    let call = |note: &str| Inline::NoteReference(note.to_owned());
    let note = |words: &str, calls: Option<&str>| {
        vec![Block::paragraph([Inline::text(words)].into_iter().chain(calls.map(call)).collect())]
    };
    let blocks = vec![Block::paragraph(vec![Inline::text("正文"), call("a")])];
    let notes = [("a", "甲注", Some("b")), ("b", "乙注", Some("c")), ("c", "丙注", Some("a"))];
    let notes = notes.map(|(name, words, calls)| (name.to_owned(), note(words, calls)));
    let (layout, diagnostics) = laid_out(&Document { blocks, notes: notes.into(), ..Document::default() });
    assert!(diagnostics.entries().is_empty());
    let text = text_of(&layout.pages[0]);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is lost: {text}"));
    assert!(at("正文") < at("甲注") && at("甲注") < at("乙注") && at("乙注") < at("丙注"));
}

#[test]
fn a_picture_that_is_cut_off_is_reported_and_the_rest_is_made() {
    let mut png = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    pixels.write_to(&mut png, image::ImageFormat::Png).expect("a picture can be made");
    let bytes = png.into_inner();
    let data = format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(&bytes[..400]));
    let source = Source::from_bytes("a.md", format!("前文。\n\n![轮子]({data})\n\n后文。\n").into_bytes());
    let (document, _) = convert::read(&source, None, &ReadOptions::default()).expect("a document");
    assert_eq!(document.resources.len(), 1, "its header is sound");
    let written = convert::write(&document, Format::Pdf, &edition(), &WriteOptions::default());
    let (_, diagnostics) = written.expect("the rest is made");
    assert!(diagnostics.entries().iter().any(|entry| entry.code == "broken-picture"));
}
