//! Markdown through the public door: emphasis beside CJK punctuation, round trips, the laws of reading and writing.

use std::collections::BTreeMap;
use std::sync::Arc;

use banxin::document::{
    Block, BlockKind, BoxRole, Cell, ColumnAlignment, Document, Image, Inline, Level, Link, ListItem, ListMarks,
    NumberDelimiter, Numeral, Rare, Resource, Row, RubyPair, RubyPosition, Table, plain_text, walk_blocks,
    walk_blocks_mut, walk_inlines_mut,
};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::FontBook;
use banxin::format::Format;
use banxin::options::{
    HtmlUse, LinkStyle, MarkdownFlavour, MarkdownOptions, PicturePlace, ReadOptions, Wrap, WriteOptions,
};
use banxin::source::Source;
use banxin::themes::Theme;
use banxin::{convert, readers};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const FLAVOURS: [MarkdownFlavour; 3] = [MarkdownFlavour::Banxin, MarkdownFlavour::Gfm, MarkdownFlavour::CommonMark];

/// What the reader makes of a source, without places and without the anchors that follow from the words.
fn read(markdown: &str, flavour: MarkdownFlavour) -> Document {
    let source = Source::from_bytes("a.md", markdown.as_bytes().to_vec());
    let options = ReadOptions { markdown: flavour, ..ReadOptions::default() };
    let reader = readers::reader(Format::Markdown).expect("Markdown can be read");
    let mut document = reader.read(&source, &options, &mut Default::default()).expect("Markdown is always read");
    document.provenance = Default::default();
    walk_blocks_mut(&mut document.blocks, &mut |block| block.origin = None);
    document.notes.values_mut().for_each(|blocks| walk_blocks_mut(blocks, &mut |block| block.origin = None));
    document
}

fn write(document: &Document, flavour: MarkdownFlavour, wrap: Wrap) -> String {
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::default()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    let options = WriteOptions {
        markdown: MarkdownOptions { flavour, wrap, ..MarkdownOptions::default() },
        ..WriteOptions::default()
    };
    let (artifact, _) = convert::write(document, Format::Markdown, &edition, &options).expect("it can be written");
    String::from_utf8(artifact.bytes).expect("Markdown is UTF-8")
}

/// A short notation of inlines: `*…*`, `**…**`, `~~…~~`, code in backticks.
fn shown(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Code(text) => format!("`{text}`"),
        Inline::Emphasis(content) => format!("<em>{}</em>", shown(content)),
        Inline::Strong(content) => format!("<strong>{}</strong>", shown(content)),
        Inline::Strike(content) => format!("<del>{}</del>", shown(content)),
        Inline::Link(link) => format!("<a>{}</a>", shown(&link.content)),
        other => format!("{other:?}"),
    };
    inlines.iter().map(one).collect()
}

fn first_paragraph(markdown: &str, flavour: MarkdownFlavour) -> String {
    match read(markdown, flavour).blocks.into_iter().next().map(|block| block.kind) {
        Some(BlockKind::Paragraph { content, .. }) => shown(&content),
        other => panic!("no paragraph but {other:?}"),
    }
}

#[test]
fn emphasis_beside_cjk_punctuation_opens_and_closes() {
    let cases = [
        ("**他说。**后来走了", "<strong>他说。</strong>后来走了"),
        ("据说**“山”**很高", "据说<strong>“山”</strong>很高"),
        ("据说**（山）**很高", "据说<strong>（山）</strong>很高"),
        ("据说**山(Shan)**很高", "据说<strong>山(Shan)</strong>很高"),
        ("先看**`a`**再看", "先看<strong>`a`</strong>再看"),
        ("先看**[甲](b)**再看", "先看<strong><a>甲</a></strong>再看"),
        ("名为*《书》*的书", "名为<em>《书》</em>的书"),
        ("これは**「本」**です", "これは<strong>「本」</strong>です"),
        ("**산(Mountain)**을 보다", "<strong>산(Mountain)</strong>을 보다"),
        ("~~不要。~~要", "<del>不要。</del>要"),
        ("a**「b」**c", "a<strong>「b」</strong>c"),
        ("**_x_**后", "<strong><em>x</em></strong>后"),
        ("***甲。***乙", "<em><strong>甲。</strong></em>乙"),
        ("**甲！**乙**丙？**丁", "<strong>甲！</strong>乙<strong>丙？</strong>丁"),
        (r"\**甲。*乙", "*<em>甲。</em>乙"),
        ("`**甲。**乙`", "`**甲。**乙`"),
        ("山。\u{FE00}_水。_", "山。\u{FE00}<em>水。</em>"),
        // Western text keeps CommonMark's rule.
        ("a**(b)**c", "a**(b)**c"),
        ("** 甲 **", "** 甲 **"),
    ];
    for (markdown, wanted) in cases {
        assert_eq!(first_paragraph(markdown, MarkdownFlavour::Banxin), wanted, "{markdown}");
    }
    assert_eq!(first_paragraph("**他说。**后来", MarkdownFlavour::CommonMark), "**他说。**后来");
}

