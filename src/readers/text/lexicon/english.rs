//! Words of English sites and articles, and of the English parts of others. Letter case does not matter.

use super::Key;
use super::Meaning::{
    Abstract, Caption, Comments, Contact, Contents, EditorNote, End, Footer, Glossary, Heading, Meta, Navigation,
    Notes, Pager, Related, Sharing,
};
use super::Stands::{Anywhere, Key as AsKey, Start, Whole};
use super::{Group, group};

#[rustfmt::skip]
pub(super) const GROUPS: &[Group] = &[
    group(Footer, Anywhere, &["in your inbox", "to your inbox", "a version of this article", "appears in print", "subscribe for free", "thanks for reading", "to receive new posts", "become a member", "become a subscriber", "unsubscribe from", "we use cookies", "uses cookies", "use of cookies", "cookie policy", "sign up for our", "subscribe to our"]),
    group(Sharing, Start, &["story continues below", "article continues below", "continue reading below", "get the morning", "get our newsletter", "get the daily", "sign up now", "sponsored content", "support our journalism", "support independent"]),
    group(Sharing, Whole, &["staff writer", "staff reporter", "senior writer", "senior reporter", "contributing writer", "staff correspondent", "special to the times", "associated press"]),
    group(Sharing, Anywhere, &["can be reached at"]),
    group(Navigation, Whole, &["home", "menu", "search", "log in", "login", "sign in", "sign up", "register", "subscribe", "contact", "contact us", "about", "about us", "sitemap", "site map", "privacy policy", "terms of use", "terms of service", "back to top", "skip to content", "skip to main content", "print", "close", "advertisement", "read more", "more"]),
    group(Navigation, Whole, &["main menu", "main page", "random article", "current events", "create account", "article", "talk", "edit", "view history", "view source", "what links here", "related changes", "special pages", "page information", "cite this page", "add languages", "recent changes", "personal tools", "press release", "news release", "for immediate release", "ready to publish?", "sign in / sign up", "featured", "forgot password?", "don't have an account?", "news", "world", "sports", "sport", "business", "opinion", "politics", "technology", "tech", "science", "health", "culture", "video", "videos", "photos", "podcasts", "newsletters", "newsletter", "help", "faq", "careers", "jobs", "advertise", "privacy", "terms", "cookie policy", "cookies", "accessibility", "rss", "my account", "log out", "sign out", "toggle navigation", "open menu", "close menu", "load more", "show more", "see more", "view all", "see all", "continue reading", "continue reading below", "skip to main", "go to top", "top", "next article", "donate", "support us", "install", "download", "store", "shop", "english", "edition", "my profile", "settings", "save", "saved", "follow", "following", "subscribe now", "get the app", "our apps", "the latest"]),
    group(Navigation, Start, &["click here", "sign up for", "subscribe to", "read more:", "read also:", "please enable", "enable javascript", "we use cookies", "this site uses cookies", "by continuing to", "get the latest", "story continues", "loading", "scroll down"]),
    group(Navigation, Start, &["home >", "home ›", "home »", "home /", "you are here"]),
    group(Sharing, Whole, &["share", "share this", "tweet", "like", "follow us", "facebook", "twitter", "weibo", "wechat", "linkedin", "copy link", "email"]),
    group(Sharing, Start, &["share this", "follow us", "share on"]),
    group(Footer, Start, &["this page was last edited", "this page was last modified", "text is available under", "from wikipedia, the free", "hidden categories", "retrieved from", "wikipedia®", "copyright ", "all rights reserved", "powered by", "©"]),
    group(Contact, Start, &["tel:", "tel：", "tel.", "phone:", "fax:", "fax：", "e-mail:", "e-mail：", "email:", "email：", "media contact", "press contact", "contact:"]),
    group(Contact, Whole, &["media contact", "media contacts", "press contact", "media inquiries"]),
    group(Pager, Whole, &["previous", "next", "prev", "next page", "previous page", "next chapter", "previous chapter", "older posts", "newer posts"]),
    group(Pager, Start, &["previous:", "next:", "previous post", "next post"]),
    group(Comments, Start, &["you must log in", "you must be logged in", "log in to reply", "log in or sign up", "your email address will not"]),
    group(Comments, Whole, &["comments", "leave a comment", "leave a reply", "add a comment", "no comments", "reply"]),
    group(Related, Start, &["categories:", "category:", "filed under", "tagged", "tags:", "topics:", "posted in"]),
    group(Related, Whole, &["related", "related articles", "related news", "related posts", "related stories", "recommended", "you may also like", "most read", "most popular", "latest news", "trending", "trending now", "more from", "more stories", "more news", "more on this story", "more on this topic", "most viewed", "most shared", "editor's picks", "editors' picks", "don't miss", "in this story", "related topics", "related content", "related links", "related coverage", "recent posts", "recent comments", "recent articles", "popular posts", "popular", "featured", "sponsored", "promoted", "around the web", "from the web", "from around the web", "topics", "explore", "share this story", "top stories", "also on", "what to read next", "read next", "up next", "links", "tags", "categories", "archives"]),
    group(Meta(Key::Author), AsKey, &["by ", "author", "written by", "posted by", "text by", "words"]),
    group(Meta(Key::Editor), AsKey, &["editor", "edited by"]),
    group(Meta(Key::Translator), AsKey, &["translator", "translated by"]),
    group(Meta(Key::Photographer), AsKey, &["photo", "photos by", "photo by", "photographer"]),
    group(Meta(Key::Source), AsKey, &["source", "from"]),
    group(Meta(Key::Date), AsKey, &["date", "published", "published on", "posted", "posted on", "updated", "last updated", "last modified", "release date"]),
    group(Meta(Key::Views), AsKey, &["views", "view", "reads", "hits", "comments", "likes"]),
    group(Meta(Key::Keywords), AsKey, &["keywords", "key words", "tags"]),
    group(Meta(Key::Address), AsKey, &["url", "link"]),
    group(Meta(Key::Identifier), AsKey, &["isbn", "issn", "doi"]),
    group(Meta(Key::Title), AsKey, &["title", "subject"]),
    group(Meta(Key::Other), AsKey, &["category", "section", "version", "to", "cc", "in"]),
    group(EditorNote, Start, &["editor's note", "editor’s note"]),
    group(Abstract, Whole, &["abstract", "summary"]),
    group(Abstract, Start, &["abstract:", "abstract：", "summary:"]),
    group(Glossary, Whole, &["glossary"]),
    group(Heading, Whole, &["preface", "foreword", "introduction", "prologue", "epilogue", "conclusion", "conclusions", "afterword", "appendix", "acknowledgements", "acknowledgments", "references", "bibliography", "ingredients", "method", "methods", "results", "discussion", "background"]),
    group(Notes, Whole, &["notes", "footnotes", "endnotes"]),
    group(Contents, Whole, &["contents", "table of contents"]),
    group(Caption, Start, &["figure ", "fig. ", "photo:", "caption:"]),
    group(End, Whole, &["the end", "end", "fin"]),
];
