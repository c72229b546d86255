//! What the names of bodies end with: of those who issue papers, sign them, and employ who writes them.

use crate::readers::text::words::Words;

/// Endings that tell the name of a body wherever it stands.
#[rustfmt::skip]
static SURE: Words = Words::new(&[
    "委员会", "委員會", "委員会", "有限公司", "株式会社", "人民政府", "办公室", "辦公室", "教育局", "研究所", "研究院", "协会", "協會", "協会", "事務局", "监测站", "管理站", "总站", "中心", "编辑部", "大队", "集团", "주식회사",
]);

/// Endings that tell it where the place of the line speaks for a body already: over the date below a paper.
#[rustfmt::skip]
static SIGNING: Words = Words::new(&[
    "局", "厅", "廳", "办公厅", "辦公廳", "政府", "院", "大学", "大學", "中学", "中學", "小学", "小學", "学院", "部", "会", "會", "公司", "馆", "館", "社", "处", "處", "科", "室", "站",
]);

/// Bodies that the authors of papers work for.
#[rustfmt::skip]
static EMPLOYERS: Words = Words::new(&[
    "大学", "大學", "学院", "學院", "研究所", "研究院", "中心", "医院", "公司",
]);

/// Whether a text ends like the name of a body, and like no title.
pub(in crate::readers::text) fn names_a_body(text: &str) -> bool {
    SURE.end(text)
}

/// Whether a text that stands where papers are signed ends like the name of a body.
pub(in crate::readers::text) fn may_sign(text: &str) -> bool {
    SIGNING.end(text) || SURE.end(text)
}

/// Whether a text has a body in it that employs scholars.
pub(in crate::readers::text) fn has_an_employer(text: &str) -> bool {
    EMPLOYERS.stand_in(text)
}

/// Whether a text ends like a body that employs scholars, or one of its departments.
pub(in crate::readers::text) fn names_an_employer(text: &str) -> bool {
    EMPLOYERS.end(text) || text.ends_with('系')
}
