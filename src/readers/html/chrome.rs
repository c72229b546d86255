//! What is no part of an article, by the names that sites give it and the words it is made of.

use std::sync::LazyLock;

use regex::Regex;

use super::tree::{NodeId, Tree};

/// How sure a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chrome {
    Certain(&'static str),
    Likely(&'static str),
}

impl Chrome {
    pub fn reason(self) -> &'static str {
        match self {
            Chrome::Certain(reason) | Chrome::Likely(reason) => reason,
        }
    }
}

/// Words of classes, ids and roles with what they stand for. Whole words only; `sidebar` and `side-bar` are one.
const WORDS: &[(&str, Chrome)] = &[
    ("nav", Chrome::Certain("navigation")),
    ("navbar", Chrome::Certain("navigation")),
    ("navi", Chrome::Certain("navigation")),
    ("navigation", Chrome::Certain("navigation")),
    ("menu", Chrome::Certain("navigation")),
    ("menubar", Chrome::Certain("navigation")),
    ("breadcrumb", Chrome::Certain("navigation")),
    ("breadcrumbs", Chrome::Certain("navigation")),
    ("crumb", Chrome::Certain("navigation")),
    ("crumbs", Chrome::Certain("navigation")),
    ("mianbao", Chrome::Certain("navigation")),
    ("skip", Chrome::Likely("navigation")),
    ("pagination", Chrome::Certain("navigation")),
    ("pager", Chrome::Certain("navigation")),
    ("pagenav", Chrome::Certain("navigation")),
    ("topbar", Chrome::Certain("navigation")),
    ("toolbar", Chrome::Certain("tools")),
    ("sidebar", Chrome::Certain("side bar")),
    ("sider", Chrome::Likely("side bar")),
    ("aside", Chrome::Certain("side bar")),
    ("rail", Chrome::Likely("side bar")),
    ("footer", Chrome::Certain("footer")),
    ("foot", Chrome::Certain("footer")),
    ("copyright", Chrome::Certain("footer")),
    ("colophon", Chrome::Likely("footer")),
    ("masthead", Chrome::Certain("header")),
    ("banner", Chrome::Likely("banner")),
    ("comment", Chrome::Certain("comments")),
    ("comments", Chrome::Certain("comments")),
    ("commentlist", Chrome::Certain("comments")),
    ("commentarea", Chrome::Certain("comments")),
    ("disqus", Chrome::Certain("comments")),
    ("respond", Chrome::Likely("comments")),
    ("reply", Chrome::Likely("comments")),
    ("replies", Chrome::Likely("comments")),
    ("pinglun", Chrome::Certain("comments")),
    ("share", Chrome::Certain("share buttons")),
    ("sharing", Chrome::Certain("share buttons")),
    ("sharedaddy", Chrome::Certain("share buttons")),
    ("bdshare", Chrome::Certain("share buttons")),
    ("bdsharebuttonbox", Chrome::Certain("share buttons")),
    ("jiathis", Chrome::Certain("share buttons")),
    ("fenxiang", Chrome::Certain("share buttons")),
    ("social", Chrome::Certain("share buttons")),
    ("socials", Chrome::Certain("share buttons")),
    ("addthis", Chrome::Certain("share buttons")),
    ("related", Chrome::Certain("related links")),
    ("relate", Chrome::Certain("related links")),
    ("relative", Chrome::Likely("related links")),
    ("recommend", Chrome::Certain("related links")),
    ("recommended", Chrome::Certain("related links")),
    ("recommendation", Chrome::Certain("related links")),
    ("recommendations", Chrome::Certain("related links")),
    ("recirc", Chrome::Certain("related links")),
    ("tuijian", Chrome::Certain("related links")),
    ("xiangguan", Chrome::Certain("related links")),
    ("readmore", Chrome::Likely("related links")),
    ("popular", Chrome::Likely("related links")),
    ("trending", Chrome::Likely("related links")),
    ("outbrain", Chrome::Certain("related links")),
    ("taboola", Chrome::Certain("related links")),
    ("rank", Chrome::Likely("related links")),
    ("ranking", Chrome::Likely("related links")),
    ("hot", Chrome::Likely("related links")),
    ("prevnext", Chrome::Certain("navigation")),
    ("ad", Chrome::Certain("advertisement")),
    ("ads", Chrome::Certain("advertisement")),
    ("adbox", Chrome::Certain("advertisement")),
    ("advert", Chrome::Certain("advertisement")),
    ("advertisement", Chrome::Certain("advertisement")),
    ("adsbygoogle", Chrome::Certain("advertisement")),
    ("gg", Chrome::Likely("advertisement")),
    ("guanggao", Chrome::Certain("advertisement")),
    ("sponsor", Chrome::Certain("advertisement")),
    ("sponsored", Chrome::Certain("advertisement")),
    ("promo", Chrome::Certain("advertisement")),
    ("promotion", Chrome::Likely("advertisement")),
    ("subscribe", Chrome::Certain("subscription")),
    ("subscription", Chrome::Likely("subscription")),
    ("newsletter", Chrome::Certain("subscription")),
    ("signup", Chrome::Certain("subscription")),
    ("paywall", Chrome::Likely("subscription")),
    ("login", Chrome::Certain("login")),
    ("popup", Chrome::Certain("pop-up")),
    ("modal", Chrome::Certain("pop-up")),
    ("lightbox", Chrome::Likely("pop-up")),
    ("cookie", Chrome::Certain("pop-up")),
    ("cookies", Chrome::Certain("pop-up")),
    ("consent", Chrome::Certain("pop-up")),
    ("gdpr", Chrome::Certain("pop-up")),
    ("qrcode", Chrome::Certain("share buttons")),
    ("erweima", Chrome::Certain("share buttons")),
    ("ewm", Chrome::Certain("share buttons")),
    ("widget", Chrome::Likely("widget")),
    ("search", Chrome::Likely("search")),
    ("searchbox", Chrome::Certain("search")),
    ("tags", Chrome::Likely("tags")),
    ("tag", Chrome::Likely("tags")),
    ("taglist", Chrome::Certain("tags")),
    ("keywords", Chrome::Likely("tags")),
    ("byline", Chrome::Likely("byline")),
    ("dateline", Chrome::Likely("byline")),
    ("postmeta", Chrome::Likely("byline")),
    ("biography", Chrome::Likely("about the author")),
    ("bio", Chrome::Likely("about the author")),
    ("disclaimer", Chrome::Likely("disclaimer")),
    ("shengming", Chrome::Likely("disclaimer")),
    ("statement", Chrome::Likely("disclaimer")),
    ("noprint", Chrome::Likely("tools")),
    ("jump", Chrome::Likely("navigation")),
    ("toc", Chrome::Likely("contents list")),
    ("printfooter", Chrome::Certain("footer")),
    ("catlinks", Chrome::Certain("tags")),
    ("navbox", Chrome::Certain("navigation")),
    ("metadata", Chrome::Likely("byline")),
];

