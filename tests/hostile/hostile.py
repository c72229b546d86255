#!/usr/bin/env python3
"""Large hostile files of every format, each converted by one process, with time and memory.

    python3 tests/hostile/hostile.py [--banxin target/release/banxin] [--only PART] [--work DIR]

Each must end within ten seconds and one GiB, with exit code 0 or 1, without a panic, and with nothing written outside its output
folder. The files are made by this script, up to 50 MB each; `tests/suite/hostile.rs` has the small ones.
"""
import argparse
import io
import json
import os
import pathlib
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib

SECONDS, MEBIBYTES = 10, 1024
MILLION = 10**6
SENTENCE = "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。"
CASES = []


def case(name, beside=None):
    """A function that gives the bytes of a file called `name`; `beside` gives more files by name."""
    def keep(make):
        CASES.append((name, make, beside))
        return make
    return keep


def simple(name, make, beside=None):
    CASES.append((name, lambda: text(make()), beside))


def text(made):
    return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made


def page(body):
    return f'<!DOCTYPE html><html lang="zh"><head><title>页</title></head><body>{body}</body></html>'


# ---- anything: sizes, one line, one word, marks, controls
for size in (10, 50):
    simple(f"prose-{size}mb.txt", lambda size=size: (SENTENCE * 4 + "\n\n") * (size * MILLION // (len(SENTENCE) * 12)))
    simple(f"prose-{size}mb.md", lambda size=size: (SENTENCE * 4 + "\n\n") * (size * MILLION // (len(SENTENCE) * 12)))
    simple(f"prose-{size}mb.html", lambda size=size: page(f"<p>{SENTENCE * 4}</p>\n" * (size * MILLION // (len(SENTENCE) * 12))))
    simple(f"one-line-{size}mb.txt", lambda size=size: SENTENCE * (size * MILLION // 84))
    simple(f"one-line-{size}mb.md", lambda size=size: SENTENCE * (size * MILLION // 84))
    simple(f"one-line-{size}mb.html", lambda size=size: page("<p>" + SENTENCE * (size * MILLION // 84)))
    simple(f"one-word-{size}mb.txt", lambda size=size: "a" * (size * MILLION))
    simple(f"one-word-{size}mb.md", lambda size=size: "pneumono" * (size * MILLION // 8))
    simple(f"short-lines-{size}mb.txt", lambda size=size: "一\n" * (size * MILLION // 4))
    simple(f"blank-lines-{size}mb.txt", lambda size=size: "\n" * (size * MILLION))
    simple(f"spaces-{size}mb.txt", lambda size=size: " " * (size * MILLION))
    simple(f"paragraphs-{size}mb.txt", lambda size=size: "一二三。\n\n" * (size * MILLION // 14))
    simple(f"paragraphs-{size}mb.md", lambda size=size: "一\n\n" * (size * MILLION // 5))
for ending in ("txt", "md", "html", "xml", "json"):
    simple(f"nul.{ending}", lambda: b"\0" * (10 * MILLION))
    simple(f"random.{ending}", lambda: zlib_noise(5 * MILLION))
    simple(f"bytes-81.{ending}", lambda: b"\x81" * (10 * MILLION))
    simple(f"escape.{ending}", lambda: b"\x1b$B" * (3 * MILLION))
for ending in ("txt", "md"):
    simple(f"marks.{ending}", lambda: "a" + "\u0301" * MILLION)
    simple(f"joiners.{ending}", lambda: "👩" + "\u200d👩" * 300_000)
    simple(f"bidi-controls.{ending}", lambda: "\u202e\u2067a\u202a" * 300_000)
    simple(f"bidi-words.{ending}", lambda: "אבג abc 漢字 " * 200_000)
    simple(f"selectors.{ending}", lambda: "葛\U000e0100\ufe00" * 300_000)
    simple(f"tags.{ending}", lambda: "🏴" + "\U000e0067" * MILLION)
    simple(f"rare-han.{ending}", lambda: "".join(chr(0x20000 + n % 42720) for n in range(500_000)))
    simple(f"private-use.{ending}", lambda: "".join(chr(0xE000 + n % 6400) for n in range(500_000)))
    simple(f"every-character.{ending}", lambda: "".join(chr(n) for n in range(32, 0x110000) if not 0xD800 <= n < 0xE000))
    simple(f"brackets.{ending}", lambda: "（" * MILLION)
    simple(f"stops.{ending}", lambda: "。" * MILLION)
    simple(f"dashes.{ending}", lambda: "——……" * 300_000)
    simple(f"quotes.{ending}", lambda: "“‘" * 500_000)
    simple(f"no-break.{ending}", lambda: "字\u2060" * 500_000)
    simple(f"devanagari.{ending}", lambda: "क्षि" * 300_000)
    simple(f"hangul-jamo.{ending}", lambda: "\u1100\u1161" * 400_000)
    simple(f"digits.{ending}", lambda: "1234567890" * 300_000)
    simple(f"tabs.{ending}", lambda: "a\t" * 500_000)
    simple(f"numbered.{ending}", lambda: "".join(f"第{n}章　标题\n\n字。\n\n" for n in range(100_000)))
simple("notes-marks.txt", lambda: "".join(f"字[{n}]" for n in range(100_000)) + "\n\n" + "".join(f"[{n}] 注。\n" for n in range(100_000)))
simple("circled.txt", lambda: "字①" * 300_000 + "\n" + "①注\n" * 100_000)
simple("dots.txt", lambda: ("第一章" + "…" * 50 + "12\n") * 50_000)
simple("columns.txt", lambda: ("甲    乙    丙    丁\n") * 200_000)
simple("bars.txt", lambda: ("|" + "格|" * 2000 + "\n") * 200)
simple("rules.txt", lambda: "=====\n" * 500_000)
simple("copyright.txt", lambda: "版权所有 责任编辑 点击 分享到 相关阅读\n" * 100_000)

# ---- Markdown
for name, piece, times in (
    ("open-brackets", "[", MILLION), ("open-images", "![", MILLION), ("stars", "*", MILLION), ("star-words", "*a ", 500_000), ("star-a", "a*", 500_000),
    ("under-words", "_a __b ", 300_000), ("mixed-emphasis", "*a_b**c__d", 200_000), ("strong-open", "**字 ", 300_000), ("strike", "~~a ~b ", 300_000), ("backticks", "`", MILLION),
    ("ampersands", "&", MILLION), ("entities", "&amp;", 500_000), ("entity-open", "&#x", 500_000), ("less-than", "<", MILLION), ("html-open", "<a ", 500_000),
    ("tags", "<b>", 500_000), ("comments", "<!--", 500_000), ("instructions", "<?", 500_000), ("cdata", "<![CDATA[", 300_000), ("declarations", "<!A ", 300_000), ("dollars", "$", MILLION),
    ("dollar-a", "$a ", 500_000), ("dollar-pairs", "$a$ ", 200_000), ("double-dollars", "$$ ", 300_000), ("carets", "^a ~b", 300_000), ("autolinks", "<http://a", 200_000), ("bare-links", "http://a.b/ ", 200_000),
    ("www", "www.", 300_000), ("mails", "a@", 500_000), ("links", "[a](b)", 200_000), ("links-open", "[a](", 300_000), ("links-angle", "[a](<b", 300_000), ("images", "![a](b.png)", 100_000),
    ("note-calls", "[^1]", 200_000), ("note-inline", "^[a", 200_000), ("attributes", "{#a .b c=d}", 200_000), ("attribute-open", "a{", 300_000), ("ruby", "{字|zi}", 100_000), ("escapes", "\\*", 500_000), ("backslash", "\\", MILLION),
    ("pipes", "|", MILLION), ("colons", ":", MILLION), ("fences", "```\n", 300_000), ("fence-lengths", "", 0), ("quotes", "> ", MILLION), ("quote-lines", "> a\n", 300_000), ("quote-lazy", "> a\nb\n\n", 100_000),
    ("items", "- a\n", 300_000), ("items-inline", "- ", 300_000), ("ordered", "1. a\n", 300_000), ("loose", "- a\n\n", 200_000), ("headings", "# a\n", 200_000), ("setext", "a\n===\n", 200_000), ("rules", "---\n", 300_000),
    ("definitions", "a\n: b\n\n", 100_000), ("hard-breaks", "a  \n", 300_000), ("tasks", "- [ ] a\n", 200_000), ("containers", "::: a\n", 200_000), ("wikilinks", "[[a|b]]", 200_000), ("wiki-open", "[[", 500_000), ("highlight", "==a ", 300_000), ("smart", "\"'", 500_000),
    ("block-html", "<div>\n\n", 200_000), ("details", "<details>\n\n", 100_000), ("table-html", "<table><tr><td>\n\n", 100_000), ("angle", "<a@b", 200_000), ("front-matter", "---\na: [", 200_000), ("abbreviations", "*[a]: b\n", 100_000),
    ("math-open", "$\\frac{", 100_000), ("math-environments", "$\\begin{matrix}", 50_000),
):
    if times:
        simple(f"{name}.md", lambda piece=piece, times=times: piece * times)
simple("fence-lengths.md", lambda: "".join("`" * n + "\n" for n in range(3, 3000)))
simple("backtick-lengths.md", lambda: "".join("`" * n + "a" for n in range(1, 4000)))
simple("nested-lists.md", lambda: "".join("  " * n + "- a\n" for n in range(3000)))
simple("nested-quotes-lists.md", lambda: "".join("> - " * n + "a\n" for n in range(1, 1500)))
simple("lists-cut.md", lambda: "- " * 1000 + "a\n" + "\n".join("  " * (n % 1000) + "- b" for n in range(20_000)))
simple("nested-emphasis.md", lambda: "*a " * 50_000 + " b*" * 50_000)
simple("nested-brackets.md", lambda: "[" * 50_000 + "a" + "](b)" * 50_000)
simple("nested-strong-link.md", lambda: "**[" * 30_000 + "a" + "](b)**" * 30_000)
simple("references.md", lambda: "".join(f"[{n}]: a\n" for n in range(200_000)) + "".join(f"[{n}]" for n in range(200_000)))
simple("reference-big.md", lambda: "[a]: <" + "b" * 100_000 + ">\n\n" + "[a]" * 100_000)
simple("image-data-big.md", lambda: "![a](data:image/png;base64," + "A" * 20_000_000 + ")")
simple("image-data-many.md", lambda: "".join(f"![a](data:image/gif;base64,R0lGODlhAQABAIAAAP///{n:04d}ACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==)\n\n" for n in range(20_000)))
simple("footnotes.md", lambda: "".join(f"字[^{n}]\n\n" for n in range(100_000)) + "".join(f"[^{n}]: 注。\n\n" for n in range(100_000)))
simple("footnotes-million.md", lambda: "".join(f"字[^{n}]" for n in range(MILLION)) + "\n\n" + "".join(f"[^{n}]: 注\n" for n in range(MILLION)))
simple("footnotes-one.md", lambda: "字[^1]" * 100_000 + "\n\n[^1]: 注\n")
simple("footnotes-nested.md", lambda: "a[^0]\n\n" + "".join(f"[^{n}]: b[^{n + 1}]\n\n" for n in range(30_000)))
simple("footnotes-circle.md", lambda: "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n")
simple("footnote-long.md", lambda: "a[^1]\n\n[^1]: " + SENTENCE * 30_000)
simple("links-million.md", lambda: "[a](http://b.c/) " * MILLION)
simple("headings-million.md", lambda: "# 字\n\n" * MILLION)
simple("headings-same.md", lambda: "## 同名\n\n字\n\n" * 50_000)
simple("heading-long.md", lambda: "# " + SENTENCE * 30_000)
simple("table-long.md", lambda: "|a|b|\n|--|--|\n" + "|甲|乙|\n" * 200_000)
simple("table-wide.md", lambda: "|" + "a|" * 100_000 + "\n|" + "-|" * 100_000 + "\n|" + "b|" * 100_000 + "\n")
simple("table-ragged.md", lambda: "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n" + "|b\n" * 50_000)
simple("tables-many.md", lambda: "|a|b|\n|--|--|\n|甲|乙|\n\n" * 50_000)
simple("table-cell-long.md", lambda: "|a|b|\n|--|--|\n|" + SENTENCE * 50_000 + "|乙|\n")
simple("code-long.md", lambda: "```\n" + "let a = 1; // 字\n" * 300_000 + "```\n")
simple("code-line.md", lambda: "```\n" + "字a " * 500_000 + "\n```\n")
simple("code-inline.md", lambda: "`" + "a" * 1_000_000 + "`")
simple("codes-inline.md", lambda: "`a`" * 200_000)
simple("math-deep.md", lambda: "$" + "{" * 50_000 + "a" + "}" * 50_000 + "$")
simple("math-fraction-deep.md", lambda: "$" + "\\frac{a}{" * 3_000 + "b" + "}" * 3_000 + "$")
simple("math-long.md", lambda: "$" + "a+" * 100_000 + "b$")
simple("math-many.md", lambda: "$x^2$ 字 " * 50_000)
simple("yaml-deep.md", lambda: "---\na: " + "[" * 100_000 + "\n---\n字\n")
simple("yaml-anchors.md", lambda: "---\na0: &a0 [x,x]\n" + "".join(f"a{n}: &a{n} [{','.join(['*a%d' % (n - 1)] * 10)}]\n" for n in range(1, 12)) + "title: *a11\n---\n字\n")
simple("yaml-big.md", lambda: "---\n" + "".join(f"k{n}: v\n" for n in range(300_000)) + "---\n字\n")
simple("yaml-keywords.md", lambda: "---\nkeywords: [" + "字," * 300_000 + "]\n---\n字\n")
simple("title-long.md", lambda: "---\ntitle: " + SENTENCE * 30_000 + "\n---\n字\n")

# ---- HTML
for name, piece, times in (
    ("open-div", "<div>", MILLION), ("open-b", "<b>", 500_000), ("open-p", "<p>字", 300_000), ("open-a", "<a href=x>", 200_000), ("open-font", "<font color=red>", 200_000), ("misnested", "<b><i><a href=x>x</b></i>", 50_000), ("misnested-blocks", "<a><div>", 100_000),
    ("misnested-formatting", "<b><p>", 100_000), ("open-table", "<table>", 100_000), ("open-td", "<table><tr><td>", 50_000), ("foster", "<table><b>x", 50_000), ("open-list", "<ul><li>", 100_000), ("select", "<select><option>", 100_000), ("svg", "<svg><g>", 100_000), ("math", "<math><mrow>", 100_000),
    ("template", "<template>", 100_000), ("entities", "&amp;", MILLION), ("entity-open", "&a", 500_000), ("numeric", "&#20013;", 500_000), ("less-than", "<", MILLION), ("comments", "<!-- a -->", 300_000), ("comment-open", "<!--", 500_000), ("script", "<script>", 300_000), ("style", "<style>a{}</style>", 100_000),
    ("headings", "<h2>同名</h2>", 100_000), ("links", "<a href=http://a.b/>x</a>", 200_000), ("images", "<img src=a.png>", 200_000), ("br", "<br>", 500_000), ("hr", "<hr>", 300_000), ("pre", "<pre>a\n", 100_000), ("blockquote", "<blockquote>", 100_000), ("ruby", "<ruby>字<rt>zi</rt></ruby>", 100_000), ("ruby-open", "<ruby>字<rt>", 100_000),
    ("span-style", "<span style='color:red;font-weight:bold'>字</span>", 100_000), ("figures", "<figure><img src=a.png><figcaption>字</figcaption></figure>", 50_000), ("details", "<details><summary>a", 100_000), ("iframes", "<iframe>", 100_000), ("meta", "<meta name=author content=x>", 100_000),
    ("notes", "字<sup><a href=#n>1</a></sup>", 100_000), ("dl", "<dl><dt>a<dd>b", 100_000), ("caption", "<table><caption>a</table>", 50_000), ("articles", "<article><p>" + SENTENCE + "</article>", 30_000), ("closing", "</p>", 500_000), ("closing-b", "</b>", 500_000), ("nobr", "<nobr>", 100_000), ("buttons", "<button>", 100_000), ("form", "<form><input>", 200_000), ("sub", "<sub><sup>", 100_000),
):
    simple(f"{name}.html", lambda piece=piece, times=times: page(piece * times))
simple("attributes.html", lambda: page("<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">字"))
simple("attribute-long.html", lambda: page("<p title='" + "a" * (10 * MILLION) + "'>字"))
simple("classes.html", lambda: page("<p class='" + "a " * 500_000 + "'>字"))
simple("colspan.html", lambda: page("<table><tr><td colspan=1000000000 rowspan=1000000000>a</td></tr></table>" * 100))
simple("colspan-many.html", lambda: page("<table>" + "<tr><td colspan=1000>a<td rowspan=65534>b</tr>" * 5_000 + "</table>"))
simple("rowspan-many.html", lambda: page("<table>" + "<tr>" + "<td rowspan=65534>a" * 1000 + "</tr>" + "<tr><td>b" * 20_000 + "</table>"))
simple("table-wide.html", lambda: page("<table><tr>" + "<td>a" * 100_000 + "</table>"))
simple("table-long.html", lambda: page("<table>" + "<tr><td>甲<td>乙" * 200_000 + "</table>"))
simple("table-square.html", lambda: page("<table>" + ("<tr>" + "<td>a" * 700) * 700 + "</table>"))
simple("tables-nested.html", lambda: page("<table><tr><td>" * 300 + SENTENCE * 100 + "</table>" * 300))
simple("sheet-rules.html", lambda: page("<style>" + "".join(f".c{n}{{color:red}}" for n in range(100_000)) + "</style>" + "".join(f"<p class=c{n}>字" for n in range(20_000))))
simple("sheet-universal.html", lambda: page("<style>" + "* * * * b{font-weight:bold}" * 5_000 + "</style>" + "<p><b>字</b>" * 20_000))
simple("sheet-descendant.html", lambda: page("<style>" + "div " * 500 + "b{color:red}" + "</style>" + "<div>" * 400 + "<b>字</b>" * 5_000))
simple("sheet-selectors.html", lambda: page("<style>" + ",".join(f".a .b .c{n}" for n in range(50_000)) + "{font-weight:bold}</style>" + "<p class='a b c1'>字" * 5_000))
simple("sheet-brackets.html", lambda: page("<style>" + "a{" * 500_000 + "</style>字"))
simple("sheet-import.html", lambda: page("<style>@import 'sheet.css';</style><link rel=stylesheet href=sheet.css><p>字"), lambda: {"sheet.css": b"@import 'sheet.css';" + b"p{" * 100_000})
simple("ids.html", lambda: page("".join(f"<p id=a{n}><a href=#a{(n * 7919) % 100000}>字</a>" for n in range(100_000))))
simple("title-long.html", lambda: f"<title>{SENTENCE * 30_000}</title><p>字")
simple("json-ld.html", lambda: page("<script type=application/ld+json>" + "[" * 300_000 + "</script><p>字"))
simple("menus.html", lambda: page("<ul>" + "<li><a href=/a>栏目</a>" * 200_000 + "</ul><p>" + SENTENCE * 20))
simple("text-nodes.html", lambda: page("字<!---->" * 300_000))
simple("plaintext.html", lambda: page("<plaintext>" + SENTENCE * 50_000))
simple("doctype.html", lambda: "<!DOCTYPE " + "a" * (5 * MILLION) + "><p>字")

# ---- XML
def article(body, before=""):
    return f'<?xml version="1.0"?>{before}<article><title>文</title>{body}</article>'


def laughs(levels, width, tag=""):
    text = "<!DOCTYPE article [<!ENTITY a0 \"" + ("哈" if not tag else tag) + "\">"
    for level in range(1, levels):
        text += f"<!ENTITY a{level} \"" + f"&a{level - 1};" * width + "\">"
    return text + "]>"


simple("laughs.xml", lambda: article("<para>&a9;</para>", laughs(10, 10)))
simple("laughs-tags.xml", lambda: article("<para>&a9;</para>", laughs(10, 10, "<b>x</b>")))
simple("quadratic.xml", lambda: article("<para>" + "&a;" * 50_000 + "</para>", "<!DOCTYPE article [<!ENTITY a \"" + "哈" * 50_000 + "\">]>"))
simple("laughs-in-attribute.xml", lambda: article("<para id='&a9;'>字</para>", laughs(10, 10)))
simple("entity-circle.xml", lambda: article("<para>&a;</para>", "<!DOCTYPE article [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>"))
simple("entity-outside.xml", lambda: article("<para>&a;</para>", "<!DOCTYPE article [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://127.0.0.1/\">%p;]>"))
simple("entities-many.xml", lambda: article("<para>字</para>", "<!DOCTYPE article [" + "".join(f"<!ENTITY a{n} \"b\">" for n in range(200_000)) + "]>"))
simple("deep.xml", lambda: article("<section>" * 300_000))
simple("deep-closed.xml", lambda: article("<section>" * 100_000 + "<para>字</para>" + "</section>" * 100_000))
simple("deep-emphasis.xml", lambda: article("<para>" + "<emphasis>" * 100_000 + "字" + "</emphasis>" * 100_000 + "</para>"))
simple("deep-unknown.xml", lambda: "<a>" * 100_000 + "字" + "</a>" * 100_000)
simple("deep-lists.xml", lambda: article("<itemizedlist><listitem>" * 50_000 + "<para>字</para>" + "</listitem></itemizedlist>" * 50_000))
simple("paras.xml", lambda: article("<para>字。</para>" * 300_000))
simple("prose-50mb.xml", lambda: article(f"<para>{SENTENCE * 4}</para>\n" * (50 * MILLION // 350)))
simple("emphasis.xml", lambda: article("<para>" + "<emphasis>字</emphasis>" * 300_000 + "</para>"))
simple("footnotes.xml", lambda: article("<para>" + "字<footnote><para>注</para></footnote>" * 100_000 + "</para>"))
simple("footnotes-nested.xml", lambda: article("<para>" + "字<footnote><para>" * 20_000 + "注" + "</para></footnote>" * 20_000 + "</para>"))
simple("sections.xml", lambda: article("<section><title>节</title><para>字</para></section>" * 100_000))
simple("attributes.xml", lambda: article("<para " + " ".join(f"a{n}='b'" for n in range(200_000)) + ">字</para>"))
simple("namespaces.xml", lambda: article("".join(f"<p:a xmlns:p='u{n}'>" for n in range(50_000)) + "</p:a>" * 50_000))
simple("cdata.xml", lambda: article("<para>" + "<![CDATA[字]]>" * 300_000 + "</para>"))
simple("comments.xml", lambda: article("<para>" + "字<!-- a -->" * 300_000 + "</para>"))
simple("table-wide.xml", lambda: article("<informaltable><tgroup cols='1000000000'><tbody><row>" + "<entry>a</entry>" * 100_000 + "</row></tbody></tgroup></informaltable>"))
simple("table-spans.xml", lambda: article("<informaltable><tgroup cols='1000'><tbody>" + "<row><entry morerows='1000000000' namest='c1' nameend='c999999999'>a</entry></row>" * 5_000 + "</tbody></tgroup></informaltable>"))
simple("table-long.xml", lambda: article("<informaltable><tgroup cols='2'><tbody>" + "<row><entry>甲</entry><entry>乙</entry></row>" * 100_000 + "</tbody></tgroup></informaltable>"))
simple("fictionbook-binary.fb2", lambda: '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section><p>字</p></section></body>' + "".join(f'<binary id="b{n}" content-type="image/png">{"QUFB" * 100}</binary>' for n in range(20_000)) + "</FictionBook>")
simple("fictionbook-deep.fb2", lambda: '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body>' + "<section>" * 100_000 + "<p>字</p>" + "</section>" * 100_000 + "</body></FictionBook>")

# ---- JSON: our model, pandoc's
def model(blocks, more=""):
    return '{"banxin":1,' + more + '"blocks":[' + blocks + "]}"


def paragraph(inlines):
    return '{"kind":{"paragraph":{"content":[' + inlines + "]}}}"


simple("deep.json", lambda: "[" * (10 * MILLION))
simple("deep-objects.json", lambda: '{"a":' * (2 * MILLION))
simple("deep-quotes.json", lambda: model('{"kind":{"quote":{"blocks":[' * 100_000 + paragraph('{"text":"字"}') + "]}}}" * 100_000))
simple("deep-inlines.json", lambda: model(paragraph('{"strong":[' * 100_000 + '{"text":"字"}' + "]}" * 100_000)))
simple("paragraphs.json", lambda: model(",".join([paragraph('{"text":"字"}')] * 300_000)))
simple("empty-paragraphs.json", lambda: model(",".join([paragraph("")] * MILLION)))
simple("texts.json", lambda: model(paragraph(",".join(['{"text":"字"}'] * MILLION))))
simple("text-50mb.json", lambda: model(paragraph('{"text":"' + SENTENCE * (50 * MILLION // 84) + '"}')))
simple("unknown-keys.json", lambda: model("", '"x":' + "[" * 0 + "[1,2,3]" + "," + ",".join(f'"k{n}":{n}' for n in range(500_000)) + ","))
simple("numbers.json", lambda: '{"banxin":' + "9" * MILLION + "}")
simple("table-empty.json", lambda: model('{"kind":{"table":{"columns":[],"head":[],"rows":[' + ",".join(['{"cells":[]}'] * 200_000) + "]}}}"))
simple("table-spans.json", lambda: model('{"kind":{"table":{"rows":[{"cells":[{"blocks":[],"column_span":4294967295,"row_span":4294967295}]}]}}}'))
simple("deep-pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[' + '{"t":"BlockQuote","c":[' * 100_000 + "]}" * 100_000 + "]}")
simple("strs-pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[' + ",".join(['{"t":"Str","c":"字"},{"t":"Space"}'] * 300_000) + "]}]}")
simple("table-pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Table","c":[["",[],[]],[null,[]],[' + ",".join(['[{"t":"AlignDefault"},{"t":"ColWidthDefault"}]'] * 1000) + '],[["",[],[]],[]],[[["",[],[]],0,[],[' + ",".join(['[["",[],[]],[[["",[],[]],{"t":"AlignDefault"},2147483647,2147483647,[]]]]'] * 2000) + "]]],[[\"\",[],[]],[]]]}]}")

# ---- EPUB
def zlib_noise(size):
    seed, out = 12345, bytearray()
    state = seed
    while len(out) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out += struct.pack("<Q", state)
    return bytes(out[:size])


CONTAINER = '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'


def epub(chapters, extra=None, opf=None, container=CONTAINER, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", container)
        items = "".join(f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters))
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
        book.writestr("c.opf", opf or f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>书</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>')
        for name, content in chapters.items():
            book.writestr(name, content)
        for name, content in (extra or {}).items():
            book.writestr(name, content)
    return out.getvalue()


def xhtml(body):
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>章</title></head><body>{body}</body></html>'


simple("bomb-chapter.epub", lambda: epub({"a.xhtml": xhtml("<p>" + "字" * (100 * MILLION) + "</p>")}))
simple("bomb-chapters.epub", lambda: epub({f"{n}.xhtml": xhtml("<p>" + "字" * (5 * MILLION) + "</p>") for n in range(40)}))
simple("bomb-image.epub", lambda: epub({"a.xhtml": xhtml("<img src='a.png'/>")}, {"a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * (300 * MILLION)}))
simple("bomb-images.epub", lambda: epub({"a.xhtml": xhtml("".join(f"<img src='{n}.gif'/>" for n in range(100)))}, {f"{n}.gif": b"GIF89a\1\0\1\0" + b"\0" * (20 * MILLION) for n in range(100)}))
simple("many-chapters.epub", lambda: epub({f"{n}.xhtml": xhtml("<p>字</p>") for n in range(20_000)}))
simple("same-chapter.epub", lambda: epub({"a.xhtml": xhtml("<p>" + SENTENCE * 3000 + "</p>")}, opf='<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>' + '<itemref idref="a"/>' * 20_000 + "</spine></package>"))
simple("climbing.epub", lambda: epub({"../../a.xhtml": xhtml("<p>字</p><img src='../../../../etc/passwd'/>"), "/etc/b.xhtml": xhtml("<p>字</p>")}))
simple("opf-deep.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, opf="<package>" + "<metadata>" * 100_000))
simple("opf-laughs.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, opf=laughs(10, 10) + "<package>&a9;</package>"))
simple("opf-itself.epub", lambda: epub({"c.opf": "x"}))
simple("not-a-zip.epub", lambda: b"PK\3\4" + zlib_noise(MILLION))
simple("cut.epub", lambda: epub({"a.xhtml": xhtml(f"<p>{SENTENCE * 1000}</p>")})[:-200])
simple("sizes-lie.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}).replace(struct.pack("<I", len(CONTAINER)), struct.pack("<I", 0xFFFFFFF0)))
simple("overlapping.epub", lambda: overlapping())


def overlapping():
    """Many names in the directory that all mean one compressed piece."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"<p>" + b"a" * (20 * MILLION)
    packed = data.compress(body) + data.flush()
    crc = zlib.crc32(body)
    base = epub({f"{n}.xhtml": "" for n in range(200)})
    out, entries = io.BytesIO(base), []
    with zipfile.ZipFile(out, "a") as book:
        end = book.start_dir
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), len(body), 5, 0) + b"0.xht"
    central = b""
    old = zipfile.ZipFile(io.BytesIO(base))
    for info in old.infolist():
        name = info.filename.encode()
        bomb = name.endswith(b".xhtml")
        values = (crc, len(packed), len(body)) if bomb else (info.CRC, info.compress_size, info.file_size)
        offset = end if bomb else info.header_offset
        central += struct.pack("<4s4B4H3L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, info.compress_type if not bomb else 8, 0, 0, *values, len(name), 0, 0, 0, 0, 0, offset) + name
        entries.append(name)
    start = end + len(local) + len(packed)
    return base[:end] + local + packed + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(entries), len(entries), len(central), start, 0)


# ---- pictures beside a Markdown file
def png(width, height, body=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def picture(name, make):
    CASES.append((f"picture-{name}.md", lambda: f"字\n\n![a]({name})\n".encode(), lambda: {name: text(make())}))


def svg(body, size='width="100" height="100"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{body}</svg>'


def uses(levels, width):
    body = '<g id="a0"><rect width="1" height="1"/></g>'
    for level in range(1, levels):
        body += f'<g id="a{level}">' + f'<use xlink:href="#a{level - 1}"/>' * width + "</g>"
    return svg(f"<defs>{body}</defs><use xlink:href='#a{levels - 1}'/>")


picture("huge-header.png", lambda: png(65535, 65535))
picture("huge-body.png", lambda: png(14_000, 14_000, zlib.compress(b"\0" * (14_000 * (14_000 * 3 + 1)), 1)))
picture("wide.png", lambda: png(200_000_000, 1, zlib.compress(b"\0" * 1000)))
picture("zero.png", lambda: png(0, 0))
picture("cut.png", lambda: png(3000, 3000, zlib.compress(b"\0" * 1000)))
picture("text-bomb.png", lambda: png(1, 1, zlib.compress(b"\0\0\0\0"))[:-12] + b"".join(struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data)) for data in [b"a\0\0" + zlib.compress(b"\0" * 100_000_000, 9)] * 10) + b"\0\0\0\0IEND\xaeB`\x82")
picture("header.jpg", lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9")
picture("frames.gif", lambda: b"GIF89a\x10\x27\x10\x27\x80\0\0\0\0\0\xff\xff\xff" + (b",\0\0\0\0\x10\x27\x10\x27\0\x02\x02D\x01\0") * 1000 + b";")
picture("header.webp", lambda: b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0")
picture("uses.svg", lambda: uses(12, 10))
picture("uses-wide.svg", lambda: uses(6, 30))
picture("use-itself.svg", lambda: svg('<g id="a"><use xlink:href="#a"/></g>'))
picture("deep.svg", lambda: svg("<g>" * 100_000))
picture("deep-closed.svg", lambda: svg("<g>" * 50_000 + "<rect width='1' height='1'/>" + "</g>" * 50_000))
picture("laughs.svg", lambda: laughs(10, 10).replace("article", "svg") + svg("<text>&a9;</text>"))
picture("filters.svg", lambda: svg("<filter id='f'>" + "<feGaussianBlur stdDeviation='1000'/>" * 1000 + "</filter><rect width='100' height='100' filter='url(#f)'/>"))
picture("filter-huge.svg", lambda: svg("<filter id='f' x='-100000' y='-100000' width='1000000' height='1000000'><feTurbulence numOctaves='1000000' baseFrequency='0.1'/></filter><rect width='30000' height='30000' filter='url(#f)'/>", 'width="30000" height="30000"'))
picture("patterns.svg", lambda: svg("<pattern id='p' width='0.0001' height='0.0001' patternUnits='userSpaceOnUse'><rect width='1' height='1'/></pattern><rect width='100' height='100' fill='url(#p)'/>"))
picture("path.svg", lambda: svg("<path d='M0 0" + " L1 1" * 1_000_000 + "'/>"))
picture("dashes.svg", lambda: svg("<path stroke='red' stroke-dasharray='0.00001' d='M0 0 L100000 0'/>"))
picture("masks.svg", lambda: svg("".join(f"<mask id='m{n}'><rect width='1' height='1' mask='url(#m{(n + 1) % 1000})'/></mask>" for n in range(1000)) + "<rect width='9' height='9' mask='url(#m0)'/>"))
picture("styles.svg", lambda: svg("<style>" + "rect rect{fill:red}" * 10_000 + "</style>" + "<rect width='1' height='1'/>" * 5_000))
picture("texts.svg", lambda: svg("<text>" + "字" * 300_000 + "</text>"))
picture("shapes.svg", lambda: svg("<circle r='1'/>" * 300_000))
picture("size.svg", lambda: svg("<rect width='1' height='1'/>", 'width="1e30" height="1e30"'))
picture("outside.svg", lambda: svg("<image xlink:href='file:///etc/passwd' width='1' height='1'/><image xlink:href='http://127.0.0.1/a.png' width='1' height='1'/>"))
picture("image-inside.svg", lambda: svg("<image xlink:href='data:image/png;base64," + __import__("base64").b64encode(png(14_000, 14_000, zlib.compress(b"\0" * (14_000 * (14_000 * 3 + 1)), 1))).decode() + "' width='1' height='1'/>"))
CASES.append(("pictures-many.md", lambda: "".join(f"![a]({n}.png)\n\n" for n in range(3000)).encode(), lambda: {f"{n}.png": png(64, 64, zlib.compress((b"\0" + bytes([n % 256, n // 256, 7]) * 64) * 64)) for n in range(3000)}))
CASES.append(("picture-repeated.md", lambda: b"![a](a.png)\n\n" * 30_000, lambda: {"a.png": png(64, 64, zlib.compress(b"\0" * 64 * 193))}))


def watch_memory(pid, peak):
    """The largest resident size, asked for now and then; the kernel's own peak includes what Python held before exec."""
    while True:
        try:
            with open(f"/proc/{pid}/status") as status:
                line = next(line for line in status if line.startswith("VmHWM:"))
        except (OSError, StopIteration):
            return
        peak[0] = max(peak[0], int(line.split()[1]) // 1024)
        time.sleep(0.01)


def run(banxin, folder, name, to, seconds, busy):
    command = [banxin, name, "-t", to, "-o", "out/", "--json-report", "report.jsonl", "-q"] + (["--limit-seconds", "100"] if busy else [])
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30)))
    peak = [0]
    watcher = threading.Thread(target=watch_memory, args=(process.pid, peak))
    watcher.start()
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    timer.cancel()
    watcher.join()
    wall = time.monotonic() - begun
    failures = []
    try:
        with open(folder / "report.jsonl", encoding="utf-8") as report:
            for line in report:
                failures += [f"{one['code']}: {one['message'][:110]}" for one in json.loads(line).get("failures", [])]
    except (OSError, ValueError):
        failures.append("no report")
    return wall, usage.ru_utime + usage.ru_stime, peak[0], process.returncode, failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--banxin", default="target/release/banxin")
    parser.add_argument("--only", default="", help="cases with this in their names; several with commas")
    parser.add_argument("--to", default="pdf,epub,md", help="formats, all in one process")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "banxin-hostile"))
    parser.add_argument("--all", action="store_true", help="print the good ones too")
    parser.add_argument("--busy", action="store_true", help="the machine has other work: judge by processor seconds, not by the clock")
    options = parser.parse_args()
    banxin, work = os.path.abspath(options.banxin), pathlib.Path(options.work)
    bad, count = 0, 0
    for name, make, beside in CASES:
        if not any(part in name for part in options.only.split(",")):
            continue
        count += 1
        folder = work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        before = {path.name for path in work.iterdir()}
        (folder / name).write_bytes(text(make()))
        for other, content in (beside() if beside else {}).items():
            (folder / other).write_bytes(content)
        inside = {path.name for path in folder.iterdir()} | {"out", "report.jsonl"}
        wall, cpu, memory, code, failures = run(banxin, folder, name, options.to, 120 if options.busy else 30, options.busy)
        faults = []
        if (cpu if options.busy else wall) > SECONDS:
            faults.append("slow")
        if memory > MEBIBYTES:
            faults.append("memory")
        if code not in (0, 1):
            faults.append(f"code {code}")
        if any(failure.startswith(("panic", "no report")) for failure in failures):
            faults.append("panic")
        if {path.name for path in folder.iterdir()} - inside or {path.name for path in work.iterdir()} - before:
            faults.append("file outside")
        bad += bool(faults)
        if faults or options.all:
            print(f"{'BAD ' if faults else 'good'} {name:28} {wall:6.2f} s {cpu:6.2f} CPU s {memory:5d} MiB code {code} {' '.join(faults)} {failures[:3]}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{count} files, {bad} bad")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
