//! Functions of at most 70 lines, from `fn` to the closing brace. Tests may be longer: a story is read from top to bottom.

use super::lexer::Source;
use super::{File, Finding};

const LONGEST: usize = 70;

/// Finds the functions that are too long.
pub fn check(file: &File, source: &Source) -> Vec<Finding> {
    if file.is_test() {
        return Vec::new();
    }
    let too_long = |function: &Function| function.line < source.tests_from && function.lines > LONGEST;
    functions(&source.code)
        .into_iter()
        .filter(too_long)
        .map(|Function { name, line, lines }| {
            Finding::new(file, line, format!("function `{name}` has {lines} lines, {LONGEST} are the most"))
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Function {
    name: String,
    line: usize,
    lines: usize,
}

fn functions(code: &str) -> Vec<Function> {
    let starts = code
        .match_indices("fn ")
        .filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '#'));
    starts.filter_map(|(at, _)| function(code, at)).collect()
}

fn function(code: &str, at: usize) -> Option<Function> {
    let signature = &code[at..];
    let name: String = signature[3..].trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let body = body_start(signature)?;
    let mut depth = 0;
    for (offset, character) in signature[body..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let lines = signature[..body + offset].matches('\n').count() + 1;
            return Some(Function { name, line: code[..at].matches('\n').count() + 1, lines });
        }
    }
    None
}

/// Where the body opens; `None` for a declaration, which ends in a semicolon.
fn body_start(signature: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in signature.char_indices() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::lexer::read;
    use super::super::tests::file;
    use super::*;

    fn long(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    let a = \"}\";\n".repeat(lines - 2))
    }

    #[test]
    fn braces_in_strings_do_not_end_a_function() {
        let text = format!("\n{}", long(71));
        let found = check(&file("crates/app/src/a.rs", &text), &read(&text));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].reason.contains("71 lines")), (2, true));
        let text = long(70);
        assert!(check(&file("crates/app/src/a.rs", &text), &read(&text)).is_empty());
    }

    #[test]
    fn tests_may_be_longer() {
        let text = long(90);
        assert!(check(&file("crates/web/tests/it/order.rs", &text), &read(&text)).is_empty());
        let text = format!("#[cfg(test)]\nmod tests {{\n{text}}}\n");
        assert!(check(&file("crates/app/src/a.rs", &text), &read(&text)).is_empty());
    }

    #[test]
    fn declarations_and_pointers_are_no_functions() {
        let code = "trait T { fn a(x: [u8; 3]); fn b() {} }\nfn c(f: fn (i32) -> i32) {\n}\nstruct Nfn {}";
        let names: Vec<(String, usize)> = functions(code).into_iter().map(|function| (function.name, function.lines)).collect();
        assert_eq!(names[..2], [("b".to_owned(), 1), ("c".to_owned(), 2)]);
    }
}
