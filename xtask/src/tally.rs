//! Reading the closing lines of the test runners, so that one line can say how all of them went.

/// How the tests of one runner went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and programs that ended before they could say so.
    pub failed: u64,
    /// Tests that were left out.
    pub skipped: u64,
    /// What the runner printed about its failures.
    pub details: Vec<String>,
}

impl Tally {
    /// Counts a runner that ended badly without naming a failed test, such as one that did not compile.
    pub fn ended_badly(mut self, why: &str) -> Self {
        if self.failed == 0 {
            self.failed = 1;
            self.details.push(why.to_owned());
        }
        self
    }

    fn with(mut self, count: u64, word: &str) -> Self {
        match word {
            "passed" | "flaky" => self.passed += count,
            "failed" | "interrupted" => self.failed += count,
            "ignored" | "skipped" | "todo" | "did not run" => self.skipped += count,
            _ => {}
        }
        self
    }
}

/// Reads `cargo test`, which prints one closing line per test program.
pub fn of_cargo(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    let mut running = 0;
    let mut in_failures = false;
    for line in lines {
        if let Some(result) = line.strip_prefix("test result: ") {
            let (_, counts) = result.split_once(". ").unwrap_or_default();
            tally = counts
                .split("; ")
                .filter_map(|part| part.split_once(' '))
                .fold(tally, |tally, (count, word)| count.parse().map_or(tally.clone(), |count| tally.with(count, word)));
            running -= 1;
            in_failures = false;
        } else if line.starts_with("running ") && (line.ends_with(" tests") || line.ends_with(" test")) {
            running += 1;
        } else if line == "failures:" {
            in_failures = true;
        }
        if in_failures {
            tally.details.push(line.clone());
        }
    }
    for _ in 0..running.max(0) {
        tally.failed += 1;
        tally.details.push("a test program ended before its closing line".to_owned());
    }
    tally
}

/// Reads Vitest: `Tests  1 failed | 42 passed | 1 skipped (44)`.
pub fn of_vitest(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    if let Some(counts) = lines.iter().rev().find_map(|line| line.trim_start().strip_prefix("Tests  ")) {
        let counts = counts.split(" (").next().unwrap_or_default();
        for (count, word) in counts.split(" | ").filter_map(|part| part.trim().split_once(' ')) {
            tally = count.parse().map_or(tally.clone(), |count| tally.with(count, word));
        }
    }
    let begins = |line: &&String| ["Failed Tests", "Failed Suites", "Unhandled"].iter().any(|word| line.contains(word));
    let ends = |line: &&String| line.trim_start().starts_with("Test Files  ");
    tally.details = lines.iter().skip_while(|line| !begins(line)).take_while(|line| !ends(line)).cloned().collect();
    tally
}

/// Reads Playwright's list reporter, which closes with one indented line per kind: `  10 passed (12.3s)`.
pub fn of_playwright(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let Some(line) = line.strip_prefix("  ") else {
            continue;
        };
        let Some((count, word)) = line.split_once(' ') else {
            continue;
        };
        let word = word.split(" (").next().unwrap_or_default();
        tally = count.parse().map_or(tally.clone(), |count| tally.with(count, word));
    }
    let begins = |line: &&String| line.trim_start().starts_with("1) ");
    tally.details = lines.iter().skip_while(|line| !begins(line)).cloned().collect();
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn counts(tally: &Tally) -> (u64, u64, u64) {
        (tally.passed, tally.failed, tally.skipped)
    }

    #[test]
    fn cargo_programs_are_summed_and_failures_kept() {
        let tally = of_cargo(&lines(
            "\nrunning 2 tests\ntest a ... ok\ntest b ... FAILED\n\nfailures:\n\n---- b stdout ----\nboom\n\n\nfailures:\n    b\n\n\
             test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\n\
             running 1 test\ntest c ... ignored\n\n\
             test result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ));
        assert_eq!(counts(&tally), (1, 1, 1));
        assert!(tally.details.contains(&"boom".to_owned()));
        assert!(!tally.details.iter().any(|line| line.contains("test c")));
    }

    #[test]
    fn a_program_that_died_is_a_failure() {
        let tally = of_cargo(&lines(
            "running 2 tests\ntest a ... ok\n\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured",
        ));
        assert_eq!(counts(&tally), (0, 1, 0));
    }

    #[test]
    fn vitest_counts_tests_not_files() {
        let tally = of_vitest(&lines(
            " ✓ src/a.test.ts (3 tests) 4ms\n⎯⎯⎯ Failed Tests 1 ⎯⎯⎯\n\n FAIL  src/b.test.ts > sums\nAssertionError\n\n Test Files  1 failed | 1 passed (2)\n      Tests  1 failed | 3 passed | 1 skipped (5)\n   Duration  1s",
        ));
        assert_eq!(counts(&tally), (3, 1, 1));
        assert_eq!(tally.details.len(), 5);
        assert_eq!(counts(&of_vitest(&lines("      Tests  7 passed (7)"))), (7, 0, 0));
    }

    #[test]
    fn playwright_closing_lines_are_read() {
        let tally = of_playwright(&lines(
            "Running 4 tests using 1 worker\n  ✘  1 [chromium] › a.spec.ts:3:5 › opens (1s)\n\n  1) [chromium] › a.spec.ts:3:5 › opens ──\n    Error: no\n\n  1 failed\n    [chromium] › a.spec.ts:3:5 › opens ──\n  1 flaky\n  1 skipped\n  2 did not run\n  10 passed (1.2m)",
        ));
        assert_eq!(counts(&tally), (11, 1, 3));
        assert!(tally.details[0].starts_with("  1) "));
    }

    #[test]
    fn a_runner_that_named_no_failure_still_failed() {
        let tally = of_vitest(&lines("npm error Missing script")).ended_badly("the UI tests did not run");
        assert_eq!(counts(&tally), (0, 1, 0));
    }
}
