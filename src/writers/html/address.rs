//! Link targets: which may be written, and in what form.

/// What a link may point to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// An anchor of this document, without its `#`.
    Anchor(&'a str),
    /// A safe absolute address, with what no address may contain percent-encoded.
    Outside(String),
    /// Scripts, files of the author's machine, names relative to a place that is not carried along.
    Unusable,
}

/// Sort a link target.
pub fn address(target: &str) -> Address<'_> {
    let target = target.trim();
    if let Some(anchor) = target.strip_prefix('#') {
        return Address::Anchor(anchor);
    }
    let Some((scheme, rest)) = target.split_once(':') else { return Address::Unusable };
    let scheme = scheme.to_ascii_lowercase();
    let usable = match scheme.as_str() {
        "http" | "https" | "ftp" => rest.strip_prefix("//").is_some_and(host_is_plausible),
        "mailto" | "tel" | "sms" | "doi" | "urn" => !rest.is_empty(),
        _ => false,
    };
    if usable { Address::Outside(encoded(&scheme, rest)) } else { Address::Unusable }
}

/// Whether what follows `//` has a host that URL parsers accept (URL standard §3.5).
fn host_is_plausible(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let is_name =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_') || (!c.is_ascii() && !c.is_whitespace());
    let numeric = name.split('.').next_back().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
    let sound = !name.is_empty() && name.chars().all(is_name) && port.chars().all(|c| c.is_ascii_digit());
    let port_fits = port.is_empty() || port.parse::<u16>().is_ok();
    sound && port_fits && (!numeric || name.parse::<std::net::Ipv4Addr>().is_ok())
}

fn encoded(scheme: &str, rest: &str) -> String {
    let mut address = format!("{scheme}:");
    let bytes = rest.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    for (index, character) in rest.char_indices() {
        let whole_escape = character == '%' && is_hex(index + 1) && is_hex(index + 2);
        let forbidden = matches!(character, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']')
            || (character == '%' && !whole_escape);
        if forbidden {
            address.push_str(&format!("%{:02X}", character as u32));
        } else if !character.is_control() && !character.is_whitespace() {
            address.push(character);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_only_addresses_a_reader_may_follow() {
        assert_eq!(address("#第一章"), Address::Anchor("第一章"));
        assert_eq!(address("HTTPS://a.cn/文 章?x=1|2"), Address::Outside("https://a.cn/文%20章?x=1%7C2".to_owned()));
        assert_eq!(address("https://a.cn/100%"), Address::Outside("https://a.cn/100%25".to_owned()));
        for target in ["javascript:alert(1)", "data:text/html,x", "file:///etc/x", "../b.md", "https://", "http://[x"] {
            assert_eq!(address(target), Address::Unusable, "{target}");
        }
    }
}