#[test]
fn lines_are_joined_as_their_script_asks() {
    for (markdown, wanted) in [
        ("山高\n水长", "山高水长"),
        ("山高\nhigh\nlow", "山高 high low"),
        ("山高，\n**水**\n长", "山高，<strong>水</strong>长"),
        ("한국\n사람", "한국 사람"),
        ("> 山\n> 水", "山水"),
    ] {
        let document = read(markdown, MarkdownFlavour::Banxin);
        let block = match &document.blocks[0].kind {
            BlockKind::Quote { blocks, .. } => &blocks[0],
            _ => &document.blocks[0],
        };
        let BlockKind::Paragraph { content, .. } = &block.kind else { panic!("{markdown} is no paragraph") };
        assert_eq!(shown(content), wanted, "{markdown}");
    }
}

/// Sources whose written form is themselves: nothing is escaped or moved without need.
#[test]
fn clean_markdown_stays_as_it_is() {
    for markdown in [
        "# 题\n\n第一段，**强调。**后文。\n\n- 甲\n- 乙\n  - 丙\n\n1. 一\n2. 二\n",
        "---\ntitle: 记：一日\nauthor:\n  - 甲\n  - 乙\ndate: 2024-03-05\nkeywords:\n  - 山\n---\n\n正文。\n",
        "| 名   |   数 |\n| ---- | ---: |\n| 山   |    1 |\n| 很长 | 2000 |\n",
        "| 名  | 数  |\n| --- | --- |\n| 山  | 1   |\n\n: 山的**数目**\n",
        "> [!NOTE]\n> 注意。\n\n> 引文。\n>\n> 二段。\n",
        "```rust\nfn main() {}\n```\n\n```text\n\n空行\n```\n",
        "文[^1]字。\n\n[^1]: 注文。\n\n    第二段。\n",
        "- [x] 已做\n- [ ] 未做\n",
        "甲[乙](https://example.org/a \"题\")![图](a.png)<https://example.org>`码`$x^2$\n",
        "术语\n: 意思。\n",
        "$$\na + b\n$$\n",
        "## 二 {#other .wide}\n\n见[二](#other)。\n",
        "H~2~O、[山]{.ruby annotation=やま}、[Ctrl]{.kbd}、[重]{.mark}、[线]{.underline}\n",
        "一行\\\n又一行，a * b，snake_case，3 < 5，价$5，~10\n",
        "- 甲\n\n<!-- -->\n\n- 乙\n",
    ] {
        assert_eq!(write(&read(markdown, MarkdownFlavour::Banxin), MarkdownFlavour::Banxin, Wrap::None), markdown);
    }
}

#[test]
fn what_a_flavour_cannot_say_becomes_html() {
    let document = read("**他说。**后来\n\n| 甲 |\n| -- |\n| 乙 |\n", MarkdownFlavour::Banxin);
    assert_eq!(
        write(&document, MarkdownFlavour::CommonMark, Wrap::None),
        "<strong>他说。</strong>后来\n\n<table>\n<thead>\n<tr>\n<th>甲</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>乙</td>\n</tr>\n\
         </tbody>\n</table>\n"
    );
}

