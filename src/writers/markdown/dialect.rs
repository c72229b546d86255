//! What each flavour of Markdown can say.

use crate::flanking::FlankingRule;
use crate::options::{HtmlUse, MarkdownFlavour, MarkdownOptions};

/// What the reader of our output understands.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    pub flavour: MarkdownFlavour,
    pub rule: FlankingRule,
    /// Pipe tables, `~~` and task marks.
    pub github: bool,
    pub notes: bool,
    pub math: bool,
    pub alerts: bool,
    pub definitions: bool,
    pub heading_attributes: bool,
    /// Spans, divisions and pictures take attributes between braces.
    pub attributes: bool,
    /// `^` and `~` make superscripts and subscripts.
    pub scripts: bool,
    pub front_matter: bool,
    /// Addresses in text are read as links.
    pub links_addresses: bool,
    /// HTML says what the flavour has no words for.
    pub writes_html: bool,
    /// Lines may be broken between Han characters: the reader joins them without a space.
    pub joins_han: bool,
}

impl Dialect {
    pub fn of(options: &MarkdownOptions) -> Dialect {
        let flavour = options.flavour;
        let github = Dialect {
            flavour,
            rule: FlankingRule::CommonMark,
            github: true,
            notes: true,
            math: true,
            alerts: true,
            definitions: false,
            heading_attributes: false,
            attributes: false,
            scripts: false,
            front_matter: true,
            links_addresses: true,
            writes_html: options.html == HtmlUse::Allowed,
            joins_han: false,
        };
        match flavour {
            MarkdownFlavour::CommonMark => Dialect {
                github: false,
                notes: false,
                math: false,
                alerts: false,
                front_matter: false,
                links_addresses: false,
                ..github
            },
            MarkdownFlavour::Gfm => github,
            MarkdownFlavour::Banxin => Dialect {
                rule: FlankingRule::CjkFriendly,
                definitions: true,
                heading_attributes: true,
                attributes: true,
                scripts: true,
                joins_han: true,
                ..github
            },
            MarkdownFlavour::Pandoc => Dialect {
                rule: FlankingRule::CjkFriendly,
                alerts: false,
                definitions: true,
                heading_attributes: true,
                attributes: true,
                scripts: true,
                ..github
            },
        }
    }

    pub fn is_pandoc(&self) -> bool {
        self.flavour == MarkdownFlavour::Pandoc
    }
}
