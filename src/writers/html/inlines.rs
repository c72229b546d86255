//! Text-level nodes as XHTML.

use unicode_script::{Script, UnicodeScript};

use super::address::{Address, address};
use super::escape::{attribute, escape, escaped};
use super::markup::{Markup, Medium, PRINTED_PAGE};
use crate::diagnostics::Loss;
use crate::document::{Image, Inline, Link, RubyPair, RubyPosition, Span, plain_text};

/// Emphasis of more characters than this is set in Kai instead of dotted: dots under whole paragraphs tire the eye.
const LONGEST_DOTTED: usize = 24;

impl<'a> Markup<'a> {
    pub fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Emphasis(content) => self.emphasis(content),
            Inline::Strong(content) => self.wrapped("strong", "", content),
            Inline::EmphasisDots(content) => self.wrapped("em", "dots", content),
            Inline::ProperName(content) => self.wrapped("u", "proper-name", content),
            Inline::BookTitle(content) => self.wrapped("cite", "book-title", content),
            Inline::Underline(content) => self.wrapped("u", "", content),
            Inline::Strike(content) => self.wrapped("s", "", content),
            Inline::Highlight(content) => self.wrapped("mark", "", content),
            Inline::Superscript(content) => self.wrapped("sup", "", content),
            Inline::Subscript(content) => self.wrapped("sub", "", content),
            Inline::SmallCaps(content) => self.wrapped("span", "small-caps", content),
            Inline::Span(Span { attributes, content }) => {
                self.out.push_str("<span");
                if let Some(id) = &attributes.id {
                    self.id(id);
                }
                if let (Some(label), Medium::Book) = (attributes.pairs.get(PRINTED_PAGE), self.around.medium) {
                    self.out.push_str(" epub:type=\"pagebreak\" role=\"doc-pagebreak\"");
                    attribute("aria-label", label, &mut self.out);
                }
                if let Some(language) = &attributes.language {
                    self.language(language);
                }
                self.out.push('>');
                self.inlines(content);
                self.out.push_str("</span>");
            }
            Inline::Ruby { pairs, position } => self.ruby(pairs, *position),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.image(image),
            Inline::Code(text) => {
                self.out.push_str("<code>");
                escape(text, &mut self.out);
                self.out.push_str("</code>");
            }
            Inline::Math(tex) => self.mathematics(tex, false),
            Inline::NoteReference(note) => self.note_reference(note),
            Inline::LineBreak => self.out.push_str("<br/>"),
            Inline::Raw { format, text } => {
                let words = words_of_raw(format, text);
                self.text(&words);
                self.report_raw(format, &words);
            }
        }
    }

    fn wrapped(&mut self, tag: &str, class: &str, content: &'a [Inline]) {
        self.out.push('<');
        self.out.push_str(tag);
        if !class.is_empty() {
            attribute("class", class, &mut self.out);
        }
        self.out.push('>');
        self.inlines(content);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn emphasis(&mut self, content: &'a [Inline]) {
        let words = plain_text(content);
        let class = match (words.chars().any(is_cjk), words.chars().count()) {
            (false, _) => "latin",
            (true, length) if length > LONGEST_DOTTED => "kai",
            (true, _) => "",
        };
        self.wrapped("em", class, content);
    }

    fn ruby(&mut self, pairs: &[RubyPair], position: RubyPosition) {
        self.findings.ruby = true;
        self.out.push_str(match position {
            RubyPosition::Over => "<ruby>",
            RubyPosition::Under => "<ruby class=\"under\">",
            RubyPosition::InterCharacter => "<ruby class=\"inter-character\">",
        });
        for pair in pairs {
            self.text(&pair.base);
            // Without an <rt> the base would take the next pair's annotation.
            self.out.push_str("<rp>（</rp><rt>");
            escape(&pair.annotation, &mut self.out);
            self.out.push_str("</rt><rp>）</rp>");
        }
        self.out.push_str("</ruby>");
    }

    fn link(&mut self, link: &'a Link) {
        let target = match address(&link.target) {
            _ if self.in_link => None,
            Address::Anchor(anchor) => self.href_of_anchor(anchor),
            Address::Outside(address) => Some(address),
            Address::Unusable => self.around.neighbours.get(&link.target).cloned(),
        };
        let Some(target) = target else {
            if !self.in_link {
                let message = format!("the link to {} leads out of the publication; its words are kept", link.target);
                self.diagnostics.note(Loss::Dropped, "link-without-target", None, message);
            }
            return self.inlines(&link.content);
        };
        self.out.push_str("<a");
        attribute("href", &target, &mut self.out);
        if let Some(title) = &link.title {
            attribute("title", title, &mut self.out);
        }
        self.out.push('>');
        let start = self.out.len();
        self.in_link = true;
        self.inlines(&link.content);
        self.in_link = false;
        if self.out.len() == start {
            escape(&link.target, &mut self.out);
        }
        self.out.push_str("</a>");
    }

    fn href_of_anchor(&self, anchor: &str) -> Option<String> {
        let place = self.around.anchors.place(anchor)?;
        let file = if place.file == self.file { "" } else { self.around.files.get(place.file)?.as_str() };
        Some(format!("{file}#{}", place.id))
    }

    fn image(&mut self, image: &'a Image) {
        let shown = image.resource.as_ref().and_then(|id| self.around.pictures.get(id));
        let Some(shown) = shown else { return self.missing_picture(image) };
        self.findings.pictures = true;
        self.findings.undescribed_pictures |= image.alternative.trim().is_empty();
        self.out.push_str("<img");
        attribute("src", shown, &mut self.out);
        attribute("alt", image.alternative.trim(), &mut self.out);
        if let Some(title) = &image.title {
            attribute("title", title, &mut self.out);
        }
        for (name, size) in [("width", image.width), ("height", image.height)] {
            if let Some(size) = size.filter(|size| *size > 0) {
                attribute(name, &size.to_string(), &mut self.out);
            }
        }
        self.out.push_str("/>");
    }

    /// A picture that is not carried along is told of in words, with a link to where it can be seen.
    fn missing_picture(&mut self, image: &Image) {
        let labels = self.around.labels;
        let alternative = image.alternative.trim();
        let words = match alternative {
            "" => format!("[{}]", labels.picture),
            alternative => format!("[{}{}{alternative}]", labels.picture, labels.colon),
        };
        match address(&image.source) {
            Address::Outside(target) if !self.in_link => {
                self.out.push_str("<a class=\"missing-picture\"");
                attribute("href", &target, &mut self.out);
                self.out.push('>');
                escape(&words, &mut self.out);
                self.out.push_str("</a>");
            }
            _ => {
                self.out.push_str("<span class=\"missing-picture\">");
                escape(&words, &mut self.out);
                self.out.push_str("</span>");
            }
        }
    }

    pub(super) fn mathematics(&mut self, tex: &str, display: bool) {
        match self.math.mathml(tex, display) {
            Some(mathml) => {
                self.findings.mathml = true;
                self.out.push_str(&mathml);
            }
            None => {
                let message = format!("mathematics we cannot set is kept as TeX: {}", shortened(tex));
                self.diagnostics.warn(Loss::Substituted, "mathematics", None, message);
                self.out.push_str("<code class=\"tex\">");
                escape(tex, &mut self.out);
                self.out.push_str("</code>");
            }
        }
    }

    pub(super) fn report_raw(&mut self, format: &str, words: &str) {
        let kept = if words.trim().is_empty() { "is left out" } else { "is kept as plain words" };
        let message = format!("a piece of {format} {kept}");
        self.diagnostics.note(Loss::Substituted, "raw-markup", None, message);
    }

    /// Characters, with short runs of digits set upright in vertical text and rare characters in their own face.
    pub(super) fn text(&mut self, text: &str) {
        if !self.around.vertical && self.around.rare.is_empty() {
            return escape(text, &mut self.out);
        }
        let mut rest = text;
        while let Some(run) = self.special_run(rest) {
            escape(&rest[..run.start], &mut self.out);
            self.out.push_str("<span class=\"");
            self.out.push_str(run.class);
            self.out.push_str("\">");
            self.out.push_str(&escaped(&rest[run.start..run.end]));
            self.out.push_str("</span>");
            rest = &rest[run.end..];
        }
        escape(rest, &mut self.out);
    }

    /// The first run of `text` that needs an element of its own.
    fn special_run(&self, text: &str) -> Option<Run> {
        let mut before = None;
        let mut characters = text.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            if self.around.rare.binary_search(&character).is_ok() {
                let mut end = start + character.len_utf8();
                while let Some((at, next)) = characters.next_if(|(_, next)| self.is_rare(*next)) {
                    end = at + next.len_utf8();
                }
                return Some(Run { start, end, class: "rare" });
            }
            if self.around.vertical
                && is_upright(character)
                && !before.is_some_and(|before: char| before.is_ascii_graphic())
            {
                let end = start + text[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
                let run = &text[start..end.max(start + 1)];
                let next = text[start + run.len()..].chars().next();
                let stands_alone = !next.is_some_and(|next| ".,:%-/".contains(next));
                let digits = run.len() <= 2 && run.bytes().all(|byte| byte.is_ascii_digit());
                let letter = run.len() == 1 && run.bytes().all(|byte| byte.is_ascii_uppercase());
                let exclaimed = matches!(run, "!" | "?");
                if (stands_alone && (digits || letter)) || exclaimed {
                    let end = start + run.len();
                    return Some(Run { start, end, class: "tcy" });
                }
                while characters.next_if(|(at, _)| *at < end).is_some() {}
                before = run.chars().next_back();
                continue;
            }
            before = Some(character);
        }
        None
    }

    fn is_rare(&self, character: char) -> bool {
        self.around.rare.binary_search(&character).is_ok()
    }
}

