//! The XML reader through the public door: DocBook, FictionBook and the small article vocabulary.

use banxin::convert::read;
use banxin::diagnostics::Diagnostics;
use banxin::document::{BlockKind, BoxRole, ColumnAlignment, Document, Inline, Level, ListMarks, Numeral, plain_text};
use banxin::format::Format;
use banxin::options::ReadOptions;
use banxin::source::Source;

fn try_read(markup: &str) -> Result<(Document, Diagnostics), String> {
    let source = Source::from_bytes("article.xml", markup.as_bytes().to_vec());
    read(&source, Some(Format::Xml), &ReadOptions::default()).map_err(|error| error.to_string())
}

fn document(markup: &str) -> Document {
    try_read(markup).expect("it is well formed").0
}

fn kinds(document: &Document) -> Vec<&BlockKind> {
    document.blocks.iter().map(|block| &block.kind).collect()
}

fn paragraph(kind: &BlockKind) -> &[Inline] {
    match kind {
        BlockKind::Paragraph { content, .. } => content,
        other => panic!("a paragraph is expected, not {other:?}"),
    }
}

#[test]
fn docbook_sections_nest_and_the_head_is_metadata() {
    let document = document(
        "<article xmlns='http://docbook.org/ns/docbook' xml:lang='zh-Hans'>\
         <info><title>水的旅行</title><author><personname><firstname>小明</firstname><surname>王</surname></personname></author>\
         <pubdate>2024-05-06</pubdate><abstract><para>提要。</para></abstract></info>\
         <para>开头\n        两行。</para>\
         <section xml:id='a'><title>一</title><para>见<xref linkend='b'/>。</para>\
         <section xml:id='b'><title>二</title><para>完。</para></section></section></article>",
    );
    assert_eq!(document.metadata.title.as_deref(), Some("水的旅行"));
    assert_eq!(document.metadata.authors().collect::<Vec<_>>(), ["王小明"]);
    assert_eq!(document.metadata.date.as_deref(), Some("2024-05-06"));
    let kinds = kinds(&document);
    assert!(matches!(kinds[0], BlockKind::Box { role: BoxRole::Abstract, .. }));
    assert_eq!(plain_text(paragraph(kinds[1])), "开头两行。");
    assert!(matches!(kinds[2], BlockKind::Heading { level, .. } if level.get() == 2));
    assert_eq!(document.blocks[2].attributes.id.as_deref(), Some("a"));
    assert_eq!(plain_text(paragraph(kinds[3])), "见二。");
    assert!(matches!(kinds[4], BlockKind::Heading { level, .. } if level.get() == 3));
}

#[test]
fn docbook_4_by_its_document_type_with_its_entities() {
    let document = document(
        "<!DOCTYPE book PUBLIC '-//OASIS//DTD DocBook XML V4.5//EN' 'docbookx.dtd' [<!ENTITY 名 '版心'>]>\
         <book><bookinfo><title>书</title></bookinfo><chapter><title>第一章</title><para>&名;&mdash;&hellip;</para>\
         <sect1><title>节</title><para>x<ulink url='http://a.example/'/></para></sect1></chapter></book>",
    );
    let kinds = kinds(&document);
    assert!(matches!(kinds[0], BlockKind::Heading { level: Level::FIRST, .. }));
    assert_eq!(plain_text(paragraph(kinds[1])), "版心—…");
    assert!(matches!(kinds[2], BlockKind::Heading { level, .. } if level.get() == 2));
    assert_eq!(plain_text(paragraph(kinds[3])), "xhttp://a.example/");
}