#[test]
fn what_a_flavour_cannot_say_is_a_diagnostic_where_html_is_not_wanted() {
    let markdown = "**他说。**后来<mark>落</mark>[山]{.ruby annotation=shān}\n\n::: {.aside title=\"旁\"}\n\n石。\n\n:::\n\n\
                    <table>\n<thead><tr><th colspan=\"2\">甲</th></tr></thead>\n<tr><td rowspan=\"2\">乙</td><td>丙</td></tr>\n\
                    <tr><td><p>丁</p><p>戊</p></td></tr>\n</table>\n\n<video src=\"a\"></video>\n";
    let document = read(markdown, MarkdownFlavour::Banxin);
    let edition = Edition { theme: Arc::default(), fonts: Arc::new(FontBook::default()), timestamp: DEFAULT_TIMESTAMP };
    let without = |flavour| {
        let markdown = MarkdownOptions { flavour, html: HtmlUse::Never, ..MarkdownOptions::default() };
        let options = WriteOptions { markdown, ..WriteOptions::default() };
        convert::write(&document, Format::Markdown, &edition, &options).expect("it can be written")
    };
    let (written, diagnostics) = without(MarkdownFlavour::Gfm);
    assert_eq!(
        String::from_utf8_lossy(&written.bytes),
        "他说。后来落山（shān）\n\n**旁**\n\n石。\n\n| 甲  |       |\n| --- | ----- |\n| 乙  | 丙    |\n|     | 丁 戊 |\n"
    );
    let said: Vec<_> = diagnostics.entries().iter().filter(|one| one.code == "without-html").collect();
    assert_eq!(said.len(), 7, "{said:?}");
    let (written, _) = without(MarkdownFlavour::CommonMark);
    let text = String::from_utf8_lossy(&written.bytes);
    assert!(text.ends_with("甲 | \\\n乙 | 丙\\\n| 丁 戊\n"), "{text}");
}

#[test]
fn wrapped_lines_read_as_one_paragraph() {
    let markdown =
        "山高月小，水落石出。曾**日月**之几何。而江山不可复识矣 and some English words, too. 予乃摄衣而上！\n";
    let document = read(markdown, MarkdownFlavour::Banxin);
    let wrapped = write(&document, MarkdownFlavour::Banxin, Wrap::Columns(20));
    assert!(wrapped.lines().count() > 4, "{wrapped}");
    assert_eq!(read(&wrapped, MarkdownFlavour::Banxin), document);
    let sentences = write(&document, MarkdownFlavour::Banxin, Wrap::Sentence);
    assert_eq!(sentences.lines().next(), Some("山高月小，水落石出。"));
    assert_eq!(read(&sentences, MarkdownFlavour::Banxin), document);
}

/// The model through pandoc's tree and back, for all that both have.
#[test]
fn pandocs_tree_gives_the_same_document() {
    let markdown = "---\ntitle: 题\nkeywords:\n  - 甲\n---\n\n# 一 {#one}\n\n山**高。**月`小`，*水* $x^2$[^1]<mark>落</mark>\n石\\\n出\n\n\
                    - [x] 甲\n- [ ] 乙\n\n3. 丙\n\n   丁\n\n> 引\n\n| 左 | 右 |\n| -- | -: |\n| a b | [c](d \"e\") |\n\n\
                    ```rust\nfn a() {}\n```\n\n$$\na\n$$\n\n> [!TIP]\n> 好\n\n术\n: 义\n\n---\n\n![图](a.png)\n\n[^1]: 注\n";
    let document = read(markdown, MarkdownFlavour::Banxin);
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::default()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    let (tree, diagnostics) =
        convert::write(&document, Format::Pandoc, &edition, &WriteOptions::default()).expect("a tree is written");
    assert!(diagnostics.entries().is_empty());
    let source = Source::from_bytes("a.pandoc.json", tree.bytes);
    let reader = readers::reader(Format::Pandoc).expect("pandoc's tree can be read");
    let back = reader.read(&source, &ReadOptions::default(), &mut Default::default()).expect("it is a tree");
    assert_eq!(back, document);
}

