//! The encoding a page declares for itself (HTML §13.2.3.2, the prescan).

use std::sync::LazyLock;

use regex::bytes::Regex;

/// Bytes looked at, as browsers do.
const PRESCAN: usize = 4096;

static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?i-u)<meta[^>]{0,300}?charset\s*=\s*["']?\s*([-A-Za-z0-9_:.]+)"#;
    Regex::new(pattern).expect("the pattern is right")
});

static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?-u)^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([-A-Za-z0-9_:.]+)"#;
    Regex::new(pattern).expect("the pattern is right")
});

/// The label in `<meta charset>`, `<meta http-equiv>` or an XML declaration.
pub fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let found = CHARSET.captures(head).or_else(|| DECLARATION.captures(head))?;
    String::from_utf8(found[1].to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_declaring_is_read() {
        assert_eq!(declared(b"<html><META charset=gbk>").as_deref(), Some("gbk"));
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>";
        assert_eq!(declared(old).as_deref(), Some("gb2312"));
        assert_eq!(declared(b"<?xml version='1.0' encoding='Big5'?><html/>").as_deref(), Some("Big5"));
    }
}
