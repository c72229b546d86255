//! Addresses: relative ones made absolute (RFC 3986 §5.2), without touching how their characters are written.
//!
//! The usual URL crates turn every Chinese character of a path into percent escapes; a reader of a printed page is
//! better served by the characters.

/// `written` as seen from `base`, an absolute address.
pub fn resolve(base: &str, written: &str) -> String {
    if has_scheme(written) {
        return written.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return written.to_owned() };
    if let Some(host_on) = written.strip_prefix("//") {
        return format!("{scheme}://{host_on}");
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let host_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path_query) = rest.split_at(host_end);
    if written.starts_with('?') {
        let path = path_query.split('?').next().unwrap_or_default();
        return format!("{scheme}://{host}{}{written}", if path.is_empty() { "/" } else { path });
    }
    let base_path = path_query.split('?').next().unwrap_or_default();
    let (written_path, tail) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
    let path = if written_path.starts_with('/') {
        written_path.to_owned()
    } else {
        let folder = base_path.rfind('/').map_or("/", |end| &base_path[..=end]);
        format!("{folder}{written_path}")
    };
    format!("{scheme}://{host}{}{tail}", without_dots(&path))
}

/// Whether an address names its scheme.
pub fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The path with `.` and `..` worked out.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        match *part {
            "." | ".." => {
                if *part == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_3986_resolve() {
        let base = "http://a/b/c/d;p?q";
        let cases = [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            ("..", "http://a/b/"),
            ("../../g", "http://a/g"),
            ("../../../../g", "http://a/g"),
        ];
        for (written, expected) in cases {
            assert_eq!(resolve(base, written), expected, "{written}");
        }
        assert_eq!(resolve("https://例.cn/文/甲.html", "乙.html"), "https://例.cn/文/乙.html");
    }
}