struct Run {
    start: usize,
    end: usize,
    class: &'static str,
}

fn is_upright(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '!' | '?')
}

/// Whether a character is written in Han, kana, bopomofo or Hangul.
fn is_cjk(character: char) -> bool {
    matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Hangul)
}

/// The words of a piece of another format's source: those between the tags of HTML, none of others that are programs
/// for their own engine.
pub(super) fn words_of_raw(format: &str, text: &str) -> String {
    if !matches!(format, "html" | "xml" | "xhtml") {
        return text.to_owned();
    }
    let mut words = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        words.push_str(&rest[..start]);
        let after = &rest[start..];
        let hidden = |open: &str, close: &str| {
            let is_open = after.get(..open.len()).is_some_and(|head| head.eq_ignore_ascii_case(open));
            is_open.then(|| find_ignoring_case(after, close).map_or(after.len(), |end| end + close.len()))
        };
        let length = hidden("<!--", "-->").or_else(|| hidden("<script", "</script>"));
        let length = length.or_else(|| hidden("<style", "</style>"));
        let is_tag = after[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let length = match length {
            Some(length) => length,
            None if is_tag => after.find('>').map_or(after.len(), |end| end + 1),
            None => {
                words.push('<');
                1
            }
        };
        rest = &after[length..];
    }
    words.push_str(rest);
    words
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_words_of_foreign_markup_only() {
        assert_eq!(words_of_raw("html", "<b>一</b><!-- 二 --><script>三</SCRIPT>四 < 五"), "一四 < 五");
        assert_eq!(words_of_raw("html", "<br"), "");
    }
}