#[test]
fn pandocs_own_elements_are_read() {
    let tree = r#"{"pandoc-api-version":[1,22],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Quoted","c":[{"t":"DoubleQuote"},
        [{"t":"Str","c":"山"},{"t":"SoftBreak"},{"t":"Str","c":"水"}]]},{"t":"SoftBreak"},{"t":"Str","c":"a"},
        {"t":"Note","c":[{"t":"Para","c":[{"t":"Str","c":"注"}]}]}]},{"t":"Null"},{"t":"New","c":[]}]}"#;
    let source = Source::from_bytes("a.json", tree.as_bytes().to_vec());
    let reader = readers::reader(Format::Pandoc).expect("pandoc's tree can be read");
    let mut diagnostics = Default::default();
    let document = reader.read(&source, &ReadOptions::default(), &mut diagnostics).expect("it is a tree");
    let content = vec![Inline::text("“山水” a"), Inline::NoteReference("1".into())];
    assert_eq!(document.blocks, [Block::paragraph(content)]);
    assert_eq!(document.notes["1"], [Block::paragraph(vec![Inline::text("注")])]);
    assert_eq!(diagnostics.counts()["unknown-element"], 1);
    let broken = Source::from_bytes("a.json", b"{\"blocks\": 1}".to_vec());
    assert!(reader.read(&broken, &ReadOptions::default(), &mut diagnostics).is_err());
}

#[test]
fn deep_and_broken_input_is_read() {
    let deep = format!("{}文", "> ".repeat(5000));
    let starts = "*a _b ".repeat(5000);
    for markdown in
        [deep.as_str(), starts.as_str(), "---\na: [\n---\n", "[^1]: \n[^1]: x\n\n[^1]", "<ruby><rt>", "|\n|-"]
    {
        for flavour in FLAVOURS {
            let document = read(markdown, flavour);
            write(&document, flavour, Wrap::None);
        }
    }
}

/// Every character of a document's text but white space, in order.
fn all_words(document: &Document) -> String {
    let mut words = String::new();
    walk_blocks(&document.blocks, &mut |block| match &block.kind {
        BlockKind::Code { text, .. } | BlockKind::Math { tex: text } => words.push_str(text),
        _ => walk_own_inlines(block, &mut |inlines| words.push_str(&plain_text(inlines))),
    });
    words.retain(|one| !one.is_whitespace());
    words
}

