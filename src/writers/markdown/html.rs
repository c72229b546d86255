//! HTML for what Markdown cannot say.

use crate::document::{
    Attributes, Block, BlockKind, ColumnAlignment, DefinitionItem, Image, Inline, ListMarks, Row, RubyPair, Table,
};

/// A text as the value of an attribute between double quotes.
pub fn attribute(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    escaped.replace(['\n', '\r'], " ")
}

/// A start tag with the attributes every node can have.
pub fn start_tag(name: &str, attributes: &Attributes) -> String {
    let Attributes { id, language, classes, pairs } = attributes;
    let mut tag = format!("<{name}");
    let mut push = |key: &str, value: &str| {
        tag.push_str(&format!(" {key}=\"{}\"", attribute(value)));
    };
    if let Some(id) = id {
        push("id", id);
    }
    if !classes.is_empty() {
        push("class", &classes.join(" "));
    }
    if let Some(language) = language {
        push("lang", language.as_str());
    }
    for (key, value) in pairs.iter().filter(|(key, _)| is_attribute_name(key)) {
        push(key, value);
    }
    tag + ">"
}

fn is_attribute_name(name: &str) -> bool {
    let is_part = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | ':' | '.' | '-');
    name.starts_with(|one: char| one.is_ascii_alphabetic() || one == '_' || one == ':') && name.chars().all(is_part)
}

/// A text between tags.
pub fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A table as HTML without blank lines, which would end it.
pub fn table(table: &Table, address: &dyn Fn(&Image) -> String) -> String {
    let mut out = String::from("<table>\n");
    if !table.caption.is_empty() {
        out.push_str(&format!("<caption>{}</caption>\n", inlines(&table.caption, address)));
    }
    for (name, rows, cell) in [("thead", &table.head, "th"), ("tbody", &table.body, "td"), ("tfoot", &table.foot, "td")]
    {
        if !rows.is_empty() {
            out.push_str(&format!("<{name}>\n"));
            rows.iter().for_each(|row| push_row(&mut out, row, cell, &table.alignments, address));
            out.push_str(&format!("</{name}>\n"));
        }
    }
    out + "</table>"
}

fn push_row(
    out: &mut String,
    row: &Row,
    name: &str,
    alignments: &[ColumnAlignment],
    address: &dyn Fn(&Image) -> String,
) {
    out.push_str("<tr>\n");
    let mut column = 0;
    for cell in &row.cells {
        let name = if cell.heads_row { "th" } else { name };
        out.push_str(&format!("<{name}"));
        if cell.columns > 1 {
            out.push_str(&format!(" colspan=\"{}\"", cell.columns));
        }
        if cell.rows > 1 {
            out.push_str(&format!(" rowspan=\"{}\"", cell.rows));
        }
        let alignment = cell.alignment.or_else(|| alignments.get(column).copied()).unwrap_or_default();
        match alignment {
            ColumnAlignment::Start => {}
            ColumnAlignment::Left => out.push_str(" align=\"left\""),
            ColumnAlignment::Center => out.push_str(" align=\"center\""),
            ColumnAlignment::Right => out.push_str(" align=\"right\""),
        }
        column += cell.columns as usize;
        let content = match cell.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph { content, .. }, .. }] => inlines(content, address),
            blocks => self::blocks(blocks, address),
        };
        out.push_str(&format!(">{content}</{name}>\n"));
    }
    out.push_str("</tr>\n");
}

/// Blocks as HTML without blank lines.
fn blocks(blocks: &[Block], address: &dyn Fn(&Image) -> String) -> String {
    let parts: Vec<String> = blocks.iter().map(|block| self::block(block, address)).collect();
    parts.join("\n")
}

