//! The diagram in the documentation is the table of moves.
#![allow(clippy::unwrap_used)]

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ARCHITECTURE.md");

/// With `SHUNDAN_WRITE=1` the diagram is written into the page instead.
#[test]
fn the_documented_life_of_an_order_is_the_table_of_moves() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once("<!-- lifecycle -->\n```mermaid\n").unwrap();
    let (shown, after) = rest.split_once("```\n<!-- /lifecycle -->").unwrap();
    let table = domain::diagram(domain::Language::En);
    if std::env::var_os("SHUNDAN_WRITE").is_some() {
        std::fs::write(PAGE, format!("{before}<!-- lifecycle -->\n```mermaid\n{table}```\n<!-- /lifecycle -->{after}")).unwrap();
        return;
    }
    assert_eq!(shown, table, "run `SHUNDAN_WRITE=1 cargo test -p domain --test diagram` and look at the difference");
}