fn walk_own_inlines(block: &Block, visit: &mut impl FnMut(&[Inline])) {
    if let BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } = &block.kind {
        visit(content);
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[甲乙丙丁山水，。「」（）]{1,6}",
        "[a-c]{1,4}( [a-c]{1,3})?",
        "[甲a*_`~^$\\[\\]()<>&!#+.|:=\\\\{}\"' 。「」-]{1,8}",
        Just("1. 甲".to_owned()),
        Just("&amp; &#35; <b>".to_owned()),
    ]
    .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    .prop_filter("a text says something", |text| !text.is_empty())
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        6 => words().prop_map(Inline::Text),
        1 => "[甲a`| ]{0,4}[a乙]".prop_map(|text| Inline::Code(text.trim().to_owned())),
        1 => "[a-z]\\^[0-9]".prop_map(Inline::Math),
        1 => Just(Inline::LineBreak),
        1 => ("[甲a]{1,3}", "[にa]{1,3}").prop_map(|(base, annotation)| Inline::Ruby {
            pairs: vec![RubyPair { base, annotation }],
            position: RubyPosition::Over,
        }),
        1 => ("[a-z(]{1,5}\\.png", words()).prop_map(|(source, alternative)| {
            Inline::from(Image { source, alternative, ..Image::default() })
        }),
    ];
    let node = leaf.prop_recursive(3, 12, 3, |inner| {
        let content = prop::collection::vec(inner, 1..3).boxed();
        prop_oneof![
            content.clone().prop_map(Inline::Emphasis),
            content.clone().prop_map(Inline::Strong),
            content.clone().prop_map(Inline::Strike),
            content.clone().prop_map(Inline::Underline),
            content.clone().prop_map(Inline::Highlight),
            content.clone().prop_map(Inline::Subscript),
            (content, "[a-z/()&é \\\\]{1,6}", prop::option::of(words()))
                .prop_map(|(content, target, title)| { Inline::from(Link { target, title, content }) }),
        ]
    });
    prop::collection::vec(node, 1..4)
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let leaf = prop_oneof![
        4 => inlines().prop_map(Block::paragraph),
        2 => (1usize..=6, inlines()).prop_map(|(level, content)| Block::heading(Level::clamped(level), content)),
        1 => ("[a`~ \n甲]{0,8}[a甲]", prop::option::of("[a-z]{1,5}")).prop_map(|(text, language)| {
            BlockKind::Code { language: language.map(Into::into), text: text.into() }.into()
        }),
        1 => Just(BlockKind::ThematicBreak.into()),
        1 => "[a-z] = [0-9]".prop_map(|tex| BlockKind::Math { tex: tex.into() }.into()),
        1 => (inlines(), inlines()).prop_map(|(head, cell)| table(head, cell)),
    ];
    let block = leaf.prop_recursive(3, 16, 3, |inner| {
        let content = prop::collection::vec(inner, 1..3).boxed();
        let item =
            (prop::option::of(any::<bool>()), content.clone()).prop_map(|(done, blocks)| ListItem { done, blocks });
        let items = prop::collection::vec(item, 1..3);
        prop_oneof![
            content.clone().prop_map(|blocks| BlockKind::Quote { blocks, attribution: Rare::default() }.into()),
            content.prop_map(|blocks| BlockKind::Box { role: BoxRole::Tip, title: Rare::default(), blocks }.into()),
            (any::<bool>(), any::<bool>(), items).prop_map(|(ordered, tight, items)| {
                let marks =
                    ListMarks::Ordered { start: 3, numeral: Numeral::Decimal, delimiter: NumberDelimiter::Period };
                let marks = if ordered { marks } else { ListMarks::Bullet };
                BlockKind::List { marks, tight, items }.into()
            }),
        ]
    });
    prop::collection::vec(block, 1..4)
}

fn table(head: Vec<Inline>, body: Vec<Inline>) -> Block {
    let cell = |content: Vec<Inline>| Cell { blocks: vec![Block::paragraph(content)], ..Cell::default() };
    let row = |content: Vec<Inline>| Row { cells: vec![cell(content), cell(vec![Inline::text("乙")])] };
    let alignments = vec![ColumnAlignment::Start, ColumnAlignment::Right];
    BlockKind::from(Table { alignments, head: vec![row(head)], body: vec![row(body)], ..Table::default() }).into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..ProptestConfig::default() })]

    /// No word of a document is lost on the way, and what was read back once is a fixed point.
    #[test]
    fn reading_what_was_written_changes_nothing(blocks in blocks(), flavour in prop::sample::select(&FLAVOURS[..])) {
        let document = Document { blocks, notes: BTreeMap::new(), ..Document::default() };
        let written = write(&document, flavour, Wrap::None);
        let read_back = read(&written, flavour);
        if flavour == MarkdownFlavour::Banxin {
            prop_assert_eq!(all_words(&read_back), all_words(&document), "{}", written);
        }
        let again = write(&read_back, flavour, Wrap::None);
        prop_assert_eq!(read(&again, flavour), read_back, "{}", written);
    }

    /// Any text at all is read, and what is written of it is stable.
    #[test]
    fn any_text_is_stable_once_written(text in "[甲a1*_`~^$\\[\\]()<>&!#+.|:=\\\\{}\"'。「」 \n-]{0,40}") {
        for flavour in FLAVOURS {
            let first = read(&text, flavour);
            let written = write(&first, flavour, Wrap::None);
            prop_assert_eq!(read(&written, flavour), first, "{}", written);
        }
    }
}

#[test]
fn amounts_of_money_are_no_formulas() {
    let text = ["售价 NT$1,250，约合 US$40.50。", "从 $5-$6 涨起。", "HK$300（或 US$38）左右"];
    for text in text {
        assert_eq!(first_paragraph(text, MarkdownFlavour::Banxin), text);
        let again = write(&read(text, MarkdownFlavour::Banxin), MarkdownFlavour::Banxin, Wrap::None);
        assert_eq!(first_paragraph(&again, MarkdownFlavour::Banxin), text);
    }
    let formulas = first_paragraph("质能 $E = mc^2$ 与 $x$，以及 $\\text{速度，}v$。", MarkdownFlavour::Banxin);
    assert_eq!(formulas.matches("Math(").count(), 3, "{formulas}");
}

