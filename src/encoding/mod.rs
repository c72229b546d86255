//! Bytes to text: which encoding a source is in, and its characters.
//!
//! In come bytes, what the source says of itself and what the user says; out comes UTF-8 with every broken byte replaced
//! by U+FFFD and counted. Line ends and control characters stay as they are: each reader has its own rule for them.

mod charset;
mod detect;
mod frequency;

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostics::{Diagnostics, Loss, Place};

pub(crate) use charset::{IN_BIG5, IN_GB2312, IN_JIS, charsets};

/// A source's characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// Without a byte order mark; the bytes themselves where they are UTF-8.
    pub text: Cow<'b, str>,
    /// WHATWG name of the encoding, for `Provenance::encoding`.
    pub encoding: &'static str,
    /// How the encoding is known.
    pub ground: Ground,
    /// Broken byte sequences, each replaced by U+FFFD.
    pub mended: usize,
}

/// How an encoding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The user said so.
    Asked,
    /// A byte order mark.
    Marked,
    /// The source itself says so and its bytes agree.
    Declared,
    /// The bytes are valid in an encoding that other bytes hardly ever are valid in.
    Valid,
    /// The likeliest one, and how sure that is, in percent.
    Guessed(u8),
}

/// The characters of `bytes`.
///
/// `asked` is the user's word (`ReadOptions::encoding`) and overrides everything; then a byte order mark, then what the
/// bytes prove, then `declared` (of an XML declaration, a `<meta charset>`) where the bytes do not contradict it, then
/// the likeliest encoding. Broken bytes are mended and reported; so are an unknown label and a guess.
pub fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&str>,
    asked: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Decoded<'b> {
    let asked = asked.and_then(|label| known(label, diagnostics));
    let declared = declared.and_then(|label| known(label, diagnostics));
    if asked.is_none() && detect::is_hz(bytes) {
        let gb = detect::hz_to_gb(bytes);
        let decoded = decoded(&gb, None, encoding_rs::GB18030, "HZ-GB-2312", Ground::Valid, diagnostics);
        let Decoded { text, encoding, ground, mended } = decoded;
        return Decoded { text: Cow::Owned(text.into_owned()), encoding, ground, mended };
    }
    let as_utf_8 = match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(Cow::Borrowed(text)) => Some(text),
        _ => None,
    };
    let (encoding, ground) = match (asked, Encoding::for_bom(bytes)) {
        (Some(encoding), _) => (encoding, Ground::Asked),
        (None, Some((encoding, _))) => (encoding, Ground::Marked),
        (None, None) => detect::detect(bytes, as_utf_8.is_some(), declared),
    };
    let decoded = decoded(bytes, as_utf_8, encoding, name(encoding), ground, diagnostics);
    report(&decoded, declared, diagnostics);
    decoded
}

/// An encoding by its label, GBK and GB 2312 as the GB 18030 they are part of.
fn known(label: &str, diagnostics: &mut Diagnostics) -> Option<&'static Encoding> {
    let found = Encoding::for_label_no_replacement(label.trim().as_bytes());
    if found.is_none() {
        let message = format!("encoding {label:?} is not known; the bytes decide (utf-8, gb18030, big5, shift_jis …)");
        diagnostics.warn(Loss::Substituted, "unknown-encoding", None, message);
    }
    found.map(|encoding| if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding })
}

/// The WHATWG name, with GB 18030 in its usual capitals.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == encoding_rs::GB18030 { "GB18030" } else { encoding.name() }
}

/// `as_utf_8`: the bytes as text where they are UTF-8, which need not be found out twice.
fn decoded<'b>(
    bytes: &'b [u8],
    as_utf_8: Option<&'b str>,
    encoding: &'static Encoding,
    name: &'static str,
    ground: Ground,
    diagnostics: &mut Diagnostics,
) -> Decoded<'b> {
    let (text, mended, first) = match as_utf_8.filter(|_| encoding == UTF_8) {
        Some(text) => (Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text)), 0, 0),
        None => {
            let mark = Encoding::for_bom(bytes).filter(|(marked, _)| *marked == encoding);
            let (text, mended, first) = mend(&bytes[mark.map_or(0, |(_, length)| length)..], encoding);
            (Cow::Owned(text), mended, first)
        }
    };
    if mended > 0 {
        let line = text.as_bytes()[..first].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
        let place = Some(Place { line, column: 0 });
        let message = format!("{mended} broken {name} byte sequence(s) replaced by U+FFFD, the first one here");
        diagnostics.warn(Loss::Repaired, "broken-bytes", place, message);
    }
    Decoded { text, encoding: name, ground, mended }
}

