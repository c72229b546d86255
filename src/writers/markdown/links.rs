//! Links and pictures: their words, addresses and titles.

use super::attributes;
use super::html::image_tag;
use super::inlines::Flat;
use crate::document::{Image, Inline, Link};

impl Flat<'_, '_> {
    pub(super) fn link(&mut self, link: &Link) {
        if let (Some(address), None) = (automatic(link), &link.title) {
            let address = self.in_place(address.to_owned());
            return self.source(format!("<{address}>"));
        }
        if self.in_link {
            // Markdown has no link within a link.
            return self.add(&link.content);
        }
        // Notes have no place within a link: they stand behind it.
        let mut notes = self.context.dialect.notes.then(Vec::new);
        let content = link_text(&link.content, &mut notes);
        let content = self.nested(content.as_ref().unwrap_or(&link.content));
        let title = link.title.as_deref().map(title).unwrap_or_default();
        let target = self.target(destination(&link.target) + &title);
        self.source(format!("[{content}]{target}"));
        notes.iter().flatten().for_each(|label| self.note(label));
    }

    /// What stands behind the words of a link or picture: its target, or the label of that.
    fn target(&mut self, target: String) -> String {
        match self.context.references.as_mut() {
            Some(references) => format!("[{}]", references.label(&target)),
            None => format!("({})", self.in_place(target)),
        }
    }

    pub(super) fn image(&mut self, image: &Image) {
        let address = (self.context.picture_address)(image);
        let has_size = image.width.is_some() || image.height.is_some();
        if has_size && !self.context.dialect.attributes {
            return self.source(image_tag(image, &address));
        }
        let sizes = [("width", image.width), ("height", image.height)];
        let sizes = sizes.into_iter().filter_map(|(name, size)| Some((name, size?.to_string())));
        let attributes = attributes::source(None, None, &[], sizes);
        let alternative = self.nested(&[Inline::text(image.alternative.as_str())]);
        let title = image.title.as_deref().map(title).unwrap_or_default();
        let target = self.target(destination(&address) + &title);
        self.source(format!("![{alternative}]{target}{attributes}"));
    }
}

/// What can stand in the text of a link: no links, and where the flavour has notes no references to them, which go to
/// `notes`. `None` where that is all of it.
fn link_text(inlines: &[Inline], notes: &mut Option<Vec<String>>) -> Option<Vec<Inline>> {
    fn take(inlines: Vec<Inline>, notes: &mut Option<Vec<String>>, out: &mut Vec<Inline>) {
        for mut inline in inlines {
            match (inline, notes.as_mut()) {
                (Inline::NoteReference(label), Some(notes)) => notes.push(label),
                (Inline::Link(link), _) => take(link.content, notes, out),
                (other, _) => {
                    inline = other;
                    if let Some(children) = inline.children_mut() {
                        let content = std::mem::take(children);
                        take(content, notes, children);
                    }
                    out.push(inline);
                }
            }
        }
    }
    fn has_other(inlines: &[Inline]) -> bool {
        inlines
            .iter()
            .any(|inline| matches!(inline, Inline::Link(_) | Inline::NoteReference(_)) || has_other(inline.children()))
    }
    has_other(inlines).then(|| {
        let mut out = Vec::new();
        take(inlines.to_vec(), notes, &mut out);
        out
    })
}

/// The address of a link that shows its own address, where `<…>` can say so (CommonMark §6.5).
fn automatic(link: &Link) -> Option<&str> {
    let [Inline::Text(text)] = link.content.as_slice() else { return None };
    let address = if *text == link.target {
        let (scheme, rest) = text.split_once(':')?;
        let is_scheme = (2..=32).contains(&scheme.len())
            && scheme.starts_with(|one: char| one.is_ascii_alphabetic())
            && scheme.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'+' | b'.' | b'-'));
        (is_scheme && !rest.is_empty()).then_some(text)?
    } else {
        let (name, domain) = text.split_once('@').filter(|_| link.target.strip_prefix("mailto:") == Some(text))?;
        let is_name = |one: u8| one.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&one);
        let is_label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'-')
        };
        (!name.is_empty() && name.bytes().all(is_name) && domain.split('.').all(is_label)).then_some(text)?
    };
    let is_plain = |one: char| !one.is_whitespace() && !one.is_control() && !matches!(one, '<' | '>');
    address.chars().all(is_plain).then_some(address)
}

/// A link's destination (CommonMark §6.3).
fn destination(address: &str) -> String {
    let mut depth = 0i32;
    let balanced = address.bytes().all(|one| {
        depth += i32::from(one == b'(') - i32::from(one == b')');
        (0..=8).contains(&depth)
    }) && depth == 0;
    let is_bare = balanced
        && !address.is_empty()
        && !address.starts_with('<')
        && !address.chars().any(|one| one.is_ascii_control() || one.is_whitespace());
    let mut out = String::with_capacity(address.len() + 2);
    for (at, one) in address.char_indices() {
        let rest = &address[at + one.len_utf8()..];
        let escapes = match one {
            '\\' => rest.starts_with(|next: char| next.is_ascii_punctuation()),
            '&' => rest.contains(';'),
            '<' | '>' => !is_bare,
            '\n' | '\r' => {
                out.push_str(if one == '\n' { "%0A" } else { "%0D" });
                continue;
            }
            _ => false,
        };
        if escapes || one == '\\' && rest.is_empty() {
            out.push('\\');
        }
        out.push(one);
    }
    if is_bare { out } else { format!("<{out}>") }
}

/// A title with the space before it.
fn title(title: &str) -> String {
    let mut out = String::from(" \"");
    for (at, one) in title.char_indices() {
        let rest = &title[at + one.len_utf8()..];
        match one {
            '"' => out.push('\\'),
            '\\' if rest.is_empty() || rest.starts_with(|next: char| next.is_ascii_punctuation()) => out.push('\\'),
            '&' if rest.contains(';') => out.push('\\'),
            '\n' | '\r' => {
                out.push_str("&#10;");
                continue;
            }
            _ => {}
        }
        out.push(one);
    }
    out + "\""
}