#[test]
fn raw_html_with_a_meaning_becomes_part_of_the_document() {
    let details =
        read("<details>\n<summary>多看</summary>\n\n- **甲**\n\n</details>\n\n后文\n", MarkdownFlavour::Banxin);
    let [details, after] = details.blocks.as_slice() else { panic!("two blocks, not {details:?}") };
    let BlockKind::Box { role: BoxRole::Details, title, blocks } = &details.kind else { panic!("{details:?}") };
    assert_eq!(title.as_slice(), &[Inline::text("多看")]);
    assert!(matches!(blocks.as_slice(), [Block { kind: BlockKind::List { .. }, .. }]), "{blocks:?}");
    assert!(matches!(after.kind, BlockKind::Paragraph { .. }));

    let figure = "<figure>\n\n![图](a.png)\n\n<figcaption>图的**名**</figcaption>\n</figure>\n";
    let figure = read(figure, MarkdownFlavour::Banxin).blocks;
    assert!(
        matches!(figure.as_slice(), [Block { kind: BlockKind::Figure { caption, blocks }, .. }]
        if caption.as_slice() == [Inline::text("图的**名**")] && blocks.len() == 1),
        "{figure:?}"
    );

    let table = "<table>\n<tr><th colspan=\"2\">甲</th></tr>\n<tr><td>乙</td><td>丙</td></tr>\n</table>\n";
    let table = read(table, MarkdownFlavour::Banxin).blocks;
    assert!(
        matches!(table.as_slice(), [Block { kind: BlockKind::Table(table), .. }] if table.columns() == 2),
        "{table:?}"
    );

    let centred =
        read("<p align=\"center\">\n<img src=\"a.png\" width=\"80\">\n</p>\n", MarkdownFlavour::Banxin).blocks;
    assert!(
        matches!(centred.as_slice(), [Block { kind: BlockKind::Paragraph { content, .. }, .. }]
        if matches!(content.as_slice(), [Inline::Image(image)] if image.width == Some(80))),
        "{centred:?}"
    );
}

#[test]
fn raw_html_without_a_meaning_stays_raw() {
    let is_raw = |block: &Block| matches!(&block.kind, BlockKind::Raw { format, .. } if &**format == "html");
    for markdown in [
        "<!-- 注 -->\n",
        "<script>a()</script>\n",
        "<video src=\"a\">\n\n文\n\n</video>\n",
        "<div>\n\n文\n",
        "</div>\n",
    ] {
        let document = read(markdown, MarkdownFlavour::Banxin);
        assert!(document.blocks.iter().any(is_raw), "{markdown}: {document:?}");
        assert_eq!(write(&document, MarkdownFlavour::Banxin, Wrap::None), markdown);
    }
    for flavour in [MarkdownFlavour::CommonMark, MarkdownFlavour::Gfm] {
        assert!(read("<table><tr><td>甲</td></tr></table>\n", flavour).blocks.iter().all(is_raw));
    }
    let never_closed = "<div>\n\n文\n\n".repeat(2000);
    assert!(read(&never_closed, MarkdownFlavour::Banxin).blocks.len() >= 4000);
}

#[test]
fn formulas_that_begin_with_a_digit_stay_formulas() {
    for (markdown, formulas) in [
        ("$2^n$3 个", 1),
        ("$2x$5", 1),
        ("共$3n+1$2次", 1),
        ("$5 or US$40", 0),
        ("$3-$6", 0),
        ("$1,250，约合 US$40", 0),
    ] {
        let shown = first_paragraph(markdown, MarkdownFlavour::Banxin);
        assert_eq!(shown.matches("Math(").count(), formulas, "{markdown}: {shown}");
    }
}

