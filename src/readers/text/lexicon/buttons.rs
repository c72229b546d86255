//! What can be pressed on a page: short lines made of nothing but the words of buttons, links and menus.
//!
//! 打印本文, 发送给朋友, 返回页首 and their like are without number, the words they are made of are not.

use std::sync::LazyLock;

use super::Meaning;
use super::lookup::Lookup;

/// What a button does; a line needs one of these, or one of [`NAMES`] with nothing beside it.
#[rustfmt::skip]
const DEEDS: &[&str] = &[
    "打印", "列印", "打開", "打开", "收藏", "关闭", "關閉", "推荐", "推薦", "发送", "發送", "转发", "轉發", "分享", "举报", "舉報", "返回", "回到", "查看", "浏览", "瀏覽",
    "发表", "發表", "撰写", "添加", "新增", "加入", "设为", "設為", "进入", "進入", "登录", "登錄", "登入", "登出", "注册", "註冊", "退出", "订阅", "訂閱", "关注", "關注", "下载", "下載",
    "扫描", "掃描", "点击", "點擊", "复制", "複製", "搜索", "搜尋", "跳转", "跳至", "跳到", "跳过", "显示", "顯示", "隐藏", "隱藏", "展开", "展開", "收起", "切换", "切換", "编辑", "編輯",
    "反馈", "反饋", "回馈", "纠错", "糾錯", "报错", "投诉", "投訴", "放大", "缩小", "縮小", "调整", "調整", "参与", "參與", "收听", "朗读", "播放", "邀请", "追踪", "追蹤", "保存", "儲存", "提交", "取消", "清空",
    "完善", "创建", "管理", "上传", "上傳", "刷新", "加载", "載入", "投票", "打赏", "点赞", "按讚", "评论", "評論", "回复", "回覆", "留言", "引用", "顶一下", "踩一下", "转载", "轉載", "转贴", "转播", "更改", "修改", "购买", "購買", "结算", "结帐", "下单", "预约", "预订", "领取", "咨询", "回答", "提问", "选择", "选取", "使用", "验证",
];

/// What a deed is done to, and names of pages that all sites have.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "本文", "本页", "本頁", "此文", "此页", "全文", "原文", "文章", "页面", "頁面", "窗口", "視窗", "本站", "首页", "首頁", "主页", "主頁", "顶部", "頂部", "页首", "頁首", "页顶", "页底", "頂端", "上页", "上一页", "下一页",
    "列表", "目录", "目錄", "更多", "全部", "所有", "菜单", "選單", "导航", "導航", "内容", "內容", "正文", "链接", "鏈接", "連結", "地址", "网址", "網址", "好友", "朋友", "友人", "微信", "微博", "空间", "收藏夹", "最愛", "客户端",
    "APP", "App", "app", "字体", "字體", "字号", "字號", "图片", "圖片", "大图", "大圖", "原图", "二维码", "账号", "帳號", "帐号", "账户", "通知", "栏目", "频道", "專欄", "专栏", "专题", "历史", "歷史", "工具", "侧边栏", "語言", "语言", "桌面",
    "手机", "手機", "邮件", "郵件", "邮箱", "信箱", "本书", "书架", "书签", "書籤", "密码", "密碼", "用户", "用戶", "会员", "會員", "作者", "楼主", "广告", "廣告", "主题", "主題", "帖子", "楼层", "词条", "条目", "條目", "版本", "设置", "設定",
    "购物车", "購物車", "订单", "訂單", "商品", "立即", "现在", "优惠券", "客服", "搜狐", "新浪", "网易", "腾讯", "凤凰", "人民网", "新华网", "头条", "论坛", "社区", "新闻", "微信号", "公众号", "朋友圈", "豆瓣", "知乎", "贴吧", "大家", "更多人", "看到", "第一时间", "网友", "网站", "快速", "关键字", "关键词", "全站", "条件", "高级", "热度", "时间", "倒序", "默认", "排序", "最新", "最热", "简体", "繁体", "中文", "英文", "桌面版", "电脑版", "手机版", "移动版", "触屏版",
];

