//! What a page says about itself: JSON-LD, OpenGraph and other `meta`, its `<title>` and headings.

use std::collections::BTreeMap;

use serde_json::Value;

use super::address;
use super::dates::iso_date;
use super::tree::{NodeId, Tree};
use crate::document::{Contributor, Language, Metadata};

/// What the head of a page says, each under the name it was said by, in lower case; the first of each name.
#[derive(Debug, Default)]
pub struct Head {
    values: BTreeMap<String, String>,
    authors: Vec<String>,
    /// Text of `<title>`.
    title: Option<String>,
    canonical: Option<String>,
    base: Option<String>,
    /// The article of JSON-LD.
    article: Option<Value>,
}

/// Bytes of an address that links may start from; longer ones are no addresses that a server answers.
const LONGEST_BASE: usize = 4096;

impl Head {
    pub fn read(tree: &Tree) -> Head {
        let mut head = Head::default();
        for id in tree.subtree(NodeId::ROOT) {
            match tree.name(id) {
                "meta" => head.take_meta(tree, id),
                "title" if head.title.is_none() && tree.parent(id).is_some_and(|parent| tree.name(parent) != "svg") => {
                    head.title = non_empty(&tree.text_content(id));
                }
                "link" if tree.attribute(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    head.canonical = tree.attribute(id, "href").and_then(non_empty);
                }
                "base" if head.base.is_none() => head.base = tree.attribute(id, "href").and_then(non_empty),
                "script" if tree.attribute(id, "type").is_some_and(|kind| kind.contains("ld+json")) => {
                    let found = article_of(&tree.text_content(id));
                    if found.as_ref().map(rank) > head.article.as_ref().map(rank) {
                        head.article = found;
                    }
                }
                _ => {}
            }
        }
        head
    }