#[test]
fn wikilinks_are_read_where_they_are_asked_for() {
    let source = Source::from_bytes("a.md", "见[[山|那座山]]与[[水]]".into());
    let reader = readers::reader(Format::Markdown).expect("Markdown can be read");
    let links = |wikilinks| {
        let options = ReadOptions { wikilinks, ..ReadOptions::default() };
        let document = reader.read(&source, &options, &mut Default::default()).expect("Markdown is always read");
        write(&document, MarkdownFlavour::Banxin, Wrap::None)
    };
    assert_eq!(links(true), "见[那座山](山)与[水](水)\n");
    assert_eq!(links(false), "见[[山|那座山]]与[[水]]\n");
}

#[test]
fn links_stand_at_the_end_and_pictures_inside_where_that_is_asked_for() {
    let mut document = read("[甲](a \"题\")、[乙](a \"题\")、![图](b.png)\n", MarkdownFlavour::Banxin);
    let id = "b.png".to_owned();
    let resource = Resource { media_type: "image/png".into(), data: Arc::new(b"png".to_vec()), width: 1, height: 1 };
    document.resources.insert(id.clone(), resource);
    walk_inlines_mut(&mut document.blocks, &mut |line| {
        if let Some(Inline::Image(image)) = line.last_mut() {
            image.resource = Some(id.clone());
        }
    });
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::default()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    let written = |markdown| {
        let options = WriteOptions { markdown, stem: "x".into(), ..WriteOptions::default() };
        let (artifact, _) = convert::write(&document, Format::Markdown, &edition, &options).expect("it can be written");
        (String::from_utf8(artifact.bytes).expect("Markdown is UTF-8"), artifact.companions.len())
    };
    let reference = written(MarkdownOptions { links: LinkStyle::Reference, ..MarkdownOptions::default() });
    assert_eq!(
        reference,
        ("[甲][link1]、[乙][link1]、![图][link2]\n\n[link1]: a \"题\"\n[link2]: x.images/b.png\n".to_owned(), 1)
    );
    let inside = written(MarkdownOptions { pictures: PicturePlace::Inside, ..MarkdownOptions::default() });
    assert_eq!(inside, ("[甲](a \"题\")、[乙](a \"题\")、![图](data:image/png;base64,cG5n)\n".to_owned(), 0));
}

#[test]
fn numbers_that_make_no_list_are_reported() {
    let notes = |markdown: &str| {
        let source = Source::from_bytes("a.md", markdown.into());
        let reader = readers::reader(Format::Markdown).expect("Markdown can be read");
        let mut diagnostics = Default::default();
        reader.read(&source, &ReadOptions::default(), &mut diagnostics).expect("Markdown is always read");
        diagnostics.counts().get("foreign-list-number").copied().unwrap_or_default()
    };
    assert_eq!(notes("１．甲\n\n２．乙\n"), 1);
    assert_eq!(notes("1、甲\n\n2、乙\n"), 1);
    assert_eq!(notes("1. 甲\n2. 乙\n\n2024年\n\n3.5 米\n"), 0);
}

/// What a person means by emphasis in CJK text, by the CJK-friendly amendment: beside marks of both scripts, nested, beside
/// code, links, HTML, emoji, selectors and spaces.
#[test]
fn emphasis_in_hard_places_is_what_it_looks_like() {
    let cases = include_str!("../readers/markdown/emphasis.txt");
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (markdown, wanted) = case.split_once(" => ").expect("source => what it looks like");
        let markdown =
            markdown.replace("\\u3000", "\u{3000}").replace("\\ufe0f", "\u{fe0f}").replace("\\ufe01", "\u{fe01}");
        let wanted =
            wanted.replace("\\u3000", "\u{3000}").replace("\\ufe0f", "\u{fe0f}").replace("\\ufe01", "\u{fe01}");
        let shown = first_paragraph(&markdown, MarkdownFlavour::Banxin);
        if shown != wanted {
            wrong.push(format!("{markdown}: {shown}, not {wanted}"));
        }
        let document = read(&markdown, MarkdownFlavour::Banxin);
        let written = write(&document, MarkdownFlavour::Banxin, Wrap::None);
        assert_eq!(read(&written, MarkdownFlavour::Banxin), document, "{written}");
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 60, "{count} cases");
}