/// Small words between them.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "给", "給", "到", "至", "的", "了", "一下", "本", "此", "这", "這", "该", "请", "請", "我要", "我来", "我", "您", "相关", "相關", "或", "和", "与", "在", "并", "让", "讓", "为", "為", "按", "看", "QQ", "他", "她", "TA", "Ta", "ta", "此处", "这里",
];

/// Words of English buttons and menus; a line of six words at most, all of them among these.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "a-z", "about", "accept", "accessibility", "account", "ad", "add", "ads", "advertise", "advertisement", "advertising", "agree", "all", "and", "app", "apps", "article",
    "articles", "back", "bookmark", "browse", "buy", "by", "cancel", "careers", "cart", "categories", "category", "choices", "click", "close", "collapse", "comment", "comments",
    "community", "conditions", "contact", "content", "continue", "cookie", "cookies", "copy", "copyright", "create", "delicious", "desktop", "digg", "dismiss", "donate",
    "download", "e-mail", "edit", "email", "embed", "enlarge", "expand", "explore", "facebook", "faq", "faqs", "favorite", "favorites", "feed", "feedback", "feeds", "flipboard",
    "follow", "footer", "for", "forgot", "forward", "free", "friend", "full", "get", "go", "google", "google+", "help", "here", "hide", "history", "home", "homepage", "image",
    "imprint", "in", "instagram", "it", "join", "jump", "kindle", "language", "latest", "leave", "legal", "like", "likes", "link", "linkedin", "links", "list", "load", "log",
    "login", "logout", "mail", "main", "manage", "masthead", "menu", "messenger", "mobile", "more", "my", "navigation", "newer", "newsletter", "newsletters", "next", "no", "now",
    "older", "on", "open", "options", "or", "our", "out", "page", "password", "permalink", "pin", "pinterest", "pocket", "podcast", "policy", "post", "posts", "preferences", "press",
    "prev", "previous", "print", "privacy", "profile", "questions", "read", "readers", "recipe", "recommend", "reddit", "register", "remove", "replies", "reply", "report", "reprints",
    "republish", "reset", "results", "rss", "save", "saved", "scroll", "search", "see", "send", "service", "settings", "share", "shares", "show", "sidebar", "sign", "site",
    "sitemap", "skip", "skype", "sms", "snapchat", "sponsored", "story", "stumbleupon", "submit", "subscribe", "subscription", "subscriptions", "support", "tags", "talk",
    "telegram", "terms", "the", "this", "threads", "tiktok", "to", "toggle", "tools", "top", "translate", "tumblr", "tweet", "twitter", "up", "update", "upload", "us", "use",
    "user", "version", "via", "video", "view", "views", "vimeo", "visit", "wechat", "weibo", "whatsapp", "with", "write", "x", "you", "your", "youtube",
];

/// English words that no button does without.
#[rustfmt::skip]
const ENGLISH_DEEDS: &[&str] = &[
    "accept", "accessibility", "add", "advertise", "advertisement", "back", "bookmark", "browse", "click", "close", "collapse", "comment", "comments", "contact", "continue",
    "cookie", "cookies", "copy", "digg", "dismiss", "donate", "download", "e-mail", "edit", "email", "embed", "enlarge", "expand", "facebook", "faq", "faqs", "favorite",
    "feedback", "flipboard", "follow", "forgot", "forward", "get", "go", "google+", "hide", "home", "instagram", "join", "jump", "leave", "like", "link", "linkedin", "load",
    "log", "login", "logout", "manage", "menu", "messenger", "navigation", "newsletter", "newsletters", "next", "open", "permalink", "pin", "pinterest", "pocket", "prev",
    "previous", "print", "privacy", "read", "recommend", "reddit", "register", "replies", "reply", "report", "reprints", "republish", "rss", "save", "search", "see", "send",
    "share", "shares", "show", "sign", "sitemap", "skip", "skype", "sms", "snapchat", "sponsored", "stumbleupon", "submit", "subscribe", "telegram", "terms", "tiktok", "toggle",
    "translate", "tumblr", "tweet", "twitter", "upload", "view", "vimeo", "visit", "wechat", "weibo", "whatsapp", "youtube",
];

