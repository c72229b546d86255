//! Sentences in which a page speaks to whoever reads it: 如果您觉得文章不错，请分享给您的朋友！
//!
//! Such a sentence asks, and it names what is done on a page only. One of the two alone says nothing.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// How a page asks.
#[rustfmt::skip]
const ASKING: &[&str] = &[
    "请", "請", "欢迎", "歡迎", "点击", "點擊", "点此", "點此", "点个", "點個", "快来", "快來", "记得", "記得", "别忘", "別忘", "如果您", "如果你", "如果喜欢", "喜欢就", "聊聊", "您对", "告诉我们", "告訴我們", "免费", "免費", "更多", "立即", "马上", "一起",
    "ください", "お願い", "できます", "はこちら", "주세요", "하세요", "하십시오",
];

/// What is done on a page, and nowhere else.
#[rustfmt::skip]
const DEEDS: &[&str] = &[
    "分享给您", "分享给你", "分享给朋友", "分享给更多", "分享本文", "分享出去", "分享至", "分享到", "转发给", "转发本文", "轉傳文章", "轉貼", "留言区", "留言區", "评论区", "評論區", "在看”", "【在看】", "“在看", "点赞、", "点赞，", "公众号", "公眾號", "扫码", "掃碼", "二维码", "QR code",
    "关注我们", "關注我們", "关注本", "追蹤我們", "按讚", "粉絲專頁", "粉絲團", "订阅本", "订阅我们", "訂閱我們", "電子報", "加入收藏", "收藏本", "大家收藏", "收藏：", "下载客户端", "设为星标", "設為星標", "加星标", "下载APP", "下载App", "下載APP", "下載App", "打开APP", "打开App", "APP内", "APP查看", "登录后", "登入後", "注册会员", "註冊會員",
    "举报", "檢舉", "投诉电话", "在线客服", "線上客服", "客服电话", "弹窗", "手机用户", "手机版阅读", "在线阅读", "官方微信", "官方微博", "以下链接", "下方链接", "下方卡片", "下方名片", "上方蓝字", "蓝字", "点击展开", "阅读原文", "繼續閱讀本文", "往下繼續閱讀", "Cookie", "cookie", "浏览体验", "瀏覽體驗", "删除处理", "联系删除", "联系我们删除", "侵权", "侵權",
    "シェア", "フォロー", "チャンネル登録", "ログイン", "会員登録", "メルマガ", "記事の信頼性向上", "구독", "공유", "좋아요", "로그인", "회원가입",
];

/// Longest of these sentences, in characters.
const LONGEST: usize = 70;

static ASKING_WORDS: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(ASKING.iter().copied(), false));
static DEED_WORDS: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(DEEDS.iter().copied(), false));

/// The characters that deeds begin with.
pub(super) fn beginnings() -> impl Iterator<Item = char> {
    DEEDS.iter().filter_map(|word| word.chars().next())
}

/// Whether a line asks whoever reads the page to do something with it.
pub(super) fn is_one(text: &str) -> bool {
    text.len() <= LONGEST * 3
        && text.chars().count() <= LONGEST
        && DEED_WORDS.next(text, 0).is_some()
        && ASKING_WORDS.next(text, 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_asks_is_told_from_what_a_text_says() {
        for text in [
            "如果您觉得文章不错，请分享给您的朋友！",
            "欢迎在留言区聊聊你的故事。",
            "章节错误，点此举报，免注册。",
            "喜欢本书请大家收藏：青石书屋更新最快。",
        ] {
            assert!(is_one(text), "{text}");
        }
        for text in ["请把船靠过来。", "他在评论区看见了自己的名字。", "欢迎大家来河口看灯。"]
        {
            assert!(!is_one(text), "{text}");
        }
    }
}
