//! EPUB through the public door.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use banxin::convert;
use banxin::diagnostics::Diagnostics;
use banxin::document::{Block, BlockKind, Document, Inline, Level, walk_inlines};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{EpubFonts, PageStart, ReadOptions, WriteOptions};
use banxin::source::Source;
use banxin::themes::Theme;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/writers/epub").join(name)
}

fn document(name: &str) -> Document {
    let source = Source::open(&fixture(name), 1 << 20).expect("the fixture is there");
    convert::read(&source, Some(Format::Json), &ReadOptions::default()).expect("the fixture is a document").0
}

fn write(document: &Document, options: &WriteOptions) -> (Vec<u8>, Diagnostics) {
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::bundled()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    let (artifact, diagnostics) =
        convert::write(document, Format::Epub, &edition, options).expect("every document can be an EPUB");
    (artifact.bytes, diagnostics)
}

fn without_fonts() -> WriteOptions {
    let mut options = WriteOptions::default();
    options.epub.fonts = EpubFonts::None;
    options
}

/// Names and contents of all files, in the order of the container.
fn files(epub: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an EPUB is a ZIP file");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("the directory is right");
            let mut data = Vec::new();
            file.read_to_end(&mut data).expect("the data are whole");
            (file.name().expect("names are UTF-8").into_owned(), data)
        })
        .collect()
}

fn text_of(epub: &[u8], name: &str) -> String {
    let found = files(epub).into_iter().find(|(path, _)| path == name).expect(name);
    String::from_utf8(found.1).expect("markup is UTF-8")
}

/// All text files one after another, the others by name and size.
fn unpacked(epub: &[u8]) -> String {
    let mut out = String::new();
    for (name, data) in files(epub) {
        let is_text = [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|extension| name.ends_with(extension));
        match String::from_utf8(data) {
            Ok(text) if is_text => out.push_str(&format!("==== {name}\n{text}")),
            Ok(text) if name.ends_with(".css") => {
                out.push_str(&format!("==== {name}\n{} rules\n", text.matches('{').count()))
            }
            Ok(text) => out.push_str(&format!("==== {name}\n{} bytes\n", text.len())),
            Err(error) => out.push_str(&format!("==== {name}\n{} bytes\n", error.as_bytes().len())),
        }
    }
    out
}

/// `BLESS=1 cargo test` rewrites goldens.
fn compare_with_golden(path: &Path, found: &str) {
    #[expect(clippy::disallowed_methods, reason = "a test may be told to rewrite its golden")]
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, found).expect("the golden can be written");
    }
    let golden = fs::read_to_string(path).unwrap_or_default();
    assert!(golden == found, "{} differs; BLESS=1 rewrites it, then read the diff", path.display());
}

#[test]
fn every_kind_of_node_has_its_markup() {
    let (epub, _) = write(&document("every_kind.json"), &without_fonts());
    compare_with_golden(&fixture("every_kind.golden"), &unpacked(&epub));
}

#[test]
fn the_first_entry_is_the_bare_media_type() {
    let (epub, _) = write(&document("every_kind.json"), &without_fonts());
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(epub[8..10], [0, 0], "mimetype is stored");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let options = WriteOptions::default();
    let document = document("every_kind.json");
    assert_eq!(write(&document, &options).0, write(&document, &options).0);
}

#[test]
fn the_identifier_follows_the_content() {
    let identifier = |document: &Document| {
        let package = text_of(&write(document, &without_fonts()).0, "EPUB/package.opf");
        let start = package.find("urn:uuid:").expect("a UUID");
        package[start..start + 45].to_owned()
    };
    let document = document("every_kind.json");
    let mut other = document.clone();
    other.blocks.push(Block::paragraph(vec![Inline::text("又一段。")]));
    assert_eq!(identifier(&document), identifier(&document));
    assert_ne!(identifier(&document), identifier(&other));
}

