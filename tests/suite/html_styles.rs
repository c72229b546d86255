//! What a page's own style sheets mean for the document.

use banxin::convert::read;
use banxin::diagnostics::Diagnostics;
use banxin::document::{Block, BlockKind, Document, Inline, ParagraphRole, RubyPosition, plain_text};
use banxin::format::Format;
use banxin::options::{PageCleaning, ReadOptions};
use banxin::source::Source;

fn read_styled(sheet: &str, body: &str) -> (Document, Diagnostics) {
    let options = ReadOptions { page: PageCleaning::Whole, ..ReadOptions::default() };
    let markup = format!("<html lang=zh-CN><head><style>{sheet}</style></head><body>{body}</body></html>");
    let source = Source::from_bytes("page.html", markup.into_bytes());
    read(&source, Some(Format::Html), &options).expect("HTML always yields a document")
}

fn styled(sheet: &str, body: &str) -> Vec<Block> {
    read_styled(sheet, body).0.blocks
}

fn line(sheet: &str, body: &str) -> Vec<Inline> {
    match styled(sheet, &format!("<p>{body}</p>")).remove(0).kind {
        BlockKind::Paragraph { content, .. } => content,
        other => panic!("{other:?} is no paragraph"),
    }
}

#[test]
fn a_sheet_marks_text_as_a_style_attribute_does() {
    let of = |content: &str| vec![Inline::text(content)];
    let cases = [
        (".d { text-emphasis: filled dot }", Inline::EmphasisDots(of("字"))),
        (".d { -webkit-text-emphasis-style: sesame }", Inline::EmphasisDots(of("字"))),
        (".d { text-decoration: underline wavy }", Inline::BookTitle(of("字"))),
        (".d { text-decoration: underline }", Inline::Underline(of("字"))),
        (".d { text-decoration-line: line-through }", Inline::Strike(of("字"))),
        ("p > .d { font-weight: 700 }", Inline::Strong(of("字"))),
        (".d { font-style: italic }", Inline::Emphasis(of("字"))),
        (".d { font-variant: small-caps }", Inline::SmallCaps(of("字"))),
        (".d { vertical-align: super }", Inline::Superscript(of("字"))),
    ];
    for (sheet, expected) in cases {
        assert_eq!(line(sheet, "<span class=d>字</span>"), [expected], "{sheet}");
    }
}

#[test]
fn upright_dotted_emphasis_is_dots_alone() {
    let sheet = "em { font-style: normal; text-emphasis: dot; text-emphasis-position: under right }";
    assert_eq!(line(sheet, "<em>要</em>"), [Inline::EmphasisDots(vec![Inline::text("要")])]);
    assert_eq!(
        line("u { text-decoration: wavy underline }", "<u>书</u>"),
        [Inline::BookTitle(vec![Inline::text("书")])]
    );
}

#[test]
fn a_floating_footnote_is_a_note_where_it_stands() {
    let body = "<p>甲<span class=fn>注<b>一</b></span>乙<a href=#n1><sup>1</sup></a></p>\
                <aside id=n1 class=footnote>旧注</aside><p>丙<span class=fn>注二</span></p>";
    let (document, _) = read_styled(".fn { float: footnote }", body);
    let notes: Vec<String> = document
        .notes
        .values()
        .map(|blocks| match &blocks[0].kind {
            BlockKind::Paragraph { content, .. } => plain_text(content),
            other => panic!("{other:?} is no paragraph"),
        })
        .collect();
    assert_eq!(notes, ["旧注", "注一", "注二"]);
    let BlockKind::Paragraph { content, .. } = &document.blocks[0].kind else { panic!("it is a paragraph") };
    assert_eq!(plain_text(content), "甲乙");
    assert!(matches!(&content[1], Inline::NoteReference(name) if name == "2"), "{content:?}");
}

#[test]
fn breaks_alignment_and_indents_reach_the_blocks() {
    let sheet = "h2.new { break-before: page } .end { page-break-after: always } p { text-indent: 2em }\
                 p.flush { text-indent: 0 } .mid { text-align: center } .sign { text-align: right }";
    let body = "<h1>题</h1><h2 class=new>一</h2><p>甲</p><p class=flush>乙</p><p class='mid end'>丙</p><h2 class=new>二</h2>\
                <p class=sign>丁</p>";
    let kinds: Vec<String> = styled(sheet, body)
        .into_iter()
        .map(|block| match block.kind {
            BlockKind::Paragraph { role, content } => format!("{} {role:?}", plain_text(&content)),
            BlockKind::Heading { content, .. } => plain_text(&content),
            BlockKind::PageBreak => "break".to_owned(),
            other => panic!("{other:?} is not expected"),
        })
        .collect();
    assert_eq!(kinds, ["break", "一", "甲 Body", "乙 Continuation", "丙 Centered", "break", "二", "丁 Closing"]);
}

#[test]
fn a_sheet_that_only_resets_indents_says_nothing() {
    let blocks = styled("* { text-indent: 0 }", "<p>甲</p>");
    assert!(matches!(blocks[0].kind, BlockKind::Paragraph { role: ParagraphRole::Body, .. }));
}

#[test]
fn what_is_not_displayed_is_left_out_and_told_unless_it_is_most_of_the_page() {
    let (document, diagnostics) = read_styled(".x { display: none }", "<p>正文在这里</p><p class=x>藏</p>");
    assert_eq!(document.blocks.len(), 1);
    assert!(diagnostics.entries().iter().any(|one| one.code == "not-displayed"));
    assert_eq!(styled(".x { display: none }", "<p>短</p><div class=x><p>脚本才显示的全文</p></div>").len(), 2);
}

#[test]
fn ruby_stands_where_the_sheet_puts_it() {
    let inlines = line("body { ruby-position: under }", "<ruby>汉<rt>hàn</rt></ruby>");
    assert!(matches!(inlines[0], Inline::Ruby { position: RubyPosition::Under, .. }), "{inlines:?}");
}

#[test]
fn a_linked_sheet_beside_the_source_is_heeded_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let inside = folder.path().join("book");
    std::fs::create_dir(&inside).expect("a folder can be made");
    std::fs::write(inside.join("own.css"), "b { float: footnote }").expect("a file can be written");
    std::fs::write(folder.path().join("outer.css"), "i { float: footnote }").expect("a file can be written");
    let markup = "<link rel=stylesheet href='own.css?v=2'><link rel=stylesheet href='../outer.css'>\
                  <link rel=stylesheet href='https://a.example/own.css'><p>甲<b>注</b><i>斜</i></p>";
    let source = Source::from_bytes("page.html", markup.into()).in_folder(inside);
    let options = ReadOptions { page: PageCleaning::Whole, ..ReadOptions::default() };
    let (document, _) = read(&source, Some(Format::Html), &options).expect("HTML always yields a document");
    assert_eq!(document.notes.len(), 1);
    let BlockKind::Paragraph { content, .. } = &document.blocks[0].kind else { panic!("it is a paragraph") };
    assert_eq!(plain_text(content), "甲斜");
}
