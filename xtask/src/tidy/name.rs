//! Module names that say nothing about what is inside.

use super::{File, Finding};

const BANNED: [&str; 9] = ["util", "utils", "helper", "helpers", "common", "manager", "service", "services", "misc"];

/// Roles of people in the field, which are words of ours.
const FIELD: [&str; 2] = ["customer_service", "sales_manager"];

/// Finds a banned word in the path of a source file.
pub fn check(file: &File) -> Option<Finding> {
    let ours = ["crates/", "xtask/", "ui/src/", "ui/e2e/"].iter().any(|place| file.path.starts_with(place));
    if !ours || !file.ends(&[".rs", ".ts", ".tsx"]) {
        return None;
    }
    let part = file.path.split('/').find(|part| bans(part.split('.').next().unwrap_or_default()))?;
    Some(Finding::new(file, 0, format!("`{part}` says nothing; name it after its noun or verb")))
}

fn bans(name: &str) -> bool {
    let snake = name.replace('-', "_").to_lowercase();
    !FIELD.contains(&snake.as_str()) && snake.split('_').any(|word| BANNED.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn empty_words_are_found_in_any_part_of_the_path() {
        for bad in ["crates/app/src/utils.rs", "ui/src/helpers/date.ts", "ui/src/lib/order-service.ts", "crates/web/tests/it/common/mod.rs"]
        {
            assert!(check(&file(bad, "")).is_some(), "{bad}");
        }
        for good in [
            "crates/app/src/order.rs",
            "ui/src/features/role/sales-manager.tsx",
            "docs/customer-service.md",
            "ui/src/locales/en/common.json",
            "crates/web/src/commons.rs",
        ] {
            assert!(check(&file(good, "")).is_none(), "{good}");
        }
    }
}
