//! `banxin licenses`: the texts that must travel with the binary.

use super::{Ending, Usage, print};

/// Title and text of each licence.
const LICENSES: &[(&str, &str)] = &[
    ("banxin: MIT", include_str!("../../LICENSE-MIT")),
    ("banxin: Apache 2.0", include_str!("../../LICENSE-APACHE")),
    ("Noto Serif CJK", include_str!("../../fonts/licenses/OFL-NotoSerifCJK.txt")),
    ("Noto Sans CJK", include_str!("../../fonts/licenses/OFL-NotoSansCJK.txt")),
    ("Banxin Kai (from LXGW WenKai)", include_str!("../../fonts/licenses/OFL-BanxinKai.txt")),
    ("Libertinus", include_str!("../../fonts/licenses/OFL-Libertinus.txt")),
    ("Noto Sans Mono", include_str!("../../fonts/licenses/OFL-NotoSansMono.txt")),
    ("Noto Sans Symbols2", include_str!("../../fonts/licenses/OFL-NotoSansSymbols2.txt")),
    ("Noto Emoji", include_str!("../../fonts/licenses/OFL-NotoEmoji.txt")),
    ("Changes to the fonts", include_str!("../../fonts/FONTLOG.txt")),
];

pub fn print_all() -> Result<Ending, Usage> {
    let section = |(title, text): &(&str, &str)| format!("==== {title} ====\n\n{}\n\n", text.trim_end());
    print(&LICENSES.iter().map(section).collect::<String>())
}