#[test]
fn no_character_of_the_text_is_lost() {
    let document = document("every_kind.json");
    let (epub, _) = write(&document, &WriteOptions::default());
    let markup: String = files(&epub)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".xhtml"))
        .map(|(_, data)| String::from_utf8(data).expect("markup is UTF-8"))
        .collect();
    let bare = without_tags(&markup);
    walk_inlines(&document.blocks, &mut |inlines| expect_texts(inlines, &bare));
    for note in document.notes.values() {
        walk_inlines(note, &mut |inlines| expect_texts(inlines, &bare));
    }
}

fn expect_texts(inlines: &[Inline], bare: &str) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                let words = text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
                words.for_each(|piece| assert!(bare.contains(piece), "{piece} is lost"));
            }
            other => expect_texts(other.children(), bare),
        }
    }
}

/// The words between the tags, without those of annotations.
fn without_tags(markup: &str) -> String {
    let parts = markup.split('<').filter(|part| !part.starts_with("rt>") && !part.starts_with("rp>"));
    parts.filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

#[test]
fn headings_never_skip_a_rank() {
    let heading = |level| Block::heading(Level::clamped(level), vec![Inline::text("题")]);
    let document = Document { blocks: [2, 5, 6, 3, 6, 2].map(heading).to_vec(), ..Document::default() };
    let (epub, _) = write(&document, &without_fonts());
    let chapter = text_of(&epub, "EPUB/chapter-001.xhtml");
    let ranks: String =
        chapter.split("<h").filter_map(|part| part.chars().next()).filter(char::is_ascii_digit).collect();
    assert_eq!(ranks, "123231");
}

#[test]
fn a_vertical_book_turns_its_pages_to_the_left() {
    let mut options = without_fonts();
    options.vertical = true;
    let text = vec![Inline::text("民国12年5月1,500人到了A城！")];
    let document = Document { blocks: vec![Block::paragraph(text)], ..Document::default() };
    let (epub, _) = write(&document, &options);
    assert!(text_of(&epub, "EPUB/package.opf").contains("page-progression-direction=\"rtl\""));
    assert!(text_of(&epub, "EPUB/style.css").contains("writing-mode: vertical-rl"));
    let upright = |words: &str| format!("<span class=\"tcy\">{words}</span>");
    let expected = format!("民国{}年{}月1,500人到了{}城！", upright("12"), upright("5"), upright("A"));
    assert!(text_of(&epub, "EPUB/chapter-001.xhtml").contains(&expected));
}

#[test]
fn hostile_documents_still_give_a_book() {
    let mut deep = Block::paragraph(vec![Inline::text("底")]);
    for _ in 0..400 {
        deep = BlockKind::Quote { blocks: vec![deep], attribution: Default::default() }.into();
    }
    let mut document = Document::default();
    document.metadata.title = Some("\u{0}<&>\u{FFFF}".to_owned());
    document.metadata.date = Some("昨天".to_owned());
    document.blocks =
        vec![deep, Block::paragraph(vec![Inline::NoteReference("没有".to_owned()), Inline::Math("{".repeat(9_999))])];
    document.blocks[1].attributes.id = Some("\" onclick=\"".to_owned());
    let (epub, diagnostics) = write(&document, &WriteOptions::default());
    let chapter = text_of(&epub, "EPUB/chapter-001.xhtml");
    assert!(chapter.contains("<title>&lt;&amp;&gt;</title>") && !chapter.contains("onclick=\"\""));
    for code in ["too-deep", "missing-note", "mathematics"] {
        assert!(diagnostics.counts().contains_key(code), "{code} is reported");
    }
}

/// The fonts in a book, by path.
fn fonts(epub: &[u8]) -> Vec<(String, Vec<u8>)> {
    let is_font = |path: &String| path.ends_with(".otf") || path.ends_with(".ttf");
    files(epub).into_iter().filter(|(path, _)| is_font(path)).collect()
}

#[test]
fn rare_characters_bring_their_own_face_and_its_licence() {
    let text = vec![Inline::text("常见字与𠮷野家、㐂。")];
    let document = Document { blocks: vec![Block::paragraph(text)], ..Document::default() };
    let (epub, diagnostics) = write(&document, &WriteOptions::default());
    assert!(diagnostics.entries().iter().any(|entry| entry.code == "font-size"), "what the fonts add is told");
    let chapter = text_of(&epub, "EPUB/chapter-001.xhtml");
    assert!(chapter.contains("常见字与<span class=\"rare\">𠮷</span>野家、<span class=\"rare\">㐂</span>。"));
    let fonts = fonts(&epub);
    assert_eq!(fonts.len(), 1);
    assert!(fonts[0].1.len() < 20_000, "nine characters in {} bytes", fonts[0].1.len());
    let styles = text_of(&epub, "EPUB/style.css");
    assert!(styles.contains(":root { font-family: serif, \"banxin-rare-1\"; }"), "the whole text has a last resort");
    assert!(text_of(&epub, "EPUB/fonts/OFL-NotoSerifCJK.txt").contains("SIL OPEN FONT LICENSE"));
    let plain = Document { blocks: vec![Block::paragraph(vec![Inline::text("常见字")])], ..Document::default() };
    assert!(self::fonts(&write(&plain, &WriteOptions::default()).0).is_empty(), "no rare character, no font");
}

#[test]
fn a_character_without_any_face_is_reported_or_refused() {
    let document = Document { blocks: vec![Block::paragraph(vec![Inline::text("\u{323AF}")])], ..Document::default() };
    let mut options = WriteOptions::default();
    let (_, diagnostics) = write(&document, &options);
    assert!(diagnostics.counts().contains_key("missing-glyph"));
    options.missing_glyph = banxin::options::MissingGlyph::Fail;
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::bundled()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    assert!(convert::write(&document, Format::Epub, &edition, &options).is_err());
}

#[test]
fn a_book_without_a_cover_gets_one_drawn() {
    let title = |words: &str| {
        let mut document = Document::default();
        document.metadata.title = Some(words.to_owned());
        document.blocks.push(Block::paragraph(vec![Inline::text("正文。")]));
        let (epub, _) = write(&document, &WriteOptions::default());
        assert!(text_of(&epub, "EPUB/package.opf").contains("properties=\"cover-image\""));
        files(&epub).into_iter().find(|(path, _)| path == "EPUB/images/cover.png").expect("a cover").1
    };
    let cover = title("慢河");
    assert!(cover.starts_with(b"\x89PNG"));
    assert_eq!(&cover[16..24], [0, 0, 2, 208, 0, 0, 4, 56], "720 by 1,080 pixels");
    assert_eq!(cover, title("慢河"));
    assert_ne!(cover, title("慢江"));
    assert!(cover.len() < 12_000, "{} bytes", cover.len());
}

/// A ZIP file of these entries.
fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a fresh name");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn read(bytes: Vec<u8>) -> Result<(Document, Diagnostics), banxin::error::Error> {
    convert::read(&Source::from_bytes("book.epub", bytes), None, &ReadOptions::default())
}

