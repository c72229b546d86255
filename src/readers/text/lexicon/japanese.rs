//! Words of Japanese sites and articles.

use super::Key;
use super::Meaning::{
    Abstract, Aside, Caption, Comments, Contact, Contents, EditorNote, End, Footer, Glossary, Heading, Meta,
    Navigation, Notes, Pager, Related, Sharing,
};
use super::Stands::{Anywhere, Key as AsKey, Start, Whole};
use super::{Group, group};

#[rustfmt::skip]
pub(super) const GROUPS: &[Group] = &[
    group(Navigation, Whole, &["ホーム", "トップ", "トップページ", "トップへ戻る", "ページトップへ", "ページの先頭へ", "メニュー", "検索", "ログイン", "新規登録", "会員登録", "お問い合わせ", "サイトマップ", "プライバシーポリシー", "利用規約", "運営会社", "会社概要", "ニュース", "スポーツ", "本文へ移動", "本文へスキップ", "印刷", "閉じる", "もっと見る", "続きを読む", "広告", "PR"]),
    group(Navigation, Start, &["ホーム >", "ホーム＞", "ホーム>", "ホーム ›", "ホーム »", "トップ >", "トップ＞", "トップ>", "現在位置：", "現在地：", "TOP >", "TOP＞", "HOME >", "HOME＞"]),
    group(Sharing, Whole, &["シェア", "シェアする", "ツイート", "ツイートする", "ブックマーク", "はてなブックマーク", "いいね", "いいね！", "共有", "共有する", "リンクをコピー", "LINEで送る", "フォロー", "この記事をシェア", "この記事をシェアする"]),
    group(Sharing, Start, &["この記事をシェア", "シェアする", "フォローする"]),
    group(Footer, Start, &["無断転載", "記事・写真の無断", "本サイトに掲載", "著作権", "掲載の記事"]),
    group(Footer, Anywhere, &["無断転載", "無断複製", "無断での転載"]),
    group(Contact, Start, &["お問い合わせ先", "お問い合わせ：", "問い合わせ先", "連絡先", "電話番号", "メール：", "所在地：", "電話：", "FAX", "ＦＡＸ", "担当："]),
    group(Contact, Whole, &["本件に関するお問い合わせ先", "報道関係者お問い合わせ先", "お問い合わせ先"]),
    group(Pager, Whole, &["前へ", "次へ", "前のページ", "次のページ", "前の記事", "次の記事", "前の話", "次の話", "目次へ", "目次に戻る", "一覧へ戻る", "一覧に戻る"]),
    group(Pager, Start, &["前の記事", "次の記事", "前のページ", "次のページ"]),
    group(Comments, Whole, &["コメント", "コメントを書く", "コメントを残す", "コメント一覧"]),
    group(Related, Whole, &["関連記事", "関連リンク", "関連ニュース", "おすすめ記事", "おすすめ", "人気記事", "人気記事ランキング", "アクセスランキング", "最新記事", "新着記事", "あわせて読みたい", "こちらもおすすめ", "タグ", "カテゴリー", "アーカイブ", "ランキング"]),

    group(Meta(Key::Author), AsKey, &["著者", "筆者", "執筆者", "執筆", "文責", "文＝", "文・写真", "取材・文", "記者", "投稿者", "ライター", "作者"]),
    group(Meta(Key::Editor), AsKey, &["編集", "編集者", "校正", "入力", "監修", "構成"]),
    group(Meta(Key::Translator), AsKey, &["翻訳", "訳者", "訳"]),
    group(Meta(Key::Photographer), AsKey, &["写真", "撮影"]),
    group(Meta(Key::Source), AsKey, &["出典", "出所", "提供", "引用元", "初出", "底本"]),
    group(Meta(Key::Date), AsKey, &["公開日", "公開日時", "更新日", "最終更新日", "最終更新", "掲載日", "投稿日", "投稿日時", "配信日", "日付", "発行日", "公開", "更新", "作成日", "配信"]),
    group(Meta(Key::Views), AsKey, &["閲覧数", "閲覧回数", "アクセス数", "いいね", "コメント", "再生回数", "読了時間"]),
    group(Meta(Key::Chrome), AsKey, &["文字サイズ", "印刷", "シェア"]),
    group(Meta(Key::Keywords), AsKey, &["キーワード", "タグ"]),
    group(Meta(Key::Publisher), AsKey, &["発行", "発行所", "発行元", "出版社"]),
    group(Meta(Key::Other), AsKey, &["カテゴリ", "カテゴリー", "ジャンル", "連載"]),

    group(Aside, Whole, &["豆知識", "コラム", "メモ", "補足", "ポイント", "プロフィール", "著者プロフィール", "一口メモ"]),
    group(Aside, Start, &["豆知識：", "補足："]),
    group(EditorNote, Start, &["編集部注", "編集部より"]),
    group(EditorNote, Whole, &["編集部より", "編集部から"]),
    group(Abstract, Whole, &["概要", "要旨", "あらすじ"]),
    group(Abstract, Start, &["概要：", "要旨：", "あらすじ："]),
    group(Glossary, Whole, &["用語解説", "用語集", "用語の解説", "用語説明"]),
    group(Heading, Whole, &["はじめに", "おわりに", "まえがき", "あとがき", "序章", "終章", "プロローグ", "エピローグ", "まとめ", "結び", "謝辞", "付録", "目的", "材料", "作り方", "背景"]),
    group(Notes, Whole, &["脚注", "注釈", "註", "注", "訳注", "参考文献"]),
    group(Contents, Whole, &["目次", "もくじ"]),
    group(Caption, Start, &["写真：", "写真は", "（写真", "図は"]),
    group(End, Whole, &["了", "おわり", "終わり", "つづく", "終"]),
];
