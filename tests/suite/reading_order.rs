//! What a screen reader says of a PDF, read from its structure tree with lopdf, against what the model says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use banxin::convert;
use banxin::document::{Block, BlockKind, Document, Inline, plain_text, walk_blocks};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::themes::Theme;
use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object, ObjectId};

fn edition() -> Edition {
    let fonts = Arc::new(FontBook::bundled());
    Edition { theme: Arc::new(Theme::default()), fonts, timestamp: DEFAULT_TIMESTAMP }
}

fn pdf(document: &Document) -> File {
    let written = convert::write(document, Format::Pdf, &edition(), &WriteOptions::default()).expect("it is written");
    File::load_mem(&written.0.bytes).expect("lopdf reads it")
}

/// Marked content of the pages by page and identifier, as text.
type Marked = BTreeMap<(ObjectId, i64), String>;

fn marked(file: &File) -> Marked {
    let mut found = Marked::new();
    for page in file.page_iter() {
        let fonts = file.get_page_fonts(page).expect("fonts");
        let maps: BTreeMap<Vec<u8>, BTreeMap<u32, String>> =
            fonts.into_iter().map(|(name, font)| (name, to_unicode(file, font))).collect();
        let content = Content::decode(&file.get_page_content(page)).expect("operators");
        // Open marked contents: the identifier, if there is one, and whether its text is said otherwise.
        let mut open: Vec<(Option<i64>, bool)> = Vec::new();
        let mut font = Vec::new();
        for one in content.operations {
            match one.operator.as_str() {
                "Tf" => font = one.operands[0].as_name().expect("a name").to_vec(),
                "BMC" => open.push((None, false)),
                "BDC" => {
                    let properties = one.operands[1].as_dict().ok();
                    let id = properties.and_then(|found| found.get(b"MCID").ok()?.as_i64().ok());
                    let said = properties.and_then(|found| found.get(b"ActualText").ok()?.as_str().ok());
                    let current = id.or_else(|| open.iter().rev().find_map(|(id, _)| *id));
                    if let (Some(said), Some(current)) = (said, current) {
                        found.entry((page, current)).or_default().push_str(&utf16(said));
                    }
                    open.push((id, said.is_some()));
                }
                "EMC" => drop(open.pop()),
                "Tj" | "TJ" => {
                    let Some(id) = open.iter().rev().find_map(|(id, _)| *id) else { continue };
                    if open.iter().any(|(_, said)| *said) {
                        continue;
                    }
                    let map = &maps[&font];
                    let text = found.entry((page, id)).or_default();
                    for string in strings(&one.operands[0]) {
                        for code in string.chunks_exact(2) {
                            let code = u32::from(u16::from_be_bytes([code[0], code[1]]));
                            text.push_str(map.get(&code).map_or("", String::as_str));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn strings(operand: &Object) -> Vec<&[u8]> {
    match operand {
        Object::String(bytes, _) => vec![bytes],
        Object::Array(items) => items.iter().filter_map(|item| item.as_str().ok()).collect(),
        _ => Vec::new(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) else { return String::from_utf8_lossy(bytes).into_owned() };
    let units: Vec<u16> = units.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// What each code of a font stands for: the single entries and ranges of its ToUnicode map.
fn to_unicode(file: &File, font: &Dictionary) -> BTreeMap<u32, String> {
    let stream = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream).expect("a map");
    let text = String::from_utf8(stream.get_plain_content().expect("it opens")).expect("ASCII");
    let mut found = BTreeMap::new();
    for part in text.split("beginbfchar").skip(1) {
        let part = part.split("endbfchar").next().unwrap_or_default();
        let hex: Vec<&str> = part.split(['<', '>']).skip(1).step_by(2).collect();
        for pair in hex.chunks_exact(2) {
            let code = u32::from_str_radix(pair[0], 16).expect("a code");
            let units: Vec<u16> = pair[1]
                .as_bytes()
                .chunks_exact(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).expect("hex"), 16).expect("hex"))
                .collect();
            found.insert(code, String::from_utf16_lossy(&units));
        }
    }
    assert!(!text.contains("beginbfrange"), "krilla writes no ranges");
    found
}

/// Everything the structure tree holds, in its order: text, and alternatives of figures and formulas.
fn said(file: &File) -> String {
    let root = file.catalog().and_then(|catalog| catalog.get_deref(b"StructTreeRoot", file)).expect("a tree");
    let marked = marked(file);
    let mut out = String::new();
    walk(file, root.as_dict().expect("a dictionary"), None, &marked, &mut out);
    out
}

fn walk(file: &File, element: &Dictionary, page: Option<ObjectId>, marked: &Marked, out: &mut String) {
    let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
    if let Ok(alternative) = element.get(b"Alt").and_then(Object::as_str)
        && element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"Figure" || kind == b"Formula")
    {
        out.push_str(&format!("[{}]", utf16(alternative)));
        return;
    }
    let Ok(kids) = element.get_deref(b"K", file) else { return };
    let kids = kids.as_array().map_or_else(|_| vec![kids.clone()], Clone::clone);
    for kid in &kids {
        let kid = file.dereference(kid).expect("a kid").1;
        match kid {
            Object::Integer(id) => out.push_str(marked.get(&(page.expect("a page"), *id)).map_or("", String::as_str)),
            Object::Dictionary(inner) if inner.has(b"MCID") => {
                let page = inner.get(b"Pg").and_then(Object::as_reference).ok().or(page).expect("a page");
                let id = inner.get(b"MCID").and_then(Object::as_i64).expect("a number");
                out.push_str(marked.get(&(page, id)).map_or("", String::as_str));
            }
            Object::Dictionary(inner) if inner.has(b"S") => walk(file, inner, page, marked, out),
            _ => {}
        }
    }
}

/// Without the spaces that lines and columns add, and without places where a line may break.
fn squeezed(text: &str) -> String {
    let is_heard = |character: &char| !character.is_whitespace() && !matches!(character, '\u{ad}' | '\u{200b}');
    text.chars().filter(is_heard).collect()
}

/// The texts of blocks, in the order of the model's JSON.
fn texts(blocks: &[Block]) -> Vec<String> {
    let json = serde_json::to_string(blocks).expect("the model is JSON");
    let starts = json.match_indices("{\"text\":").map(|(at, key)| at + key.len());
    let text = |start: usize| {
        let mut words = serde_json::Deserializer::from_str(&json[start..]).into_iter::<serde_json::Value>();
        words.next()?.ok()?.as_str().map(squeezed)
    };
    starts.filter_map(text).filter(|words| !words.is_empty()).collect()
}

/// Captions that stand over what they name: those of tables.
fn captions_above(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    walk_blocks(blocks, &mut |block| {
        if let BlockKind::Figure { blocks, caption } = &block.kind
            && blocks.iter().any(|block| matches!(block.kind, BlockKind::Table(_)))
        {
            found.push(squeezed(&plain_text(caption)));
        }
    });
    found
}

#[test]
fn a_screen_reader_hears_the_model_in_its_order() {
    let words = |number: usize| format!("第{number}段，山里的人在春天采茶 and read on、夏天割漆；");
    let paragraph = |number: usize| Block::paragraph(vec![Inline::text(words(number).repeat(1 + number % 5))]);
    let document = Document { blocks: (0..120).map(paragraph).collect(), ..Document::default() };
    let expected: String = (0..120).map(|number| words(number).repeat(1 + number % 5)).collect();
    assert_eq!(squeezed(&said(&pdf(&document))), squeezed(&expected));
}

/// Every node kind from a model, and what Markdown and HTML can say of them; with bundled faces alone.
const FIXTURES: [&str; 4] = [
    "writers/pdf/every_node.json",
    "constructs/constructs.json",
    "constructs/constructs.md",
    "constructs/constructs.html",
];

#[test]
fn every_kind_of_node_is_heard_where_it_stands() {
    for name in FIXTURES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        let source = Source::from_bytes(name, fs::read(path).expect("the fixture is there"));
        let document = convert::read(&source, None, &ReadOptions::default()).expect("a document").0;
        let heard = squeezed(&said(&pdf(&document)));
        let above = captions_above(&document.blocks);
        let mut from = 0;
        for words in texts(&document.blocks) {
            if above.contains(&words) {
                assert!(heard.contains(&words), "{name}: {words:?}");
                continue;
            }
            let at = heard[from..]
                .find(&words)
                .unwrap_or_else(|| panic!("{name}: {words:?} is not heard after {:?}", &heard[..from]));
            from += at + words.len();
        }
        let called = serde_json::to_string(&(&document.blocks, &document.notes)).expect("the model is JSON");
        for (note, blocks) in &document.notes {
            if !called.contains(&format!("{{\"note-reference\":\"{note}\"}}")) {
                continue;
            }
            for words in texts(blocks) {
                assert!(heard.contains(&words), "{name}, note {note}: {words:?}");
            }
        }
        assert!(!heard.contains(|c| ('\u{2f00}'..='\u{2fdf}').contains(&c)), "{name}: no Kangxi radicals");
    }
}
