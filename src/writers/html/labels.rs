//! The few words a writer adds of its own, in the language of the document.

use crate::document::{BoxRole, Language, Region};

/// Words for parts that have no words in the source.
#[derive(Debug)]
pub struct Labels {
    pub contents: &'static str,
    pub cover: &'static str,
    pub title_page: &'static str,
    pub landmarks: &'static str,
    pub start: &'static str,
    /// The list of the printed edition's pages.
    pub pages: &'static str,
    pub notes: &'static str,
    pub back_to_text: &'static str,
    pub table: &'static str,
    pub code: &'static str,
    pub picture: &'static str,
    pub untitled: &'static str,
    pub done: &'static str,
    pub to_do: &'static str,
    /// note, tip, important, warning, caution
    pub alerts: [&'static str; 5],
    pub editor_note: &'static str,
    pub summary: &'static str,
    pub described: &'static str,
    pub undescribed: &'static str,
    pub no_pictures: &'static str,
    pub details: &'static str,
    /// author, editor, translator, illustrator, photographer: what follows the name.
    pub roles: [&'static str; 5],
    /// Between an alternative text and the word that says a picture is missing.
    pub colon: &'static str,
}

impl Labels {
    /// The words of a language; English for those we have none for.
    pub fn of(language: &Language) -> &'static Labels {
        match language.region() {
            Region::Mainland => &SIMPLIFIED,
            Region::Taiwan | Region::HongKong => &TRADITIONAL,
            Region::Japan => &JAPANESE,
            Region::Korea => &KOREAN,
            Region::Western => &ENGLISH,
        }
    }

    /// What a box of this role is called when it has no title of its own.
    pub fn of_box(&self, role: BoxRole) -> Option<&'static str> {
        match role {
            BoxRole::Note => Some(self.alerts[0]),
            BoxRole::Tip => Some(self.alerts[1]),
            BoxRole::Important => Some(self.alerts[2]),
            BoxRole::Warning => Some(self.alerts[3]),
            BoxRole::Caution => Some(self.alerts[4]),
            BoxRole::EditorNote => Some(self.editor_note),
            BoxRole::Abstract => Some(self.summary),
            BoxRole::Details => Some(self.details),
            BoxRole::Aside | BoxRole::Epigraph | BoxRole::Dedication | BoxRole::Division => None,
        }
    }

    /// What a contributor of this role did; nothing for roles without a word.
    pub fn of_role(&self, role: &str) -> &'static str {
        let known = ["author", "editor", "translator", "illustrator", "photographer"];
        known.iter().position(|one| *one == role).map_or("", |index| self.roles[index])
    }
}

static SIMPLIFIED: Labels = Labels {
    contents: "目录",
    cover: "封面",
    title_page: "扉页",
    landmarks: "导览",
    start: "正文",
    pages: "页码",
    notes: "注释",
    back_to_text: "返回正文",
    table: "表格",
    code: "代码",
    picture: "图",
    untitled: "无题",
    done: "已完成",
    to_do: "未完成",
    alerts: ["说明", "提示", "重要", "警告", "注意"],
    editor_note: "编者按",
    summary: "摘要",
    described: "本书有目录和标题层级，可按章节跳读；图片均有替代文字。",
    undescribed: "本书有目录和标题层级，可按章节跳读；部分图片没有替代文字。",
    no_pictures: "本书有目录和标题层级，可按章节跳读；正文为纯文字。",
    details: "详细内容",
    roles: ["著", "编", "译", "绘", "摄"],
    colon: "：",
};

static TRADITIONAL: Labels = Labels {
    contents: "目錄",
    cover: "封面",
    title_page: "扉頁",
    landmarks: "導覽",
    start: "正文",
    pages: "頁碼",
    notes: "註釋",
    back_to_text: "返回正文",
    table: "表格",
    code: "程式碼",
    picture: "圖",
    untitled: "無題",
    done: "已完成",
    to_do: "未完成",
    alerts: ["說明", "提示", "重要", "警告", "注意"],
    editor_note: "編者按",
    summary: "摘要",
    described: "本書有目錄和標題層級，可按章節跳讀；圖片均有替代文字。",
    undescribed: "本書有目錄和標題層級，可按章節跳讀；部分圖片沒有替代文字。",
    no_pictures: "本書有目錄和標題層級，可按章節跳讀；正文為純文字。",
    details: "詳細內容",
    roles: ["著", "編", "譯", "繪", "攝"],
    colon: "：",
};

static JAPANESE: Labels = Labels {
    contents: "目次",
    cover: "表紙",
    title_page: "扉",
    landmarks: "ガイド",
    start: "本文",
    pages: "ページ一覧",
    notes: "注",
    back_to_text: "本文へ戻る",
    table: "表",
    code: "コード",
    picture: "図",
    untitled: "無題",
    done: "完了",
    to_do: "未完了",
    alerts: ["補足", "ヒント", "重要", "警告", "注意"],
    editor_note: "編集部注",
    summary: "要旨",
    described: "目次と見出しで移動できます。画像には代替テキストがあります。",
    undescribed: "目次と見出しで移動できます。代替テキストのない画像があります。",
    no_pictures: "目次と見出しで移動できます。本文は文字だけです。",
    details: "詳細",
    roles: ["著", "編", "訳", "絵", "撮影"],
    colon: "：",
};

static KOREAN: Labels = Labels {
    contents: "차례",
    cover: "표지",
    title_page: "속표지",
    landmarks: "길잡이",
    start: "본문",
    pages: "쪽 목록",
    notes: "주석",
    back_to_text: "본문으로 돌아가기",
    table: "표",
    code: "코드",
    picture: "그림",
    untitled: "무제",
    done: "완료",
    to_do: "미완료",
    alerts: ["참고", "도움말", "중요", "경고", "주의"],
    editor_note: "편집자 주",
    summary: "요약",
    described: "차례와 제목으로 이동할 수 있으며 모든 그림에 대체 텍스트가 있습니다.",
    undescribed: "차례와 제목으로 이동할 수 있으며 대체 텍스트가 없는 그림이 있습니다.",
    no_pictures: "차례와 제목으로 이동할 수 있으며 본문은 글로만 되어 있습니다.",
    details: "자세히",
    roles: ["지음", "엮음", "옮김", "그림", "사진"],
    colon: ": ",
};

static ENGLISH: Labels = Labels {
    contents: "Contents",
    cover: "Cover",
    title_page: "Title page",
    landmarks: "Landmarks",
    start: "Start of text",
    pages: "Pages",
    notes: "Notes",
    back_to_text: "Back to the text",
    table: "Table",
    code: "Code",
    picture: "Picture",
    untitled: "Untitled",
    done: "Done",
    to_do: "To do",
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
    editor_note: "Editor’s note",
    summary: "Abstract",
    described: "A table of contents and headings allow navigation; every picture has an alternative text.",
    undescribed: "A table of contents and headings allow navigation; some pictures have no alternative text.",
    no_pictures: "A table of contents and headings allow navigation; the text has no pictures.",
    details: "Details",
    roles: ["", "editor", "translator", "illustrator", "photographer"],
    colon: ": ",
};