/// Pairs of words that mean something together.
const PAIRS: &[(&str, &str, Chrome)] = &[
    ("author", "info", Chrome::Likely("about the author")),
    ("author", "box", Chrome::Likely("about the author")),
    ("author", "card", Chrome::Likely("about the author")),
    ("about", "author", Chrome::Likely("about the author")),
    ("entry", "meta", Chrome::Likely("byline")),
    ("post", "meta", Chrome::Likely("byline")),
    ("article", "meta", Chrome::Likely("byline")),
    ("article", "info", Chrome::Likely("byline")),
    ("post", "info", Chrome::Likely("byline")),
    ("article", "tools", Chrome::Certain("tools")),
    ("article", "tool", Chrome::Certain("tools")),
    ("side", "bar", Chrome::Certain("side bar")),
    ("post", "nav", Chrome::Certain("navigation")),
    ("read", "more", Chrome::Likely("related links")),
    ("more", "stories", Chrome::Certain("related links")),
    ("more", "news", Chrome::Certain("related links")),
    ("hot", "news", Chrome::Certain("related links")),
    ("you", "may", Chrome::Likely("related links")),
    ("site", "header", Chrome::Certain("header")),
    ("page", "header", Chrome::Likely("header")),
    ("global", "header", Chrome::Certain("header")),
    ("img", "credit", Chrome::Likely("credit")),
];

