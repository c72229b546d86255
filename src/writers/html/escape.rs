//! Characters into XML character data.

/// Append text as character data, also safe within a double-quoted attribute. Characters XML 1.0 cannot carry at all
/// (§2.2: controls but tab and line feed, U+FFFE, U+FFFF) are left out; none of them has a visible form.
pub fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let (replacement, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            0x09 | 0x0A => continue,
            0x00..=0x1F | 0x7F => ("", 1),
            0xEF if bytes[index..].starts_with(b"\xEF\xBF\xBE") || bytes[index..].starts_with(b"\xEF\xBF\xBF") => {
                ("", 3)
            }
            _ => continue,
        };
        out.push_str(&text[written..index]);
        out.push_str(replacement);
        written = index + length;
    }
    out.push_str(&text[written..]);
}

/// [`escape`], as a string of its own.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}

/// Append ` name="value"`.
pub fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_xml_can_carry_and_escapes_the_rest() {
        assert_eq!(escaped("a<b>&\"c\"\u{0}\u{FFFE}文\u{FFFF}\t\n。"), "a&lt;b&gt;&amp;&quot;c&quot;文\t\n。");
        assert_eq!(escaped("\u{FFFD}\u{F900}"), "\u{FFFD}\u{F900}");
    }
}