const CONTAINER: (&str, &str) = (
    "META-INF/container.xml",
    "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>",
);

/// An old book as they are met: prefixes, notes in a file of their own, a cover in a drawing, a space in a name.
#[test]
fn an_old_book_is_read_with_its_notes_and_links() {
    let package = "<?xml version='1.0'?><opf:package xmlns:opf='http://www.idpf.org/2007/opf' version='2.0'>\
        <opf:metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>旧书</dc:title>\
        <dc:creator opf:role='aut' opf:file-as='Jia'>甲</dc:creator><dc:creator opf:role='trl'>乙</dc:creator>\
        <dc:language>zh-CN</dc:language><opf:meta name='cover' content='img'/></opf:metadata>\
        <opf:manifest><opf:item id='a' href='t%20one.html' media-type='application/xhtml+xml'/>\
        <opf:item id='c' href='cover.html' media-type='application/xhtml+xml'/>\
        <opf:item id='b' href='two.html' media-type='application/xhtml+xml'/>\
        <opf:item id='n' href='notes.html' media-type='application/xhtml+xml'/>\
        <opf:item id='img' href='c.svg' media-type='image/svg+xml'/></opf:manifest>\
        <opf:spine toc='ncx'><opf:itemref idref='c'/><opf:itemref idref='a'/><opf:itemref idref='b'/>\
        <opf:itemref idref='n'/></opf:spine></opf:package>";
    let one = "<html><body><h2 id='x'>第一章</h2><p>正文<sup><a href='notes.html#n1'>[1]</a></sup>，\
        见<a href='two.html#x'>下章</a>与<a href='gone.html'>不在的</a>。</p></body></html>";
    let bytes = zipped(&[
        ("mimetype", "application/epub+zip"),
        CONTAINER,
        ("OEBPS/book.opf", package),
        ("OEBPS/cover.html", "<html><body><svg><image xlink:href='c.svg'/></svg></body></html>"),
        ("OEBPS/t one.html", one),
        ("OEBPS/two.html", "<html><body><h2 id='x'>第二章</h2><p>后文。</p></body></html>"),
        ("OEBPS/notes.html", "<html><body><p><a id='n1' href='t%20one.html#x'>[1]</a>注文。</p></body></html>"),
        ("OEBPS/c.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"),
    ]);
    let (document, _) = read(bytes).expect("it is a book");
    assert_eq!(document.metadata.title.as_deref(), Some("旧书"));
    let makers: Vec<_> =
        document.metadata.contributors.iter().map(|one| (one.name.as_str(), one.role.as_str())).collect();
    assert_eq!(makers, [("甲", "author"), ("乙", "translator")]);
    assert!(document.metadata.cover.is_some());
    let headings: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { level, .. } => Some((level.get(), block.attributes.id.clone().unwrap_or_default())),
            _ => None,
        })
        .collect();
    assert_eq!(headings, [(1, "x".to_owned()), (1, "x-3".to_owned())]);
    let BlockKind::Paragraph { content, .. } = &document.blocks[1].kind else { panic!("a paragraph") };
    let is_link = |inline: &&Inline| matches!(inline, Inline::Link(link) if link.target == "#x-3");
    assert!(content.iter().any(|inline| matches!(inline, Inline::NoteReference(_))));
    assert_eq!(content.iter().filter(is_link).count(), 1);
    assert_eq!(document.notes.len(), 1);
    assert_eq!(document.blocks.len(), 4, "the cover and the note are not in the text");
}