/// What an element is by its own name, role, classes and id, if that is no part of an article.
pub fn of_element(tree: &Tree, id: NodeId) -> Option<Chrome> {
    let name = tree.name(id);
    match name {
        "" | "html" | "body" | "main" | "article" | "p" | "h1" | "a" | "img" | "code" | "pre" | "em" | "strong"
        | "b" | "i" | "td" | "tr" | "tbody" | "math" | "svg" | "figure" | "blockquote" | "sup" | "sub" => return None,
        "nav" => return Some(Chrome::Certain("navigation")),
        "footer" => {
            let in_quote = tree.ancestors(id).take(2).any(|one| matches!(tree.name(one), "blockquote" | "figure"));
            return (!in_quote).then_some(Chrome::Certain("footer"));
        }
        "aside" => {
            let is_note = tree.attribute(id, "epub:type").is_some() || tree.attribute(id, "role") == Some("note");
            return (!is_note).then_some(Chrome::Certain("side bar"));
        }
        _ => {}
    }
    match tree.attribute(id, "role") {
        Some("navigation" | "menu" | "menubar") => return Some(Chrome::Certain("navigation")),
        Some("complementary") => return Some(Chrome::Certain("side bar")),
        Some("contentinfo") => return Some(Chrome::Certain("footer")),
        Some("banner") => return Some(Chrome::Certain("header")),
        Some("dialog" | "alertdialog") => return Some(Chrome::Certain("pop-up")),
        Some("search") => return Some(Chrome::Certain("search")),
        _ => {}
    }
    let named = [tree.attribute(id, "class"), tree.attribute(id, "id")];
    named.into_iter().flatten().flat_map(str::split_ascii_whitespace).take(24).find_map(of_name)
}

/// What one class or id says.
fn of_name(name: &str) -> Option<Chrome> {
    // Utility classes say how something looks, not what it is.
    if name.contains(':') || name.len() > 64 {
        return None;
    }
    let words = words(name);
    // `no-sidebar`, `has-comments`, `with-ads`: the element is not what the word says.
    let first = words.first().map(String::as_str).unwrap_or_default();
    if matches!(first, "no" | "has" | "with" | "without" | "is" | "hide" | "js" | "article" | "content" | "main")
        && words.len() > 1
    {
        let pair = PAIRS.iter().find(|(one, two, _)| words.windows(2).any(|pair| pair[0] == *one && pair[1] == *two));
        let last = words.last().map(String::as_str).unwrap_or_default();
        let by_last = || {
            let is_part = matches!(first, "article" | "content" | "main");
            WORDS.iter().find(|(word, _)| is_part && *word == last).map(|(_, chrome)| *chrome)
        };
        return pair.map(|(_, _, chrome)| *chrome).or_else(by_last);
    }
    let whole = words.concat();
    let single = WORDS.iter().find(|(word, _)| *word == whole || words.iter().any(|one| one == word));
    let pair = PAIRS.iter().find(|(one, two, _)| words.windows(2).any(|pair| pair[0] == *one && pair[1] == *two));
    single.map(|(_, chrome)| *chrome).or(pair.map(|(_, _, chrome)| *chrome))
}

