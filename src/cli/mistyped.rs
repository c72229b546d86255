//! What is said of a command line that cannot be understood, in Chinese; in English clap says it.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::translation;

/// A mistake in Chinese; none where what was asked for is help or the version.
pub fn in_chinese(error: &clap::Error) -> Option<String> {
    let of = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let mut told = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个子命令", of(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|reason| translation::in_chinese(&reason.to_string()));
            let reason = reason.map_or_else(String::new, |reason| format!("：{reason}"));
            format!("{argument} 的值 {value:?} 无效{reason}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 并用", of(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值个数不对")
        }
        ErrorKind::TooManyValues => format!("{argument} 的值太多"),
        ErrorKind::MissingSubcommand => "缺少子命令".to_owned(),
        ErrorKind::InvalidUtf8 => "命令行中有不是 UTF-8 的字".to_owned(),
        _ => error.to_string(),
    };
    let known = of(ContextKind::ValidValue);
    if !known.is_empty() {
        told.push_str(&format!("；可选值为 {known}"));
    }
    let alike = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    if let Some(meant) = alike.into_iter().map(of).find(|meant| !meant.is_empty()) {
        told.push_str(&format!("；是否指 {meant}？"));
    }
    Some(told + "\n用法见 `banxin --help`")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join("、"),
        other => other.to_string(),
    }
}
