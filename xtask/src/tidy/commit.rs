//! The subject of the last commit: `noun: Imperative subject`, at most 72 characters.

use super::Finding;

const LONGEST: usize = 72;

/// Looks at the subject line as `git log` prints it.
pub fn check(subject: &str) -> Option<Finding> {
    let subject = subject.trim_end();
    let length = subject.chars().count();
    let reason = if length > LONGEST {
        format!("the subject has {length} characters, {LONGEST} are the most")
    } else if !subject.starts_with("Merge ") && !subject.contains(": ") {
        "the subject should read `noun: Imperative subject`".to_owned()
    } else {
        return None;
    };
    Some(Finding { path: "HEAD".to_owned(), line: 1, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_short_and_begin_with_a_noun() {
        assert!(check("order: Refuse approval by the enterer\n").is_none());
        assert!(check(&format!("order: {}", "x".repeat(66))).is_some());
        assert!(check(&format!("order: {}", "单".repeat(65))).is_none());
        assert!(check("Fix things").is_some());
    }
}