    fn take_meta(&mut self, tree: &Tree, id: NodeId) {
        let Some(content) = tree.attribute(id, "content").and_then(non_empty) else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            let Some(name) = tree.attribute(id, key) else { continue };
            for name in name.split_ascii_whitespace() {
                let name = name.to_ascii_lowercase();
                if matches!(
                    name.as_str(),
                    "author"
                        | "article:author"
                        | "citation_author"
                        | "dc.creator"
                        | "parsely-author"
                        | "sailthru.author"
                        | "cxenseparse:author"
                        | "byl"
                ) {
                    self.authors.push(content.clone());
                }
                self.values.entry(name).or_insert_with(|| content.clone());
            }
        }
    }

    fn first_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.values.get(*name)).map(String::as_str)
    }

    fn of_article(&self, keys: &[&str]) -> Option<String> {
        let article = self.article.as_ref()?;
        keys.iter().find_map(|key| article.get(*key)).and_then(text_of)
    }

    /// The absolute address of the page, where it tells.
    pub fn address(&self) -> Option<String> {
        let said = self.canonical.clone().or_else(|| self.first_of(&["og:url", "twitter:url"]).map(str::to_owned));
        said.filter(|address| address.starts_with("http://") || address.starts_with("https://"))
    }

    /// Where relative links start from.
    pub fn base(&self) -> Option<String> {
        // Every link of the page repeats it.
        let bounded = |address: &&String| address.len() <= LONGEST_BASE;
        match (self.base.as_ref().filter(bounded), self.address().filter(|address| bounded(&address))) {
            (Some(base), _) if base.contains("://") => Some(base.clone()),
            (Some(base), Some(address)) => Some(address::resolve(&address, base)),
            (_, address) => address,
        }
    }

    /// Name of the site.
    pub fn site(&self) -> Option<String> {
        let publisher = || {
            let publisher = self.article.as_ref()?.get("publisher")?;
            text_of(publisher)
        };
        let said = self.first_of(&["og:site_name", "application-name"]).map(str::to_owned);
        said.or_else(publisher).filter(|site| site.chars().count() <= 40)
    }

    /// The headline, without the site's name where the page has a heading or a name to tell it by.
    pub fn headline(&self, headings: &[String]) -> Option<String> {
        let said = [
            self.of_article(&["headline", "name"]),
            self.first_of(&["og:title", "twitter:title", "citation_title", "dc.title", "articletitle"])
                .map(str::to_owned),
            self.title.clone(),
        ];
        let said: Vec<String> = said.into_iter().flatten().map(|title| one_line(&title)).collect();
        let site = self.site();
        let bare = |title: &str| without_site(title, site.as_deref());
        // A heading of the page that the head repeats is the headline as printed.
        let printed = headings.iter().filter(|heading| heading.chars().count() >= 2).find(|heading| {
            let wanted = letters(heading);
            !wanted.is_empty()
                && said.iter().any(|title| letters(&bare(title)) == wanted || letters(title).starts_with(&wanted))
        });
        match (printed, said.first()) {
            (Some(printed), _) => Some(printed.clone()),
            (None, Some(first)) => Some(bare(first)).filter(|title| !title.is_empty()),
            (None, None) => headings.first().cloned(),
        }
    }

    /// Everything but the title.
    pub fn metadata(&self) -> Metadata {
        let date = self
            .of_article(&["datePublished", "dateCreated", "uploadDate"])
            .or_else(|| self.first_of(DATES).map(str::to_owned))
            .and_then(|text| iso_date(&text));
        let keywords = self.first_of(&["keywords", "news_keywords"]).unwrap_or_default();
        let separators = [',', '，', ';', '；', '、', '|'];
        Metadata {
            contributors: self.authors().into_iter().map(Contributor::author).collect(),
            date,
            source: self.site(),
            address: self.address(),
            language: self.first_of(&["og:locale", "content-language"]).and_then(language_of_locale),
            description: self
                .first_of(&["og:description", "description", "twitter:description"])
                .map(one_line)
                .filter(|text| !text.is_empty()),
            keywords: keywords.split(separators).filter_map(non_empty).take(20).collect(),
            rights: self.first_of(&["copyright", "dc.rights"]).map(one_line),
            identifier: self.first_of(&["citation_doi", "dc.identifier"]).map(one_line),
            ..Metadata::default()
        }
    }

    fn authors(&self) -> Vec<String> {
        let mut names = Vec::new();
        if let Some(author) = self.article.as_ref().and_then(|article| article.get("author")) {
            match author {
                Value::Array(many) => names.extend(many.iter().filter_map(text_of)),
                one => names.extend(text_of(one)),
            }
        }
        if names.is_empty() {
            names.clone_from(&self.authors);
        }
        // WordPress and others: a label and, beside it, what it labels.
        let labelled = self.first_of(&["twitter:label1"]).is_some_and(|label| label.eq_ignore_ascii_case("written by"));
        if names.is_empty() && labelled {
            names.extend(self.first_of(&["twitter:data1"]).map(str::to_owned));
        }
        let site = self.site();
        let is_name = |name: &String| {
            !name.is_empty()
                && name.chars().count() <= 40
                && name.chars().next().is_some_and(char::is_alphabetic)
                && !address::has_scheme(name)
                && !name.contains(['/', '@', '_'])
                && !name.to_lowercase().contains("www.")
                && !["集团", "网", "出版社", "频道", "编辑部"].iter().any(|ending| name.ends_with(ending))
                && !(Some(name) == site.as_ref() && name.chars().any(crate::document::white_space::is_ideographic))
                && !matches!(
                    name.to_lowercase().as_str(),
                    "admin" | "administrator" | "root" | "editor" | "网站" | "佚名" | "undefined"
                )
        };
        let mut authors: Vec<String> = Vec::new();
        for name in names.iter().map(|name| one_line(name)).filter(is_name) {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
        authors
    }
}

/// Names under which pages give the day they were published, best first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_date",
    "publication_date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "date",
    "parsely-pub-date",
    "sailthru.date",
    "weibo: article:create_at",
    "weibo:article:create_at",
    "og:release_date",
    "bytedance:published_time",
    "article:create_at",
    "lastmod",
];