/// The text, how many byte sequences in it were broken, and where in the text the first one stands.
fn mend(bytes: &[u8], encoding: &'static Encoding) -> (String, usize, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    // Through a small buffer: the decoder clears all that is left of its output at every broken sequence.
    let mut buffer = [0; 4096];
    let (mut read, mut mended, mut first) = (0, 0, 0);
    loop {
        let (result, more, written) = decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut buffer, true);
        read += more;
        text.push_str(&String::from_utf8_lossy(&buffer[..written]));
        match result {
            DecoderResult::InputEmpty => return (text, mended, first),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                if mended == 0 {
                    first = text.len();
                }
                mended += 1;
                text.push('\u{FFFD}');
            }
        }
    }
}

/// Say what a reader of the report should know of the choice.
fn report(decoded: &Decoded<'_>, declared: Option<&'static Encoding>, diagnostics: &mut Diagnostics) {
    if let Ground::Guessed(percent) = decoded.ground {
        let message = format!("encoding taken to be {}, {percent} % sure; --encoding overrides it", decoded.encoding);
        if percent < 80 {
            diagnostics.warn(Loss::Substituted, "guessed-encoding", None, message);
        } else {
            diagnostics.note(Loss::Substituted, "guessed-encoding", None, message);
        }
    }
    if let Some(declared) = declared.filter(|declared| name(declared) != decoded.encoding) {
        let message = format!("the source says {}, but its bytes are {}", name(declared), decoded.encoding);
        diagnostics.warn(Loss::Repaired, "wrong-encoding", None, message);
    }
}

/// Whether an encoding is one of the two of 16-bit units, whose bytes are not ASCII.
fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "清晨的渡口很安静。老船工把缆绳一圈一圈绕好，说今天风大，等一等再开。\n";

    fn of(bytes: &[u8]) -> Decoded<'_> {
        decode(bytes, None, None, &mut Diagnostics::new())
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn each_encoding_is_found() {
        let traditional = "清晨的渡口很安靜。老船工把纜繩一圈一圈繞好，說今天風大，等一等再開。\n";
        let japanese = "朝の渡し場はとても静かだった。風が強いので、もう少し待とうと船頭が言った。\n";
        let korean = "이른 아침 나루터는 아주 조용했다. 바람이 세니 조금 기다리자고 사공이 말했다.\n";
        let cases = [
            (ARTICLE, encoding_rs::GB18030),
            (traditional, encoding_rs::BIG5),
            (traditional, encoding_rs::GB18030),
            (japanese, encoding_rs::SHIFT_JIS),
            (japanese, encoding_rs::EUC_JP),
            (korean, encoding_rs::EUC_KR),
            (ARTICLE, UTF_8),
        ];
        for (text, encoding) in cases {
            let bytes = encoded(text, encoding);
            let found = of(&bytes);
            assert_eq!((found.encoding, &*found.text), (name(encoding), text));
        }
    }

    #[test]
    fn kana_alone_is_shift_jis() {
        let bytes = encoded("これはとてもおもしろいはなしです。ぜひよんでみてください。", encoding_rs::SHIFT_JIS);
        let found = of(&bytes);
        assert_eq!(found.encoding, "Shift_JIS");
    }

    #[test]
    fn utf_16_is_found_without_its_mark() {
        let little: Vec<u8> = ARTICLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = ARTICLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((of(&little).encoding, &*of(&little).text), ("UTF-16LE", ARTICLE));
        assert_eq!((of(&big).encoding, &*of(&big).text), ("UTF-16BE", ARTICLE));
    }

    #[test]
    fn hz_is_gb_in_seven_bits() {
        assert_eq!(of(b"~{VPND~} ~~").text, "中文 ~");
        assert_eq!(of(b"a ~{ b").text, "a ~{ b");
    }

    #[test]
    fn broken_bytes_are_counted_and_kept_visible() {
        let mut bytes = ARTICLE.repeat(3).into_bytes();
        bytes.insert(ARTICLE.len(), 0xFF);
        let mut diagnostics = Diagnostics::new();
        let found = decode(&bytes, None, None, &mut diagnostics);
        assert_eq!((found.encoding, found.mended), ("UTF-8", 1));
        assert_eq!(diagnostics.entries()[0].place, Some(Place { line: 2, column: 0 }));
        assert_eq!(found.text.replace('\u{FFFD}', ""), ARTICLE.repeat(3));
    }

    #[test]
    fn a_wrong_declaration_does_not_beat_the_bytes() {
        let mut diagnostics = Diagnostics::new();
        let found = decode(ARTICLE.as_bytes(), Some("gb2312"), None, &mut diagnostics);
        assert_eq!(found.encoding, "UTF-8");
        assert_eq!(diagnostics.counts()["wrong-encoding"], 1);
        let bytes = encoded(ARTICLE, encoding_rs::GB18030);
        let asked = decode(&bytes, Some("big5"), Some("GBK"), &mut diagnostics);
        assert_eq!((asked.encoding, &*asked.text), ("GB18030", ARTICLE));
    }

    #[test]
    fn four_byte_characters_of_gb18030_are_read() {
        let text = "他姓㐂，住在𠮷野家旁边，常说起旧时的事情。";
        assert_eq!(of(&encoded(text, encoding_rs::GB18030)).text, text);
    }
}