/// What lists of links to other pages begin with, and what they end with: 你可能也会喜欢, 更多热门文章.
#[rustfmt::skip]
const CHOSEN: &[&str] = &[
    "相关", "相關", "更多", "推荐", "推薦", "热门", "熱門", "最新", "猜你", "猜您", "你可能", "您可能", "你或许", "你也许", "精彩", "往期", "延伸", "今日", "本周", "本週", "本月", "昨日", "大家", "编辑", "編輯", "编者", "热点", "熱點", "精选", "精選", "其他", "同类", "同類", "为你", "为您", "為你", "為您",
    "网友", "網友", "读者", "讀者", "频道", "頻道", "本站", "本类", "本栏", "图片", "圖片", "人气", "人氣", "24小时", "48小时", "一周", "月度", "近期", "新闻", "新聞", "文章", "阅读", "閱讀", "点击", "點擊", "评论", "評論", "站内", "同主题", "同系列", "作者", "该作者", "好文", "相似", "历史上的", "焦点", "焦點",
];
#[rustfmt::skip]
const LISTED: &[&str] = &[
    "阅读", "閱讀", "新闻", "新聞", "文章", "推荐", "推薦", "内容", "內容", "报道", "報道", "報導", "资讯", "資訊", "视频", "影片", "专题", "專題", "话题", "話題", "喜欢", "喜歡", "感兴趣", "感興趣", "在看", "关注", "關注", "排行", "排行榜", "榜", "榜单", "热榜", "精选", "精選", "链接", "鏈接", "連結", "图集", "圖集",
    "信息", "帖子", "商品", "产品", "食谱", "食譜", "菜谱", "作品", "小说", "小說", "搜索", "热搜", "热搜词", "标签", "標籤", "回顾", "回顧", "要闻", "头条", "頭條", "热文", "好文", "热点", "熱點", "焦点", "爱看", "愛看", "想看", "必读", "必看", "稿件", "连载", "博文", "日志", "微信", "公告", "动态", "動態", "评论", "評論", "留言", "回复", "问答", "的今天", "推送", "链接", "词条", "下载",
];
const BETWEEN: &[&str] =
    &["也", "会", "會", "还", "還", "的", "都", "在", "我", "人", "正", "想", "再", "一起", "之", "与", "和", "正在"];

/// Longest button, in characters of Chinese.
const LONGEST: usize = 14;

/// What a line is that is made of nothing but the words of buttons, or of the heads of lists of links.
pub(super) fn meaning(text: &str) -> Option<Meaning> {
    if text.is_ascii() {
        return is_english(text).then_some(Meaning::Navigation);
    }
    if heads_links(text) {
        return Some(Meaning::Related);
    }
    is_chinese(text).then_some(Meaning::Navigation)
}

static LINKS: LazyLock<Lookup> =
    LazyLock::new(|| Lookup::new(CHOSEN.iter().chain(LISTED).chain(BETWEEN).copied(), false));

/// Whether a text begins with how links were chosen and ends with what they lead to, with nothing else in it.
fn heads_links(text: &str) -> bool {
    let mark =
        |c: char| !is_letter(c) && (c.is_whitespace() || "[]【】（）()<>《》|｜·>＞»:：!！…▲▼★☆■◆●-—=".contains(c));
    let bare = text.trim_matches(mark);
    let whole = bare;
    if LINKS.at_start(bare).is_none() {
        return false;
    }
    // 更多林小禾的文章
    let of_someone = CHOSEN.iter().find_map(|word| bare.strip_prefix(word)).and_then(|rest| rest.split_once('的'));
    if let Some((someone, kind)) = of_someone
        && (2..=6).contains(&someone.chars().count())
        && (LISTED.contains(&kind) || ["歌曲", "歌", "书", "書", "作品集", "专栏", "專欄"].contains(&kind))
    {
        return true;
    }
    let mut rest = bare;
    let (mut words, mut last) = (0, "");
    while !rest.is_empty() {
        let Some((_, length)) = LINKS.at_start(rest) else { return false };
        let word = &rest[..length];
        if words == 0 && !CHOSEN.contains(&word) {
            return false;
        }
        (words, last) = (words + 1, word);
        rest = &rest[length..];
    }
    words >= 2 && LISTED.contains(&last) && (4..=12).contains(&whole.chars().count())
}