/// The first thing in JSON-LD that is an article of any kind.
fn article_of(script: &str) -> Option<Value> {
    let cleaned = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    let value: Value = serde_json::from_str(cleaned)
        .or_else(|_| serde_json::from_str(&cleaned.replace(['\n', '\r', '\t'], " ")))
        .ok()?;
    let mut waiting = vec![&value];
    let mut best: Option<&Value> = None;
    let mut looked_at = 0;
    while let Some(one) = waiting.pop() {
        looked_at += 1;
        if looked_at > 1000 {
            break;
        }
        match one {
            Value::Array(many) => waiting.extend(many.iter().rev()),
            Value::Object(fields) => {
                let kind = fields.get("@type");
                let is_article = |kind: &str| {
                    kind.ends_with("Article")
                        || kind.ends_with("Posting")
                        || matches!(kind, "Report" | "WebPage" | "Chapter")
                };
                let found = match kind {
                    Some(Value::String(kind)) => is_article(kind),
                    Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_article),
                    _ => fields.contains_key("headline") || fields.contains_key("pubDate"),
                };
                let says = fields.contains_key("headline") || fields.contains_key("datePublished");
                if found && says && best.is_none_or(|best| rank(one) > rank(best)) {
                    best = Some(one);
                }
                waiting.extend(["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|key| fields.get(*key)));
            }
            _ => {}
        }
    }
    best.map(|best| with_named_author(best, &value))
}

/// How much a thing of JSON-LD tells of an article: its author, and that it is more than the page it stands on.
fn rank(article: &Value) -> (bool, bool) {
    let is_page = article.get("@type").and_then(Value::as_str) == Some("WebPage");
    (article.get("author").is_some(), !is_page)
}

/// The article, its author looked up among the people of the same script where it has but their `@id`.
fn with_named_author(article: &Value, script: &Value) -> Value {
    let mut article = article.clone();
    let id = article.get("author").filter(|author| text_of(author).is_none()).and_then(|author| author.get("@id"));
    let things = script.get("@graph").and_then(Value::as_array);
    let person =
        id.and_then(|id| things?.iter().find(|thing| thing.get("@id") == Some(id) && text_of(thing).is_some()));
    if let Some(person) = person.cloned() {
        article["author"] = person;
    }
    article
}

/// A string, or the name of a thing that has one.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => non_empty(text),
        Value::Object(fields) => fields.get("name").or_else(|| fields.get("@value")).and_then(text_of),
        Value::Array(many) => many.first().and_then(text_of),
        _ => None,
    }
}

fn language_of_locale(locale: &str) -> Option<Language> {
    let tag = locale.split(',').next()?.trim().replace('_', "-");
    let is_tag = (2..=12).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_tag.then(|| Language::new(tag))
}

/// A `<title>` without the names of site and section that follow the headline.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut title = title.trim();
    if let Some(site) = site {
        let separators = ['-', '|', '_', '–', '—', '·', '»', ' ', '－', '｜', '•'];
        if let Some(rest) = title.strip_suffix(site).filter(|rest| rest.ends_with(separators)) {
            title = rest.trim_end_matches(separators);
        }
    }
    // A bar or a dash with spaces parts headline and site; Chinese sites also use underscores and bare hyphens.
    for separator in [" | ", "｜", " - ", " – ", " — ", " » ", " · ", "_", "|", " -", "- "] {
        if let Some((headline, rest)) = title.split_once(separator) {
            let (long, short) = (headline.trim().chars().count(), rest.chars().count());
            if long >= 4 && (long >= short || separator == "_") {
                title = headline.trim();
            }
        }
    }
    if title.chars().any(crate::document::white_space::is_ideographic)
        && let Some((headline, rest)) = title.rsplit_once('-')
        && headline.chars().count() >= 6
        && rest.chars().count() <= 10
        && !rest.contains(|c: char| c.is_ascii_digit())
    {
        title = headline;
    }
    title.trim().to_owned()
}

/// Letters and digits only, for comparing titles.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_not_part_of_the_headline() {
        assert_eq!(without_site("春天的河_新闻频道_某某网", None), "春天的河");
        assert_eq!(without_site("How rivers bend | The Daily", None), "How rivers bend");
        assert_eq!(without_site("河流为什么弯曲-某某网", None), "河流为什么弯曲");
        assert_eq!(without_site("GB-2312 编码的历史 - 站名", Some("站名")), "GB-2312 编码的历史");
    }
}
