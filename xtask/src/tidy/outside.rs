//! Only the binary reads the clock, the environment and randomness; everyone else is handed them, so that tests can, too.

use super::lexer::Source;
use super::{File, Finding};

const OUTSIDE: [&str; 7] = ["SystemTime::now", "Timestamp::now", "Zoned::now", "env::var", "env::temp_dir", "getrandom::", "thread_rng"];

/// Finds where a crate other than the binary reaches outside.
pub fn check(file: &File, source: &Source) -> Vec<Finding> {
    if file.member().is_none_or(|member| member == "shundan") || file.is_test() {
        return Vec::new();
    }
    let lines = source.code.lines().enumerate().take(source.tests_from - 1);
    lines
        .filter_map(|(index, line)| {
            let word = OUTSIDE.iter().find(|word| line.contains(*word))?;
            Some(Finding::new(file, index + 1, format!("`{word}`: only the binary may; take it as a parameter")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::lexer::read;
    use super::super::tests::file;
    use super::*;

    #[test]
    fn only_the_binary_reads_the_clock() {
        let text = "fn f() { let now = Timestamp::now(); } // env::var\n#[cfg(test)]\nmod tests {\n  fn g() { env::var(\"X\"); }\n}\n";
        let lines = |path: &str| check(&file(path, text), &read(text)).len();
        assert_eq!(lines("crates/app/src/a.rs"), 1);
        assert_eq!(lines("crates/shundan/src/main.rs"), 0);
        assert_eq!(lines("crates/store/tests/it/a.rs"), 0);
    }
}