#[test]
fn what_was_written_is_read_again() {
    let document = document("every_kind.json");
    let (read, _) = read(write(&document, &WriteOptions::default()).0).expect("our own book");
    assert_eq!(read.metadata.title, document.metadata.title);
    assert_eq!(read.metadata.subtitle, document.metadata.subtitle);
    assert_eq!(read.metadata.contributors, document.metadata.contributors);
    assert_eq!(read.metadata.series_position, document.metadata.series_position);
    assert!(read.metadata.cover.is_some());
    let headings = |document: &Document| banxin::document::Outline::of(&document.blocks).entries.len();
    assert_eq!(headings(&read), headings(&document));
    let (again, _) = write(&read, &without_fonts());
    let markup: String = files(&again).into_iter().filter_map(|(_, data)| String::from_utf8(data).ok()).collect();
    let bare = without_tags(&markup);
    walk_inlines(&document.blocks, &mut |inlines| expect_texts(inlines, &bare));
}

#[test]
fn what_is_no_book_or_too_large_is_refused_with_a_reason() {
    let empty = zipped(&[("mimetype", "application/epub+zip")]);
    let no_chapter = zipped(&[CONTAINER, ("OEBPS/book.opf", "<package><spine/></package>")]);
    for bytes in [b"PK\x03\x04 broken".to_vec(), Vec::new(), empty, no_chapter] {
        let message = read(bytes).expect_err("no book").to_string();
        assert!(message.contains("no EPUB"), "{message}");
    }
    let large = "<p>长</p>".repeat(100_000);
    let package =
        "<package><manifest><item id='a' href='a.html'/></manifest><spine><itemref idref='a'/></spine></package>";
    let bomb = zipped(&[CONTAINER, ("OEBPS/book.opf", package), ("OEBPS/a.html", &large)]);
    let mut options = ReadOptions::default();
    options.limits.bytes = 100_000;
    assert!(bomb.len() < 20_000);
    let message =
        convert::read(&Source::from_bytes("bomb.epub", bomb), None, &options).map(|_| ()).expect_err("refused");
    assert!(message.to_string().contains("no EPUB"), "{message}");
}

