//! What an element's own `style` attribute says, as far as it changes meaning.

/// The value of one property, trimmed and in lower case; the last declaration wins, as in CSS.
pub fn property(style: &str, name: &str) -> Option<String> {
    let mut declarations = style.rsplit(';').filter_map(|declaration| declaration.split_once(':'));
    let found = declarations.find(|(property, _)| property.trim().eq_ignore_ascii_case(name))?;
    Some(found.1.trim().trim_end_matches("!important").trim().to_ascii_lowercase())
}

/// Whether the element is not shown.
pub fn hides(style: &str) -> bool {
    property(style, "display").is_some_and(|value| value == "none")
        || property(style, "visibility").is_some_and(|value| value == "hidden")
}

/// A length in CSS pixels: `640`, `640px`, `12.5px`.
pub fn pixels(value: &str) -> Option<u32> {
    let number = value.trim().trim_end_matches("px").trim();
    let whole = number.split('.').next()?;
    whole.parse().ok().filter(|pixels| (1..=20_000).contains(pixels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_declaration_wins() {
        assert_eq!(property("color: red; COLOR :Blue !important", "color").as_deref(), Some("blue"));
        assert!(hides("margin:0;display : none"));
        assert_eq!(pixels("100%"), None);
    }
}