fn block(block: &Block, address: &dyn Fn(&Image) -> String) -> String {
    let line = |content: &[Inline]| inlines(content, address);
    let inner = |blocks: &[Block]| self::blocks(blocks, address);
    match &block.kind {
        BlockKind::Heading { level, content } => format!("<h{0}>{1}</h{0}>", level.get(), line(content)),
        BlockKind::Paragraph { content, .. } => format!("<p>{}</p>", line(content)),
        BlockKind::Quote { blocks, attribution } => {
            let cite = if attribution.is_empty() { String::new() } else { format!("<p>{}</p>", line(attribution)) };
            format!("<blockquote>{}{cite}</blockquote>", inner(blocks))
        }
        BlockKind::List { marks, items, .. } => {
            let (start, end) = match marks {
                ListMarks::Bullet => ("<ul>".to_owned(), "</ul>"),
                ListMarks::Ordered { start: 1, .. } => ("<ol>".to_owned(), "</ol>"),
                ListMarks::Ordered { start, .. } => (format!("<ol start=\"{start}\">"), "</ol>"),
            };
            let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", inner(&item.blocks))).collect();
            format!("{start}{}{end}", items.join("\n"))
        }
        BlockKind::Definitions { items } => {
            let terms = |item: &DefinitionItem| -> String {
                let terms = item.terms.iter().map(|term| format!("<dt>{}</dt>", line(term)));
                terms.chain(item.definitions.iter().map(|blocks| format!("<dd>{}</dd>", inner(blocks)))).collect()
            };
            format!("<dl>{}</dl>", items.iter().map(terms).collect::<String>())
        }
        BlockKind::Table(table) => self::table(table, address),
        // An empty line would end the table: its break is written as a reference.
        BlockKind::Code { text, .. } => {
            format!(
                "<pre><code>{}</code></pre>",
                self::text(text).replace("\n\n", "\n&#10;").replace("\n\n", "\n&#10;")
            )
        }
        BlockKind::Figure { blocks, caption } => {
            format!("<figure>{}<figcaption>{}</figcaption></figure>", inner(blocks), line(caption))
        }
        BlockKind::Verse { lines } => {
            let lines: Vec<String> = lines.iter().map(|one| line(one)).collect();
            format!("<p>{}</p>", lines.join("<br>"))
        }
        BlockKind::Box { title, blocks, .. } => {
            let title = if title.is_empty() { String::new() } else { format!("<p>{}</p>", line(title)) };
            format!("<div>{title}{}</div>", inner(blocks))
        }
        BlockKind::Math { tex } => format!("<p>$${}$$</p>", self::text(tex).replace('\n', " ")),
        BlockKind::ThematicBreak | BlockKind::PageBreak => "<hr>".to_owned(),
        BlockKind::Raw { format, text } if &**format == "html" => text.replace("\n\n", "\n"),
        BlockKind::Raw { .. } => String::new(),
    }
}

/// Inlines as HTML on one line.
pub fn inlines(inlines: &[Inline], address: &dyn Fn(&Image) -> String) -> String {
    inlines.iter().map(|inline| self::inline(inline, address)).collect()
}

fn inline(inline: &Inline, address: &dyn Fn(&Image) -> String) -> String {
    let wrapped = |start: &str, end: &str| format!("{start}{}{end}", inlines(inline.children(), address));
    match inline {
        Inline::Text(text) => self::text(text),
        Inline::Emphasis(_) => wrapped("<em>", "</em>"),
        Inline::Strong(_) => wrapped("<strong>", "</strong>"),
        Inline::EmphasisDots(_) => wrapped("<em class=\"emphasis-dots\">", "</em>"),
        Inline::ProperName(_) => wrapped("<u class=\"proper-name\">", "</u>"),
        Inline::BookTitle(_) => wrapped("<u class=\"book-title\">", "</u>"),
        Inline::Underline(_) => wrapped("<u>", "</u>"),
        Inline::Strike(_) => wrapped("<del>", "</del>"),
        Inline::Highlight(_) => wrapped("<mark>", "</mark>"),
        Inline::Superscript(_) => wrapped("<sup>", "</sup>"),
        Inline::Subscript(_) => wrapped("<sub>", "</sub>"),
        Inline::SmallCaps(_) => wrapped("<span class=\"small-caps\">", "</span>"),
        Inline::Span(span) => wrapped(&start_tag("span", &span.attributes), "</span>"),
        Inline::Ruby { pairs, .. } => {
            let pair = |pair: &RubyPair| format!("{}<rt>{}</rt>", self::text(&pair.base), self::text(&pair.annotation));
            format!("<ruby>{}</ruby>", pairs.iter().map(pair).collect::<String>())
        }
        Inline::Link(link) => {
            let title = link.title.as_ref().map(|title| format!(" title=\"{}\"", attribute(title))).unwrap_or_default();
            wrapped(&format!("<a href=\"{}\"{title}>", attribute(&link.target)), "</a>")
        }
        Inline::Image(image) => image_tag(image, &address(image)),
        Inline::Code(code) => format!("<code>{}</code>", self::text(code)),
        Inline::Math(tex) => format!("${}$", self::text(tex)),
        Inline::NoteReference(label) => format!("<sup>{}</sup>", self::text(label)),
        Inline::LineBreak => "<br>".to_owned(),
        Inline::Raw { format, text } if &**format == "html" => text.replace('\n', " "),
        Inline::Raw { .. } => String::new(),
    }
}

/// A picture with all that is known of it.
pub fn image_tag(image: &Image, address: &str) -> String {
    let mut tag = format!("<img src=\"{}\" alt=\"{}\"", attribute(address), attribute(&image.alternative));
    let title = image.title.as_ref().map(|title| ("title", title.clone()));
    let width = image.width.map(|width| ("width", width.to_string()));
    let height = image.height.map(|height| ("height", height.to_string()));
    for (name, value) in [title, width, height].into_iter().flatten() {
        tag.push_str(&format!(" {name}=\"{}\"", attribute(&value)));
    }
    tag + ">"
}

/// Elements whose tags begin a block of HTML even within a paragraph (CommonMark §4.6, start conditions 1 and 6).
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "pre",
    "script",
    "search",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// Whether a block of HTML ends a paragraph right above it.
pub fn interrupts_paragraph(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix('<') else { return false };
    if rest.starts_with(['!', '?']) {
        return true;
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    BLOCK_ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}