#[test]
fn a_book_under_lock_is_refused_and_obfuscated_fonts_are_not() {
    let package =
        "<package><manifest><item id='a' href='a.html'/></manifest><spine><itemref idref='a'/></spine></package>";
    let lock = |path: &str| {
        format!(
            "<encryption><EncryptedData><CipherData><CipherReference URI='{path}'/></CipherData></EncryptedData></encryption>"
        )
    };
    let book = |path: &str| {
        zipped(&[
            CONTAINER,
            ("OEBPS/book.opf", package),
            ("OEBPS/a.html", "<p>文</p>"),
            ("META-INF/encryption.xml", &lock(path)),
        ])
    };
    assert!(read(book("OEBPS/a.html")).expect_err("locked").to_string().contains("DRM"));
    assert!(read(book("OEBPS/font.otf")).is_ok());
}

/// Declarations by selector, in the order of the sheet; at-rules left out.
fn rules(css: &str) -> Vec<(String, String)> {
    let bare: String = css.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
    let mut rules = Vec::new();
    for rule in bare.split('}') {
        let Some((selectors, declarations)) = rule.split_once('{') else { continue };
        for selector in selectors.split(',').map(str::trim).filter(|one| !one.starts_with('@')) {
            rules.push((selector.to_owned(), declarations.trim().to_owned()));
        }
    }
    rules
}

fn assert_declared(css: &str, expected: &[(&str, &str)]) {
    let rules = rules(css);
    for (selector, declaration) in expected {
        let declared = rules.iter().any(|(one, all)| {
            one == selector && all.split(';').any(|one| one.trim() == declaration.trim_end_matches(';'))
        });
        assert!(declared, "{selector} has {declaration}");
    }
}

/// The rules of docs/clreq.md that a style sheet can say, with the words old WebKit and Kindle know where those differ.
#[test]
fn the_style_sheet_keeps_the_rules_of_chinese_text() {
    let css = text_of(&write(&document("every_kind.json"), &without_fonts()).0, "EPUB/style.css");
    let expected = [
        // Indents of two ems, none where a paragraph goes on (clreq §3.4.1).
        ("p", "text-indent: 2em"),
        ("p", "margin: 0"),
        ("p.continuation", "text-indent: 0"),
        ("p.closing", "text-align: end"),
        (":lang(ja) p", "text-indent: 1em"),
        // Lines: what may not begin or end one, trimmed and hanging marks, space before Latin.
        ("body", "line-break: strict"),
        ("body", "-webkit-line-break: strict"),
        ("body", "-epub-line-break: strict"),
        ("body", "text-spacing-trim: trim-start"),
        ("body", "text-autospace: normal"),
        ("body", "hanging-punctuation: allow-end"),
        ("body", "text-align: justify"),
        ("code", "text-autospace: no-autospace"),
        // What is too wide scrolls.
        ("div.table", "overflow-x: auto"),
        ("pre", "overflow-x: auto"),
        // Emphasis dots, proper names and book titles.
        ("em", "font-style: normal"),
        ("em", "text-emphasis: filled dot"),
        ("em", "-webkit-text-emphasis: filled dot"),
        ("em", "-epub-text-emphasis-style: filled dot"),
        ("em", "text-emphasis-position: under right"),
        (":lang(ja) em", "text-emphasis-position: over right"),
        ("u.proper-name", "text-decoration: underline"),
        ("cite.book-title", "text-decoration: underline wavy"),
        // Ruby half as large as its base.
        ("rt", "font-size: 0.5em"),
        ("ruby.inter-character", "ruby-position: inter-character"),
        // Headings stay with what follows; no page begins or ends with a single line.
        ("h3", "break-after: avoid"),
        ("h3", "page-break-after: avoid"),
        ("p", "widows: 2"),
        ("p", "orphans: 2"),
    ];
    assert_declared(&css, &expected);
    assert!(!css.contains("var("), "old readers know no variables");
    assert!(!css.contains("http") && !css.contains("@import"), "nothing is fetched");
}