#[test]
fn docbook_blocks_map_to_the_model() {
    let document = document(
        "<article version='5.0' xml:lang='zh-Hans'><title>题</title>\
         <formalpara><title>要点</title><para>文。</para></formalpara>\
         <orderedlist numeration='lowerroman' startingnumber='3'><listitem><para>甲</para></listitem></orderedlist>\
         <variablelist><varlistentry><term>词</term><listitem><para>义</para></listitem></varlistentry></variablelist>\
         <warning><title>当心</title><para>险</para></warning>\
         <blockquote><attribution>某人</attribution><para>引</para></blockquote>\
         <programlisting language='Rust'>fn a() {\n  b &lt; c\n}</programlisting>\
         <figure><title>图一</title><mediaobject><imageobject><imagedata fileref='a.png' width='300'/></imageobject>\
         <textobject><phrase>代替</phrase></textobject></mediaobject></figure>\
         <para>句<footnote xml:id='f'><para>注文</para></footnote>又<footnoteref linkend='f'/>，\
         <emphasis role='bold'>粗</emphasis><quote>话</quote><citetitle>书</citetitle></para>\
         <literallayout>床前\n看月</literallayout>\
         <qandaset><qandaentry><question><para>问？</para></question><answer><para>答。</para></answer></qandaentry></qandaset>\
         </article>",
    );
    let kinds = kinds(&document);
    assert_eq!(plain_text(paragraph(kinds[0])), "要点\u{3000}文。");
    assert!(matches!(
        kinds[1],
        BlockKind::List { marks: ListMarks::Ordered { start: 3, numeral: Numeral::LowerRoman, .. }, tight: true, .. }
    ));
    assert!(matches!(kinds[2], BlockKind::Definitions { items } if plain_text(&items[0].terms[0]) == "词"));
    assert!(matches!(kinds[3], BlockKind::Box { role: BoxRole::Warning, title, .. } if plain_text(title) == "当心"));
    assert!(matches!(kinds[4], BlockKind::Quote { attribution, .. } if plain_text(attribution) == "某人"));
    assert!(matches!(kinds[5], BlockKind::Code { language: Some(language), text }
        if &**language == "rust" && &**text == "fn a() {\n  b < c\n}"));
    let BlockKind::Figure { blocks, caption } = kinds[6] else { panic!("a figure is expected, not {:?}", kinds[6]) };
    assert_eq!(plain_text(caption), "图一");
    let [Inline::Image(image)] = paragraph(&blocks[0].kind) else { panic!("a picture is expected") };
    assert_eq!((image.source.as_str(), image.alternative.as_str(), image.width), ("a.png", "代替", Some(300)));
    assert_eq!(plain_text(paragraph(kinds[7])), "句又，粗“话”《书》");
    let references =
        paragraph(kinds[7]).iter().filter(|inline| matches!(inline, Inline::NoteReference(name) if name == "1"));
    assert_eq!((references.count(), document.notes.len()), (2, 1));
    assert!(matches!(kinds[8], BlockKind::Verse { lines } if lines.len() == 2));
    assert!(matches!(kinds[9], BlockKind::Definitions { items } if plain_text(&items[0].terms[0]) == "问？"));
}

#[test]
fn cals_tables_keep_spans_and_alignments() {
    let document = document(
        "<article version='5.0'><table><title>表</title><tgroup cols='3'><colspec colname='a'/><colspec colname='b' align='right'/>\
         <colspec colname='c'/><thead><row><entry>一</entry><entry namest='b' nameend='c'>二</entry></row></thead>\
         <tbody><row><entry morerows='1'>甲</entry><entry>1</entry><entry>2</entry></row><row><entry>3</entry><entry>4</entry>\
         </row></tbody></tgroup></table></article>",
    );
    let BlockKind::Table(table) = kinds(&document)[0] else { panic!("a table is expected") };
    assert_eq!(plain_text(&table.caption), "表");
    assert_eq!((table.head[0].cells[1].columns, table.body[0].cells[0].rows), (2, 2));
    assert_eq!(table.alignments[1], ColumnAlignment::Right);
}

#[test]
fn the_small_vocabulary_reads_without_ceremony() {
    let document = document(
        "<article lang='zh-Hans'><meta><title>茶</title><author>甲</author><author>乙</author><date>2024-05-06</date></meta>\
         <p>首段<note>脚注</note>，<dots>重点</dots><ruby>漢<rt>かん</rt></ruby><name>长江</name>。</p>\
         <section id='s'><title>采</title><list type='number'><item>一</item><item>二</item></list>\
         <quote by='某人'><p>话</p></quote><verse><line>行一</line><line>行二</line></verse>\
         <figure src='tea.png' alt='茶'><caption>图</caption></figure>\
         <table><row head='yes'><cell>名</cell><cell>数</cell></row><row><cell>甲</cell><cell>1</cell></row></table>\
         <glossary><entry><term>词</term><meaning>义</meaning></entry></glossary></section></article>",
    );
    assert_eq!(document.metadata.title.as_deref(), Some("茶"));
    assert_eq!(document.metadata.authors().collect::<Vec<_>>(), ["甲", "乙"]);
    let kinds = kinds(&document);
    assert!(paragraph(kinds[0]).iter().any(|inline| matches!(inline, Inline::EmphasisDots(_))));
    assert!(paragraph(kinds[0]).iter().any(|inline| matches!(inline, Inline::Ruby { .. })));
    assert!(matches!(kinds[1], BlockKind::Heading { level, .. } if level.get() == 2));
    assert!(matches!(kinds[2], BlockKind::List { items, .. } if items.len() == 2));
    assert!(matches!(kinds[3], BlockKind::Quote { attribution, .. } if plain_text(attribution) == "某人"));
    assert!(matches!(kinds[4], BlockKind::Verse { lines } if lines.len() == 2));
    assert!(matches!(kinds[5], BlockKind::Figure { caption, .. } if plain_text(caption) == "图"));
    assert!(matches!(kinds[6], BlockKind::Table(table) if table.head.len() == 1 && table.body.len() == 1));
    assert!(matches!(kinds[7], BlockKind::Definitions { .. }));
    assert_eq!(document.notes.len(), 1);
}

