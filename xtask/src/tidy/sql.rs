//! Only `store` knows SQL.

use super::lexer::Source;
use super::{File, Finding};

/// Words that begin a statement, and those of which one must follow for a text to be one rather than a sentence.
const STATEMENTS: [(&str, &[&str]); 8] = [
    ("select ", &[" from ", "\nfrom ", "("]),
    ("insert into ", &[" values", " select ", "("]),
    ("update ", &[" set ", "\nset "]),
    ("delete from ", &[""]),
    ("create table ", &[""]),
    ("create index ", &[""]),
    ("alter table ", &[""]),
    ("drop table ", &[""]),
];

/// Finds string literals that are statements.
pub fn check(file: &File, source: &Source) -> Vec<Finding> {
    if file.member().is_none_or(|member| member == "store") || file.is_test() {
        return Vec::new();
    }
    let found = source.strings.iter().filter(|literal| literal.line < source.tests_from && is_sql(&literal.text));
    found.map(|literal| Finding::new(file, literal.line, "SQL outside `store`")).collect()
}

/// Sentences begin with one capital; statements are written in capitals or small letters.
fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    let first_word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let one_case = first_word == first_word.to_lowercase() || first_word == first_word.to_uppercase();
    let lower = text.to_lowercase();
    one_case
        && STATEMENTS.iter().any(|(begin, follow)| {
            lower.strip_prefix(begin).is_some_and(|rest| {
                let rest = format!(" {rest}");
                follow.iter().any(|word| rest.contains(word))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::super::lexer::read;
    use super::super::tests::file;
    use super::*;

    #[test]
    fn statements_are_told_from_sentences() {
        for sql in [
            "SELECT id FROM orders",
            "\n  select a,\n b\nfrom c",
            "INSERT INTO a (b) VALUES (?1)",
            "update orders set held = 1",
            "DELETE FROM a",
            "CREATE TABLE a(b)",
        ] {
            assert!(is_sql(sql), "{sql}");
        }
        for sentence in ["Select a customer from the list", "update the order", "selected from", "Update prices, set by book", ""] {
            assert!(!is_sql(sentence), "{sentence}");
        }
    }

    #[test]
    fn store_and_tests_may() {
        let text = "fn f() { q(\"select 1 from a\"); }\n#[cfg(test)]\nmod tests {\n const A: &str = \"delete from a\";\n}\n";
        let lines = |path: &str| check(&file(path, text), &read(text)).len();
        assert_eq!(lines("crates/app/src/a.rs"), 1);
        assert_eq!(lines("crates/store/src/a.rs"), 0);
        assert_eq!(lines("crates/shundan/tests/verify.rs"), 0);
    }
}