#[test]
fn a_vertical_book_is_set_by_the_rules_of_vertical_text() {
    let mut options = without_fonts();
    options.vertical = true;
    let css = text_of(&write(&document("every_kind.json"), &options).0, "EPUB/style.css");
    let expected = [
        ("html", "writing-mode: vertical-rl"),
        ("html", "-webkit-writing-mode: vertical-rl"),
        ("html", "-epub-writing-mode: vertical-rl"),
        ("body", "text-orientation: mixed"),
        (".tcy", "text-combine-upright: all"),
        (".tcy", "-webkit-text-combine: horizontal"),
        (".tcy", "-epub-text-combine: horizontal"),
        ("em", "text-emphasis-position: over right"),
        ("u.proper-name", "text-underline-position: left"),
    ];
    assert_declared(&css, &expected);
    let horizontal = text_of(&write(&document("every_kind.json"), &without_fonts()).0, "EPUB/style.css");
    assert!(!horizontal.contains("vertical-rl"));
}

fn page(label: &str, letter: usize, following: &str) -> PageStart {
    PageStart { label: label.to_owned(), letter, following: following.to_owned() }
}

#[test]
fn the_pages_of_a_print_are_listed_three_times_and_marked_in_the_text() {
    let heading = Block::heading(Level::FIRST, vec![Inline::text("河")]);
    let text = |words: &str| Block::paragraph(vec![Inline::text(words)]);
    let blocks = vec![heading.clone(), text("天地玄黄，宇宙洪荒。"), heading, text("日月盈昃，辰宿列张。")];
    let document = Document { blocks, ..Document::default() };
    let mut options = without_fonts();
    options.epub.pages = vec![page("1", 0, "河天地玄黄"), page("2", 5, "宇宙洪荒河"), page("3", 12, "盈昃辰宿")];
    let (epub, _) = write(&document, &options);
    let mark = |number: u8| {
        format!(
            "<span id=\"printed-page-{number}\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"{number}\"></span>"
        )
    };
    assert!(text_of(&epub, "EPUB/chapter-001.xhtml").contains(&format!("天地玄黄，{}宇宙洪荒", mark(2))));
    assert!(text_of(&epub, "EPUB/chapter-002.xhtml").contains(&format!("日月{}盈昃", mark(3))));
    let nav = text_of(&epub, "EPUB/nav.xhtml");
    assert!(nav.contains("epub:type=\"page-list\"") && nav.contains("chapter-002.xhtml#printed-page-3\">3</a>"));
    let ncx = text_of(&epub, "EPUB/toc.ncx");
    assert!(
        ncx.contains("<meta name=\"dtb:totalPageCount\" content=\"3\"/>") && ncx.matches("<pageTarget ").count() == 3
    );
    let package = text_of(&epub, "EPUB/package.opf");
    assert!(package.contains("property=\"pageBreakSource\"") && package.contains(">pageBreakMarkers<"));
    let (plain, _) = write(&document, &without_fonts());
    assert!(!text_of(&plain, "EPUB/nav.xhtml").contains("page-list"));
}