/// The words of a name: parted at signs, digits and where small letters meet capitals.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for character in name.chars() {
        let starts = character.is_ascii_uppercase() && was_small;
        if (starts || !character.is_alphabetic()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if character.is_alphabetic() {
            word.extend(character.to_lowercase());
        }
        was_small = character.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Short lines that lead away from the article or serve the site.
static LINES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let patterns = [
        (
            r"(?i)^[\s【\[（(>»●■▪◆•]*(相关(阅读|新闻|文章|链接|推荐|报道|专题)|推荐阅读|延伸阅读|延伸閱讀|相關(新聞|文章|閱讀)|热门(推荐|文章|新闻)|猜你喜欢|更多(新闻|精彩|内容|相关)|精彩推荐|关联阅读|関連(記事|リンク)|あわせて読みたい|related (articles|posts|stories|news|content|topics|links)|you (may|might) also like|more (from|on|stories)\b.{0,40}|read (more|next|also)|recommended|most (read|popular)|up next|trending)[\s】\])）:：>»]*$",
            "related links",
        ),
        (
            r"(?i)^[\s【\[（(]*(分享(到|至|本文|:|：)|一键分享|扫(一扫|码).{0,20}|微信扫.{0,20}|关注(我们|公众号|微信).{0,20}|收藏|打印(本页)?|点赞|シェア(する)?|ツイート|share( this)?( article| story| on .{0,20})?|tweet|pin it|email|print|follow us.{0,30}|save)[\s】\])）:：]*$",
            "share buttons",
        ),
        (
            r"(?i)^[\s【\[（(]*((责任|本文|文章|网站|值班|审核)?(编辑|編輯|责编|审核|校对|监制)\s*[:：].{1,30}|作者\s*[:：]\s*\S{1,12}|(文章|新闻|稿件)?来源\s*[:：].{1,24}|.{0,6}(阅读|浏览|点击|閱讀|瀏覽)(量|数|次数|次數|數)?\s*[:：]?\s*[0-9,.万]+\s*次?)[\s】\])）]*$",
            "credit",
        ),
        (
            r"(?i)^[\s【\[（(]*((上|下|前|后)一(篇|页|条)\s*[:：]?.{0,40}|返回(首页|列表|顶部|搜狐).{0,12}|回到?(顶部|首頁).{0,4}|字(体|號|号)\s*[:：].{0,16}|(previous|next)( article| post| page)?|back to top|skip to .{0,20}|jump to .{0,20})[\s】\])）]*$",
            "navigation",
        ),
        (
            r"(?i)^\s*(((copyright|版权所有|版權所有|著作権)\b?.{0,80})|(©|\(c\)) ?.{0,80}|.{0,60}all rights reserved\.?.{0,20}|.{0,10}icp备.{0,30}|(未经|未經).{0,12}(授权|授權|许可|允许).{0,30}|免责声明.{0,20})\s*$",
            "copyright",
        ),
        (
            r"(?i)^\s*(advertisements?|sponsored( content)?|广告|廣告|スポンサーリンク|story continues below.{0,20}|continue reading.{0,60}|sign up .{0,60}|subscribe.{0,60}|log ?in.{0,20}|loading\.*|(\d+ )?comments?( \(\d+\))?|leave a (reply|comment)|(发表|我要|网友|最新|全部|查看)?评论.{0,6}|留言.{0,4}|コメント.{0,6})\s*$",
            "site text",
        ),
    ];
    let compiled = patterns.into_iter().map(|(pattern, reason)| {
        let regex = Regex::new(pattern).expect("the pattern is right");
        (regex, reason)
    });
    compiled.collect()
});

/// Why a short line is no part of an article, if it is none.
pub fn of_words(text: &str) -> Option<&'static str> {
    let text = super::metadata::one_line(text);
    if text.is_empty() || text.chars().count() > 120 {
        return None;
    }
    LINES.iter().find(|(pattern, _)| pattern.is_match(&text)).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_words() {
        assert_eq!(of_name("relatedArticles").map(Chrome::reason), Some("related links"));
        assert_eq!(of_name("side-bar").map(Chrome::reason), Some("side bar"));
        assert_eq!(of_name("has-sidebar"), None);
        assert_eq!(of_name("article-content"), None);
        assert_eq!(of_name("shadow"), None);
    }

    #[test]
    fn service_lines_are_known_and_sentences_are_not() {
        for line in ["相关阅读：", "分享到：", "责任编辑：某某", "下一篇：某文", "Related Articles", "阅读 1234"]
        {
            assert!(of_words(line).is_some(), "{line}");
        }
        for line in ["相关阅读材料很多。", "分享是一种快乐", "作者认为这样更好", "Read the letter aloud"]
        {
            assert_eq!(of_words(line), None, "{line}");
        }
    }
}
