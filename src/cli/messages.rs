//! The command's own lines in Chinese and English.

use super::translation;
use crate::batch::Status;

/// The language the command speaks in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Chinese,
    English,
}

impl Tongue {
    /// By `LC_ALL`, `LC_MESSAGES` and `LANG`, the first that is set.
    pub fn of_environment() -> Tongue {
        #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        match ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set) {
            Some(locale) if locale.starts_with("zh") => Tongue::Chinese,
            _ => Tongue::English,
        }
    }

    /// What a stage reports, in this language.
    pub fn told(self, message: &str) -> String {
        match self {
            Tongue::Chinese => translation::in_chinese(message),
            Tongue::English => message.to_owned(),
        }
    }

    /// After the list of files that were made, with `-v`.
    pub fn seconds(self, seconds: f64) -> String {
        match self {
            Tongue::Chinese => format!("{seconds:.3} 秒"),
            Tongue::English => format!("{seconds:.3} s"),
        }
    }

    /// How the bar tells how far a run is: files done and in all, files a second, time left.
    pub fn progress(self) -> &'static str {
        match self {
            Tongue::Chinese => "{bar:30} {pos}/{len}  每秒 {rate} 个  约余 {eta}",
            Tongue::English => "{bar:30} {pos}/{len}  {rate}/s  {eta} left",
        }
    }

    pub fn error(self) -> &'static str {
        match self {
            Tongue::Chinese => "错误",
            Tongue::English => "error",
        }
    }

    pub fn warning(self) -> &'static str {
        match self {
            Tongue::Chinese => "警告",
            Tongue::English => "warning",
        }
    }

    pub fn note(self) -> &'static str {
        match self {
            Tongue::Chinese => "提示",
            Tongue::English => "note",
        }
    }

    /// Word for what became of a file where no list of results says it.
    pub fn status(self, status: Status) -> &'static str {
        match (self, status) {
            (Tongue::Chinese, Status::Made) => "已写出",
            (Tongue::Chinese, Status::Unchanged) => "无变化",
            (Tongue::Chinese, Status::Checked) => "可转换",
            (Tongue::Chinese, Status::Failed) => "失败",
            (Tongue::English, Status::Made) => "made",
            (Tongue::English, Status::Unchanged) => "unchanged",
            (Tongue::English, Status::Checked) => "good",
            (Tongue::English, Status::Failed) => "failed",
        }
    }

    /// After the shown diagnostics of a file.
    pub fn more(self, count: usize) -> String {
        match self {
            Tongue::Chinese => format!("……另有 {count} 条；-v 显示全部"),
            Tongue::English => format!("… and {count} more; -v shows all"),
        }
    }

    /// After `banxin clean`.
    pub fn cleaned(self, removed: usize, kept: usize) -> String {
        match (self, kept) {
            (Tongue::Chinese, 0) => format!("已删除 {removed} 个文件"),
            (Tongue::Chinese, _) => format!("已删除 {removed} 个文件；{kept} 个被改动过，予以保留"),
            (Tongue::English, 0) => format!("{} removed", plural(removed, "file")),
            (Tongue::English, _) => format!("{} removed; {kept} changed since and kept", plural(removed, "file")),
        }
    }

    pub fn watching(self) -> &'static str {
        match self {
            Tongue::Chinese => "等待改动；按 Ctrl-C 结束",
            Tongue::English => "waiting for changes; Ctrl-C ends",
        }
    }

    pub fn nothing_found(self) -> &'static str {
        match self {
            Tongue::Chinese => "没有可转换的文件",
            Tongue::English => "no file to convert",
        }
    }

    /// The last line: `12 files: 10 made, 1 unchanged, 1 failed; 3 warnings; 0.8 s`.
    pub fn summary(self, counts: &[(Status, usize)], warnings: usize, seconds: f64) -> String {
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let present = counts.iter().filter(|(_, count)| *count > 0);
        match self {
            Tongue::Chinese => {
                let parts: Vec<String> =
                    present.map(|(status, count)| format!("{} {count}", self.status(*status))).collect();
                format!("共 {total} 个文件：{}；警告 {warnings} 条；{seconds:.2} 秒", parts.join("，"))
            }
            Tongue::English => {
                let parts: Vec<String> =
                    present.map(|(status, count)| format!("{count} {}", self.status(*status))).collect();
                let (files, words) = (plural(total, "file"), plural(warnings, "warning"));
                format!("{files}: {}; {words}; {seconds:.2} s", parts.join(", "))
            }
        }
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