/// The PDF of a document says where its pages begin, and the EPUB of the same run marks them all.
#[test]
fn every_page_of_the_pdf_is_found_in_the_book() {
    let sentence = "水落鱼梁浅，天寒梦泽深。羊公碑字在，读罢泪沾襟。";
    let mut blocks = vec![Block::heading(Level::FIRST, vec![Inline::text("登岘山")])];
    for number in 0..60 {
        let words = format!("第{number}段。{}", sentence.repeat(1 + number % 9));
        blocks.push(Block::paragraph(vec![Inline::text(words), Inline::Strong(vec![Inline::text("江山留胜迹。")])]));
    }
    let document = Document { blocks, ..Document::default() };
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::bundled()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    let mut listing = WriteOptions::default();
    listing.pdf.page_starts = true;
    let (pdf, _) = convert::write(&document, Format::Pdf, &edition, &listing).expect("a PDF");
    assert!(pdf.pages.len() > 3, "{} pages", pdf.pages.len());
    let labels: Vec<&str> = pdf.pages.iter().map(|page| page.label.as_str()).collect();
    let mut options = without_fonts();
    options.epub.pages.clone_from(&pdf.pages);
    let (epub, _) = write(&document, &options);
    let chapter = text_of(&epub, "EPUB/chapter-001.xhtml");
    let marked: Vec<&str> =
        chapter.split("doc-pagebreak\" aria-label=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    assert_eq!(marked, labels);
    // The first page begins with the title, which has no mark in it.
    for start in &pdf.pages[1..] {
        let after = chapter.split(&format!("aria-label=\"{}\"></span>", start.label)).nth(1).expect("the mark");
        let letters: String = without_tags(&format!("<x>{after}")).chars().filter(|c| c.is_alphanumeric()).collect();
        let first: String = start.following.chars().take(12).collect();
        assert!(letters.starts_with(&first), "page {}: {first}", start.label);
    }
}

/// Paths with other slashes and cases than the container's, an encoding that is only declared, entities of its own.
#[test]
fn a_dirty_book_is_read_whole() {
    let package = "<package><metadata><dc:title>脏书</dc:title></metadata><manifest>\
        <item id='a' href='Text/%E7%AB%A0.HTML' media-type='application/xhtml+xml'/><item id='n' href='toc.ncx'/>\
        </manifest><spine toc='n'><itemref idref='a'/><itemref idref='none'/></spine></package>";
    let ncx = "<ncx><navMap><navPoint><navLabel><text>第一回</text></navLabel><content src='text/章.html'/></navPoint></navMap></ncx>";
    let body = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。及秦灭之后，楚汉分争，又并入于汉。";
    let chapter = format!(
        "<!DOCTYPE html [<!ENTITY me '我'>]><html><body><p>&me;们&mdash;{body}<br>未闭合<p>又一段</body></html>"
    );
    let bytes = zipped(&[
        ("META-INF/container.xml", "<container><rootfile full-path='OEBPS\\Book.OPF'/></container>"),
        ("oebps/book.opf", package),
        ("oebps/toc.ncx", ncx),
        ("oebps/text/章.html", &chapter),
        ("../../evil.txt", "x"),
    ]);
    let document = convert::read(&Source::from_bytes("book.epub", bytes), Some(Format::Epub), &ReadOptions::default())
        .expect("it is a book")
        .0;
    let text: String = document
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading { content, .. } => format!("# {}\n", banxin::document::plain_text(content)),
            BlockKind::Paragraph { content, .. } => format!("{}\n", banxin::document::plain_text(content)),
            other => format!("{other:?}\n"),
        })
        .collect();
    assert_eq!(text, format!("# 第一回\n我们—{body}\n未闭合\n又一段\n"));
}
