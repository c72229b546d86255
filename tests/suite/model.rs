//! The document model: its JSON form and its published schema.

use std::fs;
use std::path::Path;

use banxin::batch::report::Line;
use banxin::document::Document;

/// `BLESS=1 cargo test` rewrites the published schema.
#[test]
fn the_published_schema_is_the_models() {
    hold("docs/document.schema.json", &schemars::schema_for!(Document));
}

#[test]
fn the_published_schema_of_reports_is_the_programs() {
    hold("docs/report.schema.json", &schemars::schema_for!(Line));
}

fn hold(name: &str, schema: &schemars::Schema) {
    let schema = serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    #[expect(clippy::disallowed_methods, reason = "a test may be told to rewrite its golden")]
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &schema).expect("docs can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("the schema is published"), schema);
}
