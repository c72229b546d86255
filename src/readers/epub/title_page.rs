//! Title pages: they say what the metadata say, and the writers make their own.

use crate::document::Metadata;

/// Words of a title page that are in no metadata: what a maker did.
const WORDS: &[&str] =
    &["著", "编", "編", "译", "譯", "訳", "绘", "繪", "作者", "译者", "譯者", "出版社", "by", "Author"];

/// Most characters that may be left when everything known is taken away.
const LEFT: usize = 2;

/// Whether a text has nothing to say beyond the metadata, of which the title is part.
pub fn only_repeats_metadata(text: &str, metadata: &Metadata) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let Some(title) = metadata.title.as_deref().map(letters).filter(|title| !title.is_empty()) else { return false };
    let mut left = letters(text);
    if !left.contains(&title) {
        return false;
    }
    let facts =
        [&metadata.title, &metadata.subtitle, &metadata.publisher, &metadata.source, &metadata.date, &metadata.rights];
    let names = metadata.contributors.iter().map(|one| one.name.as_str());
    let mut known: Vec<String> = facts.into_iter().flatten().map(String::as_str).chain(names).map(letters).collect();
    known.extend(WORDS.iter().map(|word| (*word).to_owned()));
    known.retain(|one| !one.is_empty());
    // Longest first, or a short name would tear a longer one apart.
    known.sort_by_key(|one| std::cmp::Reverse(one.len()));
    for one in known {
        left = left.replace(&one, "");
    }
    left.chars().count() <= LEFT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Contributor;

    #[test]
    fn a_title_page_repeats_what_is_known() {
        let metadata = Metadata {
            title: Some("慢河".to_owned()),
            contributors: vec![Contributor::author("林小舟")],
            ..Metadata::default()
        };
        assert!(only_repeats_metadata("慢河\n林小舟 著", &metadata));
        assert!(!only_repeats_metadata("慢河\n献给河边的人", &metadata));
        assert!(!only_repeats_metadata("林小舟", &metadata));
    }
}
