//! XML behind one small pull interface: start tags, end tags and text, each with its place.
//!
//! What comes out is well formed or an [`XmlError`] at a place. References are resolved here: character references, the
//! predefined and HTML's named entities, and those an internal DTD subset declares, within a bound on what they expand
//! to. External entities are never opened.

use std::collections::{BTreeMap, VecDeque};

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};

use crate::diagnostics::Place;

/// Elements may nest this deep; functions that recurse over them must manage it on a 2 MiB stack.
pub const DEEPEST: usize = 200;

/// Bytes that entity references may expand to beyond the length of the source.
const EXPANSION: usize = 4 << 20;

/// Entities within entities.
const ENTITY_DEPTH: usize = 16;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlEvent {
    Start(StartTag),
    /// The end of the innermost open element; also given for an element that closes itself. The offset is behind it.
    End {
        offset: u64,
    },
    /// Characters with all references resolved; a CDATA section is text too.
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTag {
    /// As written, with its prefix.
    pub name: String,
    /// Names as written, values resolved and normalised.
    pub attributes: Vec<(String, String)>,
    pub place: Place,
    /// Byte offset of `<` in the source.
    pub offset: u64,
}

/// Why the document is not well formed, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}: {message}", place.line, place.column)]
pub struct XmlError {
    pub place: Place,
    pub message: String,
}

/// Reads one document event by event.
pub struct XmlPull<'a> {
    reader: Reader<&'a [u8]>,
    places: Places<'a>,
    /// Open elements with the places of their start tags.
    open: Vec<(String, Place)>,
    /// Events of an entity's replacement text, to be given first.
    waiting: VecDeque<XmlEvent>,
    entities: BTreeMap<String, Entity>,
    /// The DTD is partly outside the file: entities may be declared there.
    external_dtd: bool,
    doctype: String,
    expanded: usize,
    most_expanded: usize,
    seen_root: bool,
    /// A piece of a document: any number of roots, text beside them.
    fragment: bool,
    lost: Vec<(Place, String)>,
}

#[derive(Clone, Debug)]
enum Entity {
    Internal(String),
    External,
}

impl<'a> XmlPull<'a> {
    pub fn new(text: &'a str) -> XmlPull<'a> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.expand_empty_elements = false;
        XmlPull {
            reader,
            places: Places { text, offset: 0, place: Place { line: 1, column: 1 } },
            open: Vec::new(),
            waiting: VecDeque::new(),
            entities: BTreeMap::new(),
            external_dtd: false,
            doctype: String::new(),
            expanded: 0,
            most_expanded: text.len() + EXPANSION,
            seen_root: false,
            fragment: false,
            lost: Vec::new(),
        }
    }

    /// The document type declaration so far, without its brackets; empty when there is none.
    pub fn doctype(&self) -> &str {
        &self.doctype
    }

    /// Entities that could not be resolved because their declarations are outside the file, with the places of the
    /// references. Their references stay in the text as written.
    pub fn lost(&self) -> &[(Place, String)] {
        &self.lost
    }

    /// The next event; none at the end of the document.
    ///
    /// Errors when the document is not well formed, nests deeper than [`DEEPEST`] or has entities that expand without
    /// measure. There is nothing more to read after an error.
    pub fn pull(&mut self) -> Result<Option<XmlEvent>, XmlError> {
        if let Some(event) = self.waiting.pop_front() {
            return Ok(Some(event));
        }
        loop {
            let start = self.reader.buffer_position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.syntax(&error, start)),
            };
            let event = match event {
                Event::Start(tag) => Some(self.start(&tag, start, false)?),
                Event::Empty(tag) => Some(self.start(&tag, start, true)?),
                Event::End(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    Some(self.end(&name, start)?)
                }
                Event::Text(text) => self.text(&text.xml10_content(), start)?,
                Event::CData(text) => self.text(&text.xml10_content(), start)?,
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content().into_owned();
                    self.reference(&name, start)?;
                    self.waiting.pop_front()
                }
                Event::DocType(declaration) => {
                    self.declare(&declaration.xml10_content());
                    None
                }
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => None,
                Event::Eof => return self.finish(),
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    fn error(&mut self, offset: u64, message: impl Into<String>) -> XmlError {
        XmlError { place: self.places.of(offset), message: message.into() }
    }

    fn syntax(&mut self, error: &Error, start: u64) -> XmlError {
        let offset = self.reader.error_position().max(start);
        let message = match error {
            Error::IllFormed(IllFormedError::UnclosedReference) => {
                "& begins no reference; write &amp; for the character itself".to_owned()
            }
            Error::Syntax(error) => error.to_string(),
            other => other.to_string(),
        };
        self.error(offset, message)
    }

