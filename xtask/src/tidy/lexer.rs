//! Just enough of Rust's grammar to tell code from comments and literals.

/// A source file taken apart.
pub struct Source {
    /// The code, line by line as in the file, with comments and the insides of literals blanked out.
    pub code: String,
    /// The string literals.
    pub strings: Vec<Literal>,
    /// The line of the module of unit tests at the end of the file, or one past the last line.
    pub tests_from: usize,
}

/// A string literal.
pub struct Literal {
    /// Where it begins, from 1.
    pub line: usize,
    /// What stands between the quotes, escapes as written.
    pub text: String,
}

/// Takes a file apart.
pub fn read(text: &str) -> Source {
    let mut reader = Reader { rest: text, line: 1, code: String::with_capacity(text.len()), strings: Vec::new() };
    while reader.step() {}
    let Reader { code, strings, .. } = reader;
    let tests_from = tests_from(&code);
    Source { code, strings, tests_from }
}

fn tests_from(code: &str) -> usize {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    let begins = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{');
    lines.windows(2).position(begins).map_or(lines.len() + 1, |index| index + 1)
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    strings: Vec<Literal>,
}

impl Reader<'_> {
    /// Takes the next piece; false at the end.
    fn step(&mut self) -> bool {
        if self.rest.starts_with("//") {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.blank(length);
        } else if self.rest.starts_with("/*") {
            self.blank(comment_length(self.rest));
        } else if let Some(Quoted { open, inside, close }) = quoted(self.rest, self.code.chars().next_back()) {
            if self.rest[..open].ends_with(['"', '#']) {
                self.strings.push(Literal { line: self.line, text: self.rest[open..open + inside].to_owned() });
            }
            self.keep(open);
            self.blank(inside);
            self.keep(close);
        } else {
            let Some(next) = self.rest.chars().next() else {
                return false;
            };
            self.keep(next.len_utf8());
        }
        true
    }

    fn keep(&mut self, length: usize) {
        let (piece, rest) = self.rest.split_at(length);
        self.line += piece.matches('\n').count();
        self.code.push_str(piece);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (piece, rest) = self.rest.split_at(length);
        self.line += piece.matches('\n').count();
        self.code.extend(piece.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }
}

/// The length in bytes of a block comment, which may contain others.
fn comment_length(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The parts of a literal, in bytes.
struct Quoted {
    open: usize,
    inside: usize,
    close: usize,
}

/// The literal at the start of `text`, if there is one; `before` is the character before it.
fn quoted(text: &str, before: Option<char>) -> Option<Quoted> {
    if text.starts_with('\'') {
        return character(text);
    }
    if let Some(rest) = text.strip_prefix('"') {
        let inside = escaped_length(rest, '"');
        return Some(Quoted { open: 1, inside, close: (text.len() - 1 - inside).min(1) });
    }
    if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
        return None;
    }
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix("cr")).or_else(|| text.strip_prefix('r'))?;
    let marks = after.len() - after.trim_start_matches('#').len();
    if !after[marks..].starts_with('"') {
        return None;
    }
    let open = text.len() - after.len() + marks + 1;
    let end = format!("\"{}", "#".repeat(marks));
    let inside = text[open..].find(&end).unwrap_or(text.len() - open);
    Some(Quoted { open, inside, close: end.len().min(text.len() - open - inside) })
}

/// A character literal, told apart from a lifetime.
fn character(text: &str) -> Option<Quoted> {
    let mut characters = text[1..].chars();
    let first = characters.next()?;
    let inside = if first == '\\' {
        escaped_length(&text[1..], '\'')
    } else if characters.next() == Some('\'') {
        first.len_utf8()
    } else {
        return None;
    };
    Some(Quoted { open: 1, inside, close: (text.len() - 1 - inside).min(1) })
}

/// The number of bytes before an unescaped `end`.
fn escaped_length(text: &str, end: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == end {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: &str, strings: &[(usize, &str)]) {
        let source = read(text);
        assert_eq!(source.code, code, "{text}");
        let found: Vec<(usize, &str)> = source.strings.iter().map(|literal| (literal.line, literal.text.as_str())).collect();
        assert_eq!(found, strings, "{text}");
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        check("a // { \"\nb", "a       \nb", &[]);
        check("a /* { /* } */ \n */ b", "a              \n    b", &[]);
        check(r#"f("{ \" }", '{', '\'')"#, r#"f("      ", ' ', '  ')"#, &[(1, r#"{ \" }"#)]);
        check("x\nr#\"a \" {\"# y", "x\nr#\"     \"# y", &[(2, "a \" {")]);
        check("br\"{\" b\"}\"", "br\" \" b\" \"", &[(1, "{"), (1, "}")]);
        check("\"a\nb\" \"c\"", "\" \n \" \" \"", &[(1, "a\nb"), (2, "c")]);
        check("\"订单\" '单'", "\"  \" ' '", &[(1, "订单")]);
    }

    #[test]
    fn lifetimes_and_raw_names_are_code() {
        check("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}", &[]);
        check("r#type, bar\"x\"", "r#type, bar\" \"", &[(1, "x")]);
    }

    #[test]
    fn an_unfinished_literal_ends_with_the_file() {
        check("\"abc", "\"   ", &[(1, "abc")]);
        check("/* abc", "      ", &[]);
    }

    #[test]
    fn the_unit_tests_at_the_end_are_found() {
        assert_eq!(read("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n").tests_from, 3);
        assert_eq!(read("#[cfg(test)]\nmod tests;\n").tests_from, 3);
    }
}