#[test]
fn unknown_elements_keep_their_text_and_are_reported_once() {
    let markup = "<article><p>甲<glow>乙</glow><glow>丙</glow></p><frame><p>丁</p></frame></article>";
    let (document, diagnostics) = try_read(markup).expect("it is well formed");
    let texts: Vec<String> = kinds(&document).into_iter().map(|kind| plain_text(paragraph(kind))).collect();
    assert_eq!(texts, ["甲乙丙", "丁"]);
    assert_eq!(diagnostics.counts().get("unknown-element"), Some(&2));
}

#[test]
fn fictionbook_brings_notes_poems_and_pictures() {
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let document = document(&format!(
        "<FictionBook xmlns:l='http://www.w3.org/1999/xlink'><description><title-info><author><first-name>A</first-name>\
         <last-name>B</last-name></author><book-title>书名</book-title><lang>zh</lang></title-info></description>\
         <body><section><title><p>第一章</p></title><p>文<a l:href='#n1' type='note'>[1]</a><strong>粗</strong></p>\
         <poem><stanza><v>行一</v><v>行二</v></stanza><stanza><v>行三</v></stanza></poem><p><image l:href='#p.png'/></p>\
         </section></body><body name='notes'><section id='n1'><title><p>1</p></title><p>注文</p></section></body>\
         <binary id='p.png' content-type='image/png'>{pixel}</binary></FictionBook>"
    ));
    assert_eq!(document.metadata.title.as_deref(), Some("书名"));
    let kinds = kinds(&document);
    assert!(matches!(kinds[0], BlockKind::Heading { level: Level::FIRST, .. }));
    assert_eq!(plain_text(paragraph(kinds[1])), "文粗");
    assert!(matches!(kinds[2], BlockKind::Verse { lines } if lines.len() == 4 && lines[2].is_empty()));
    let [Inline::Image(image)] = paragraph(kinds[3]) else { panic!("a picture is expected, not {:?}", kinds[3]) };
    assert!(image.resource.as_ref().is_some_and(|id| document.resources.contains_key(id)));
    assert_eq!(document.notes.len(), 1);
}

#[test]
fn malformed_xml_is_refused_with_its_place() {
    let error = try_read("<article>\n<section><para>文</section>\n</article>").expect_err("it is malformed");
    assert!(error.contains("2:17") && error.contains("<para> closed by </section>"), "{error}");
    for (markup, part) in [
        ("", "no element"),
        ("<article><p>x</p>", "never closed"),
        ("<article>&x;</article>", "not declared"),
        ("<article><p a=1>x</p></article>", "broken attribute"),
        ("text", "before the start"),
    ] {
        let error = try_read(markup).expect_err(markup);
        assert!(error.contains(part), "{markup}: {error}");
    }
}

#[test]
fn deep_documents_are_flattened_or_refused_and_never_overflow() {
    let nested = |tag: &str, count: usize| {
        format!(
            "<article><p>x</p>{}<p>末</p>{}</article>",
            format!("<{tag}>").repeat(count),
            format!("</{tag}>").repeat(count)
        )
    };
    for tag in ["quote", "section", "box", "list><item", "span", "strong"] {
        let close = tag.split('>').next().unwrap_or(tag);
        let markup = match tag.split_once("><") {
            Some((outer, inner)) => format!(
                "<article>{}<p>末</p>{}</article>",
                format!("<{outer}><{inner}>").repeat(90),
                format!("</{inner}></{outer}>").repeat(90)
            ),
            None => nested(close, 180),
        };
        let document = document(&markup);
        let text = serde_json::to_string(&document).expect("a document is JSON");
        assert!(text.contains('末'), "{tag}");
        let source = Source::from_bytes("a.json", text.into_bytes());
        read(&source, Some(Format::Json), &ReadOptions::default()).expect("the model reads it back");
    }
    assert!(try_read(&nested("quote", 100_000)).is_err());
}