    fn start(&mut self, tag: &BytesStart<'_>, offset: u64, is_empty: bool) -> Result<XmlEvent, XmlError> {
        let name = tag.name().as_ref().to_owned();
        let place = self.places.of(offset);
        if name.is_empty() || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(XmlError { place, message: "< begins no tag; write &lt; for the character itself".to_owned() });
        }
        if self.open.is_empty() && self.seen_root && !self.fragment {
            return Err(XmlError {
                place,
                message: format!("<{name}> stands behind the end of the document's element"),
            });
        }
        if self.open.len() >= DEEPEST {
            return Err(XmlError { place, message: format!("elements are nested deeper than {DEEPEST}") });
        }
        self.seen_root = true;
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute
                .map_err(|error| XmlError { place, message: format!("<{name}> has a broken attribute: {error}") })?;
            let key = attribute.key.as_ref().to_owned();
            if attributes.len() < 256 && attributes.iter().any(|(known, _)| *known == key) {
                return Err(XmlError { place, message: format!("<{name}> has the attribute {key} twice") });
            }
            let value = self.resolve(&attribute.value, place, 0)?;
            attributes.push((key, normalised(&value)));
        }
        if is_empty {
            self.waiting.push_back(XmlEvent::End { offset: self.reader.buffer_position() });
        } else {
            self.open.push((name.clone(), place));
        }
        Ok(XmlEvent::Start(StartTag { name, attributes, place, offset }))
    }

    fn end(&mut self, name: &str, offset: u64) -> Result<XmlEvent, XmlError> {
        let Some((open, opened)) = self.open.pop() else {
            return Err(self.error(offset, format!("</{name}> closes nothing: no element is open")));
        };
        if open != name {
            let message = format!("<{open}> closed by </{name}>; it was opened at {}:{}", opened.line, opened.column);
            return Err(self.error(offset, message));
        }
        Ok(XmlEvent::End { offset: self.reader.buffer_position() })
    }

    fn text(&mut self, text: &str, offset: u64) -> Result<Option<XmlEvent>, XmlError> {
        if !self.open.is_empty() || self.fragment {
            return Ok(Some(XmlEvent::Text(text.to_owned())));
        }
        if text.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']).is_empty() {
            return Ok(None);
        }
        let leading = text.len() - text.trim_start().len();
        let side = if self.seen_root { "behind the end" } else { "before the start" };
        Err(self.error(offset + leading as u64, format!("there is text {side} of the document's element")))
    }

    fn finish(&mut self) -> Result<Option<XmlEvent>, XmlError> {
        let end = self.places.text.len() as u64;
        if let Some((name, opened)) = self.open.pop() {
            let message = format!("<{name}>, opened at {}:{}, is never closed", opened.line, opened.column);
            return Err(self.error(end, message));
        }
        if !self.seen_root && !self.fragment {
            return Err(self.error(end, "there is no element in the file"));
        }
        Ok(None)
    }

    /// Queue what a reference in text stands for.
    fn reference(&mut self, name: &str, offset: u64) -> Result<(), XmlError> {
        let place = self.places.of(offset);
        if let Some(text) = self.simple(name) {
            self.waiting.push_back(XmlEvent::Text(text));
            return Ok(());
        }
        let text = self.resolve_named(name, place, 0)?;
        if !text.contains(['<', '&']) {
            self.waiting.push_back(XmlEvent::Text(text));
            return Ok(());
        }
        let mut inner = XmlPull { fragment: true, ..XmlPull::new(&text) };
        let within =
            |error: XmlError| XmlError { place, message: format!("in the entity &{name};: {}", error.message) };
        let mut depth = self.open.len();
        while let Some(event) = inner.pull().map_err(within)? {
            let event = match event {
                XmlEvent::Start(tag) => {
                    depth += 1;
                    if depth > DEEPEST {
                        return Err(XmlError { place, message: format!("elements are nested deeper than {DEEPEST}") });
                    }
                    XmlEvent::Start(StartTag { place, offset, ..tag })
                }
                XmlEvent::End { .. } => {
                    depth -= 1;
                    XmlEvent::End { offset }
                }
                XmlEvent::Text(text) => XmlEvent::Text(text),
            };
            self.waiting.push_back(event);
        }
        Ok(())
    }

    /// A reference that stands for characters by the standard itself.
    fn simple(&self, name: &str) -> Option<String> {
        if let Some(number) = name.strip_prefix('#') {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            return char::from_u32(code).filter(|c| *c != '\0').map(String::from);
        }
        let character = match name {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            "apos" => "'",
            _ => return None,
        };
        Some(character.to_owned())
    }

    /// The replacement text of a named entity, entities within it resolved. `<` and `&` by reference stay references.
    fn resolve_named(&mut self, name: &str, place: Place, depth: usize) -> Result<String, XmlError> {
        let error = |message: String| XmlError { place, message };
        if depth > ENTITY_DEPTH {
            return Err(error(format!("the entity &{name}; contains itself or nests deeper than {ENTITY_DEPTH}")));
        }
        match self.entities.get(name).cloned() {
            Some(Entity::Internal(value)) => {
                self.expanded += value.len();
                if self.expanded > self.most_expanded {
                    return Err(error(format!("entities expand to more than {} bytes", self.most_expanded)));
                }
                self.resolve_within(&value, place, depth + 1)
            }
            Some(Entity::External) => {
                self.lost.push((place, format!("the external entity &{name}; is not opened")));
                Ok(format!("&amp;{name};"))
            }
            None => match quick_xml::escape::resolve_html5_entity(name) {
                Some(text) => Ok(text.to_owned()),
                None if self.external_dtd => {
                    self.lost.push((place, format!("the entity &{name}; is declared outside the file")));
                    Ok(format!("&amp;{name};"))
                }
                None if name.starts_with('#') => Err(error(format!("&{name}; is no character"))),
                None => Err(error(format!("the entity &{name}; is not declared"))),
            },
        }
    }

    /// Text with its named entities resolved but `&lt;`, `&amp;` and the like left alone.
    fn resolve_within(&mut self, text: &str, place: Place, depth: usize) -> Result<String, XmlError> {
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            resolved.push_str(&rest[..at]);
            let Some(end) = rest[at..].find(';') else {
                return Err(XmlError { place, message: "& begins no reference in the value of an entity".to_owned() });
            };
            let name = &rest[at + 1..at + end];
            match self.simple(name) {
                Some(simple) if !matches!(simple.as_str(), "<" | "&") => resolved.push_str(&simple),
                // A reference to a character in an entity's value is replaced when the value is read, so that
                // `&#60;` begins a tag there (XML 1.0 §4.4, appendix D).
                Some(_) if name == "#60" || name.eq_ignore_ascii_case("#x3c") => resolved.push('<'),
                Some(_) => resolved.push_str(&format!("&{name};")),
                None => resolved.push_str(&self.resolve_named(name, place, depth)?),
            }
            rest = &rest[at + end + 1..];
        }
        resolved.push_str(rest);
        Ok(resolved)
    }

    /// The value of an attribute with all references resolved.
    fn resolve(&mut self, text: &str, place: Place, depth: usize) -> Result<String, XmlError> {
        if !text.contains('&') {
            return Ok(text.to_owned());
        }
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            resolved.push_str(&rest[..at]);
            let end = rest[at..].find(';').filter(|end| *end < 64);
            let Some(end) = end else {
                let message = "& begins no reference; write &amp; for the character itself".to_owned();
                return Err(XmlError { place, message });
            };
            let name = &rest[at + 1..at + end];
            match self.simple(name) {
                Some(simple) => resolved.push_str(&simple),
                None => {
                    let inner = self.resolve_named(name, place, depth)?;
                    resolved.push_str(&inner.replace("&lt;", "<").replace("&amp;", "&"));
                }
            }
            rest = &rest[at + end + 1..];
        }
        resolved.push_str(rest);
        Ok(resolved)
    }

    /// Take the entities of a document type declaration.
    fn declare(&mut self, declaration: &str) {
        let (head, subset) = declaration.split_once('[').unwrap_or((declaration, ""));
        self.doctype = head.trim().to_owned();
        self.external_dtd |= head.contains("SYSTEM") || head.contains("PUBLIC") || subset.contains('%');
        let mut rest = subset;
        while let Some(at) = rest.find("<!") {
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            match rest.strip_prefix("<!ENTITY") {
                Some(declared) => rest = self.declare_entity(declared),
                None => rest = &rest[2..],
            }
        }
    }

    /// One entity declaration from behind its keyword; gives what follows.
    fn declare_entity<'t>(&mut self, declared: &'t str) -> &'t str {
        let declared = declared.trim_start();
        let name_end = declared.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(declared.len());
        let (name, after) = declared.split_at(name_end);
        let after = after.trim_start();
        if name == "%" {
            return after;
        }
        let entity = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let Some((value, rest)) = after[1..].split_once(quote) else { return "" };
                self.entities.entry(name.to_owned()).or_insert_with(|| Entity::Internal(value.to_owned()));
                return rest;
            }
            _ => Entity::External,
        };
        self.entities.entry(name.to_owned()).or_insert(entity);
        after
    }
}

