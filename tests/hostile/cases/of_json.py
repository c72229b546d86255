"""JSON: banxin's model and pandoc's."""
from .collection import MILLION, SENTENCE, keep, simple

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
simple("deep.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[' + '{"t":"BlockQuote","c":[' * 100_000 + "]}" * 100_000 + "]}")
simple("strs.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[' + ",".join(['{"t":"Str","c":"字"},{"t":"Space"}'] * 300_000) + "]}]}")
simple("table.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Table","c":[["",[],[]],[null,[]],[' + ",".join(['[{"t":"AlignDefault"},{"t":"ColWidthDefault"}]'] * 1000) + '],[["",[],[]],[]],[[["",[],[]],0,[],[' + ",".join(['[["",[],[]],[[["",[],[]],{"t":"AlignDefault"},2147483647,2147483647,[]]]]'] * 2000) + "]]],[[\"\",[],[]],[]]]}]}")

# ---- what else JSON can be
simple("surrogates.json", lambda: model(paragraph('{"text":"' + "\\ud800" * 300_000 + '"}')))
simple("surrogate-pairs.json", lambda: model(paragraph('{"text":"' + "\\ud840\\udc00" * 300_000 + '"}')))
simple("controls.json", lambda: model(paragraph('{"text":"' + "\\u0000\\n\\t\\u001b[2J\\u202e" * 100_000 + '"}')))
simple("escapes-cut.json", lambda: '{"banxin":1,"blocks":[{"kind":{"paragraph":{"content":[{"text":"\\u12')
simple("numbers-odd.json", lambda: model('{"kind":{"heading":{"level":1e999,"content":[]}}}'))
simple("level.json", lambda: model(",".join('{"kind":{"heading":{"level":%s,"content":[{"text":"字"}]}}}' % n for n in (0, -1, 7, 255, 256, 65536, 1.5, "null"))))
simple("levels.json", lambda: model(",".join('{"kind":{"heading":{"level":%d,"content":[{"text":"字"}]}}}' % (1 + n % 6) for n in range(100_000))))
simple("version.json", lambda: '{"banxin":99999999999999999999,"blocks":[]}')
simple("keys-same.json", lambda: '{"banxin":1,' + '"blocks":[],' * 300_000 + '"blocks":[]}')
simple("metadata.json", lambda: model(paragraph('{"text":"字"}'), '"metadata":{"title":[{"text":"' + SENTENCE * 10_000 + '"}],"authors":[' + ",".join(['{"name":"甲"}'] * 50_000) + "]},"))
simple("notes-circle.json", lambda: model(paragraph('{"note":"a"}'), '"notes":{"a":[' + paragraph('{"note":"b"}') + '],"b":[' + paragraph('{"note":"a"}') + "]},"))
simple("notes-missing.json", lambda: model(paragraph(",".join('{"note":"n%d"}' % n for n in range(100_000)))))
simple("notes-many.json", lambda: model(paragraph(",".join('{"note":"n%d"}' % n for n in range(50_000))), '"notes":{' + ",".join('"n%d":[%s]' % (n, paragraph('{"text":"注"}')) for n in range(50_000)) + "},"))
simple("text-breaks.json", lambda: model(paragraph('{"text":"字\\r\\n\\u2028字"}') + ("," + paragraph('{"text":"字\\n"}')) * 50_000))
simple("pictures-outside.json", lambda: model(",".join([paragraph('{"image":{"source":"%s","alternative":""}}' % name) for name in ("/etc/passwd", "../../etc/passwd", "file:///etc/passwd", "//server/a.png", "C:/a.png", "/dev/zero", "http://127.0.0.1:1/a")] * 1_000)))
simple("list-of-lists.json", lambda: model(",".join(['{"kind":{"list":{"marks":"bullet","items":[{"blocks":[' + paragraph('{"text":"字"}') + "]}]}}}"] * 50_000)))
simple("bytes-broken.json", lambda: b'{"banxin":1,"blocks":[{"kind":{"paragraph":{"content":[{"text":"' + b"\xff\xfe\x80" * 300_000 + b'"}]}}}]}')
simple("strings-long.json", lambda: '{"' + "a" * (20 * MILLION) + '":1}')
simple("meta.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":' + '{"a":{"t":"MetaMap","c":' * 50_000 + "{}" + "}}" * 50_000 + ',"blocks":[]}')
simple("headers.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[' + ",".join('{"t":"Header","c":[%d,["",[],[]],[{"t":"Str","c":"字"}]]}' % (n % 9) for n in range(100_000)) + "]}")
simple("notes.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[' + ",".join(['{"t":"Note","c":[{"t":"Para","c":[{"t":"Str","c":"注"}]}]}'] * 60_000) + "]}]}")
simple("notes-deep.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[' + '{"t":"Note","c":[{"t":"Para","c":[' * 20_000 + "]}]}" * 20_000 + "]}]}")
simple("attributes.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Div","c":[["a",[' + ",".join(['"c"'] * 100_000) + "],[" + ",".join(['["k","v"]'] * 100_000) + ']],[{"t":"Para","c":[{"t":"Str","c":"字"}]}]]}]}')
simple("raw.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[' + ",".join(['{"t":"RawBlock","c":["html","<script>"]},{"t":"LineBlock","c":[[],[]]},{"t":"Null"},{"t":"Nonsense","c":1}'] * 30_000) + "]}")
simple("lists.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"OrderedList","c":[[-9223372036854775808,{"t":"UpperRoman"},{"t":"TwoParens"}],[' + ",".join(['[{"t":"Plain","c":[{"t":"Str","c":"字"}]}]'] * 50_000) + "]]}]}")
simple("list-start.pandoc.json", lambda: '{"pandoc-api-version":[1,23],"meta":{},"blocks":[' + ",".join('{"t":"OrderedList","c":[[%d,{"t":"%s"},{"t":"Period"}],[[{"t":"Plain","c":[{"t":"Str","c":"字"}]}]]]}' % (2147483647 - n, kind) for n, kind in enumerate(["UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha", "Decimal", "Example"] * 500)) + "]}")
