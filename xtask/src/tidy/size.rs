//! The size of files: a median near 100 lines, nine of ten under 300, over 600 only with the reason at the top.

use super::{File, Finding};
use std::fmt;

const MEDIAN: usize = 150;
const NINE_OF_TEN: usize = 300;
const LONGEST: usize = 600;
/// How the reason begins, in one of the first five lines.
const REASON: &str = "Long because";
/// Written by a program, not by a person.
const GENERATED: [&str; 1] = ["ui/src/lib/api/schema.d.ts"];

/// Finds the files that are too long and says when too many are.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = written(files).filter_map(too_long).collect();
    let spread = Spread::of(files);
    if let Some(longest) = written(files).max_by_key(|file| lines(file)) {
        let mut more = |what: String| findings.push(Finding::new(longest, 0, what));
        if spread.median > MEDIAN {
            more(format!("the median of all files is {} lines, {MEDIAN} is the most; this one is the longest", spread.median));
        }
        if spread.ninth >= NINE_OF_TEN {
            let over = written(files).filter(|file| lines(file) >= NINE_OF_TEN).count();
            more(format!("{over} of {} files reach {NINE_OF_TEN} lines, one of ten may; this one is the longest", spread.count));
        }
    }
    findings
}

fn too_long(file: &File) -> Option<Finding> {
    let long = lines(file) > LONGEST && !file.text.lines().take(5).any(|line| line.contains(REASON));
    let reason = format!("{} lines; split it by noun or verb, or say `{REASON} …` in the first five lines", lines(file));
    long.then(|| Finding::new(file, 0, reason))
}

fn written(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| {
        let place = ["crates/", "xtask/", "ui/src/", "ui/e2e/"].iter().any(|place| file.path.starts_with(place));
        place && file.ends(&[".rs", ".ts", ".tsx", ".css"]) && !GENERATED.contains(&file.path.as_str())
    })
}

fn lines(file: &File) -> usize {
    file.text.lines().count()
}

/// How long the files are that people write.
#[derive(Debug, PartialEq, Eq)]
pub struct Spread {
    count: usize,
    median: usize,
    ninth: usize,
    longest: usize,
}

impl Spread {
    /// Measures them.
    pub fn of(files: &[File]) -> Self {
        let mut sizes: Vec<usize> = written(files).map(lines).collect();
        sizes.sort_unstable();
        let at = |tenths: usize| sizes.get(sizes.len() * tenths / 10).or(sizes.last()).copied().unwrap_or(0);
        Self { count: sizes.len(), median: at(5), ninth: at(9), longest: at(10) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, median, ninth, longest } = self;
        write!(to, "{count} files, median {median} lines, nine of ten up to {ninth}, longest {longest}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    fn of(lines: usize) -> File {
        file("crates/app/src/a.rs", &"\n".repeat(lines))
    }

    #[test]
    fn over_600_needs_its_reason_at_the_top() {
        assert!(too_long(&of(600)).is_none());
        assert!(too_long(&of(601)).is_some());
        let told = format!("//! Orders.\n//! Long because one table.\n{}", "\n".repeat(700));
        assert!(too_long(&file("crates/app/src/a.rs", &told)).is_none());
        let late = format!("{}// Long because one table.\n", "\n".repeat(700));
        assert!(too_long(&file("crates/app/src/a.rs", &late)).is_some());
    }

    #[test]
    fn one_of_ten_may_be_long() {
        let mut files = vec![of(90); 9];
        files.push(of(400));
        assert_eq!(Spread::of(&files), Spread { count: 10, median: 90, ninth: 400, longest: 400 });
        files.push(of(80));
        assert_eq!(Spread::of(&files).ninth, 90);
        assert!(check(&files).is_empty());
        files.extend([of(301), of(302)]);
        assert!(check(&files)[0].reason.contains("3 of 13"));
    }

    #[test]
    fn a_high_median_is_a_finding() {
        assert!(check(&vec![of(160); 3])[0].reason.contains("median"));
    }

    #[test]
    fn what_nobody_writes_is_not_counted() {
        let made = file("ui/src/lib/api/schema.d.ts", &"\n".repeat(9000));
        assert!(check(&[made, file("docs/openapi.json", &"\n".repeat(9000))]).is_empty());
    }
}