/// White space in a value is spaces (XML 1.0 §3.3.3).
fn normalised(value: &str) -> String {
    if value.contains(['\n', '\t', '\r']) { value.replace(['\n', '\t', '\r'], " ") } else { value.to_owned() }
}

/// Offsets to lines and columns, counted on from the last one asked for.
struct Places<'a> {
    text: &'a str,
    offset: usize,
    place: Place,
}

impl Places<'_> {
    fn of(&mut self, offset: u64) -> Place {
        let wanted = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        if wanted < self.offset {
            self.offset = 0;
            self.place = Place { line: 1, column: 1 };
        }
        let end = (wanted..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len());
        for character in self.text[self.offset..end].chars() {
            if character == '\n' {
                self.place = Place { line: self.place.line + 1, column: 1 };
            } else {
                self.place.column += 1;
            }
        }
        self.offset = end;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(document: &str) -> Result<String, XmlError> {
        let mut pull = XmlPull::new(document);
        let mut text = String::new();
        while let Some(event) = pull.pull()? {
            match event {
                XmlEvent::Text(part) => text.push_str(&part),
                XmlEvent::Start(tag) => text.push_str(&format!("<{}>", tag.name)),
                XmlEvent::End { .. } => text.push_str("</>"),
            }
        }
        Ok(text)
    }

    fn message_of(document: &str) -> String {
        text_of(document).expect_err("it is not well formed").to_string()
    }

    #[test]
    fn errors_name_what_was_met_and_where() {
        assert_eq!(
            message_of("<a>\n  <para>文字</section></a>"),
            "2:11: <para> closed by </section>; it was opened at 2:3"
        );
        assert_eq!(message_of("<a><b>"), "1:7: <b>, opened at 1:4, is never closed");
        assert_eq!(message_of("<a/>\n<b/>"), "2:1: <b> stands behind the end of the document's element");
        assert_eq!(message_of("字<a/>"), "1:1: there is text before the start of the document's element");
        assert_eq!(message_of(""), "1:1: there is no element in the file");
        assert_eq!(message_of("<a>&none;</a>"), "1:4: the entity &none; is not declared");
        assert!(message_of("<a>x & y</a>").ends_with("write &amp; for the character itself"));
        assert_eq!(message_of("<a b='1' b='2'/>"), "1:1: <a> has the attribute b twice");
    }

    #[test]
    fn references_are_resolved_and_entities_may_hold_elements() {
        let document = "<!DOCTYPE a [<!-- <!ENTITY no 'x'> --><!ENTITY 江 '长江'><!ENTITY par '<p>&江;</p>&lt;'>]>\
            <a t='&江;&#x4e2d;'>&amp;&#20013;&hellip;&par;<![CDATA[<&]]></a>";
        assert_eq!(text_of(document).as_deref(), Ok("<a>&中…<p>长江</><<&</>"));
    }

    #[test]
    fn entities_that_expand_without_measure_are_refused() {
        let mut declared = "<!ENTITY l0 'lollollollol'>".to_owned();
        for level in 1..12 {
            let inner = format!("&l{};", level - 1).repeat(10);
            declared.push_str(&format!("<!ENTITY l{level} '{inner}'>"));
        }
        let document = format!("<!DOCTYPE a [{declared}]><a>&l11;</a>");
        assert!(message_of(&document).contains("entities expand to more than"));
        assert!(message_of("<!DOCTYPE a [<!ENTITY b '&b;'>]><a>&b;</a>").contains("contains itself"));
    }

    #[test]
    fn external_entities_stay_as_written_and_are_reported() {
        let document = "<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&f;</a>";
        let mut pull = XmlPull::new(document);
        while pull.pull().expect("it is well formed").is_some() {}
        assert_eq!(pull.lost().len(), 1);
        assert_eq!(text_of(document).as_deref(), Ok("<a>&f;</>"));
    }

    #[test]
    fn depth_is_bounded() {
        let document = "<a>".repeat(100_000);
        assert!(message_of(&document).contains("nested deeper than"));
    }
}