/// Letters of ASCII, and what lies from kana to Hangul: no marks.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{3041}'..='\u{D7A3}')
}

fn is_english(text: &str) -> bool {
    let mark = |c: char| c.is_ascii_punctuation() && !matches!(c, '+' | '-');
    let mut words = 0;
    let mut done = false;
    for word in text.split(|c: char| c.is_whitespace() || mark(c)).filter(|word| !word.is_empty()) {
        let word = word.to_ascii_lowercase();
        let figure = word.bytes().all(|byte| byte.is_ascii_digit());
        words += 1;
        if words > 6 || !figure && ENGLISH.binary_search(&word.as_str()).is_err() {
            return false;
        }
        done |= ENGLISH_DEEDS.binary_search(&word.as_str()).is_ok();
    }
    done && (words >= 2 || text.starts_with(char::is_uppercase))
}

/// Deeds, names and particles, the longest word at a place first; patterns before `DEEDS.len()` are deeds.
static WORDS: LazyLock<Lookup> =
    LazyLock::new(|| Lookup::new(DEEDS.iter().chain(NAMES).chain(PARTICLES).copied(), false));

/// 【返回文学频道】: back to a page whose kind ends the line.
fn goes_back(text: &str) -> bool {
    const KINDS: &[&str] = &[
        "频道", "頻道", "首页", "首頁", "主页", "主頁", "栏目", "欄目", "列表", "目录", "目錄", "专题", "論壇", "论坛",
        "版块", "专栏", "專欄",
    ];
    let bare = text.trim_matches(|c: char| " \u{3000}[]【】（）()<>《》«»→←↑".contains(c));
    let kind = bare.strip_prefix("返回").or_else(|| bare.strip_prefix("回到"));
    kind.is_some_and(|kind| kind.chars().count() <= 8 && KINDS.iter().any(|end| kind.ends_with(end)))
}

/// Whether a text is parted into deeds, names and particles without rest, taking the longest word each time.
fn is_chinese(text: &str) -> bool {
    if goes_back(text) {
        return true;
    }
    let mark = |c: char| {
        !is_letter(c)
            && (c.is_whitespace() || c.is_ascii_digit() || "[]【】（）()<>《》|｜·>＞»+＋-/:：!！…▲▼↑→，、".contains(c))
    };
    let mut rest = text.trim_matches(mark);
    let (mut deeds, mut chars) = (0, 0);
    while !rest.is_empty() {
        let Some((number, length)) = WORDS.at_start(rest) else { return false };
        deeds += usize::from(number < DEEDS.len());
        chars += rest[..length].chars().count();
        rest = rest[length..].trim_start_matches(mark);
        if chars > LONGEST {
            return false;
        }
    }
    deeds > 0 && chars >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_searching() {
        assert!(ENGLISH.is_sorted() && ENGLISH_DEEDS.is_sorted());
        assert!(ENGLISH_DEEDS.iter().all(|word| ENGLISH.binary_search(word).is_ok()));
    }

    #[test]
    fn buttons_are_told_from_headings() {
        for text in [
            "打印本文",
            "发送给朋友",
            "【返回页首】",
            "我要评论",
            "关闭窗口 | 返回首页",
            "Share this article",
            "Skip to main content",
            "Pin it",
            "Log in / Sign up",
        ] {
            assert_eq!(meaning(text), Some(Meaning::Navigation), "{text}");
        }
        for text in [
            "打印技术的历史",
            "返回故乡",
            "关注老人",
            "更多",
            "Methods",
            "The Ferry",
            "Terms of trade in wartime",
            "Reading in winter",
        ] {
            assert_eq!(meaning(text), None, "{text}");
        }
    }
    #[test]
    fn heads_of_lists_of_links_are_told() {
        for text in ["你可能也會喜歡", "更多热门文章", "大家都在看", "【相关阅读】", "24小时点击排行"]
        {
            assert_eq!(meaning(text), Some(Meaning::Related), "{text}");
        }
        for text in ["相关背景", "阅读的方法", "更多的人", "新闻的五要素"] {
            assert_eq!(meaning(text), None, "{text}");
        }
    }
}
