//! The API document and the UI's types made from it: written on demand, compared in CI.

use crate::binary::{self, Build};
use crate::command::{Result, capture, program, root, run};
use crate::ui;
use std::path::Path;

const DOCUMENT: &str = "docs/openapi.json";
const TYPES: &str = "ui/src/lib/api/schema.d.ts";

/// `cargo xtask openapi`: writes both files from the program.
pub fn write() -> Result {
    ui::make_room()?;
    let text = document(&binary::shundan(Build::Debug)?)?;
    std::fs::create_dir_all(root().join("docs")).map_err(|error| format!("docs: {error}"))?;
    std::fs::write(root().join(DOCUMENT), text).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    ui::install()?;
    run(&mut ui::npm(&["run", "types"]))
}

/// Refuses if the committed document is not what the program says.
pub fn document_is_current(shundan: &Path) -> Result {
    let committed = read(DOCUMENT)?;
    same(DOCUMENT, &committed, &document(shundan)?)
}

/// Refuses if the committed types are not what the committed document gives. Changes nothing.
pub fn types_are_current() -> Result {
    let committed = read(TYPES)?;
    run(&mut ui::npm(&["run", "types"]))?;
    let made = read(TYPES)?;
    if made != committed {
        std::fs::write(root().join(TYPES), &committed).map_err(|error| format!("{TYPES}: {error}"))?;
    }
    same(TYPES, &committed, &made)
}

fn document(shundan: &Path) -> Result<String> {
    capture(program(&shundan.to_string_lossy()).arg("openapi"))
}

fn read(file: &str) -> Result<String> {
    std::fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}"))
}

fn same(file: &str, committed: &str, made: &str) -> Result {
    if committed == made {
        return Ok(());
    }
    let line = committed.lines().zip(made.lines()).take_while(|(before, after)| before == after).count() + 1;
    Err(format!("{file}:{line}: is not what the program says; run `cargo xtask openapi` and commit the result"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_names_the_first_line() {
        assert_eq!(same("a.json", "1\n2\n", "1\n2\n"), Ok(()));
        assert!(same("a.json", "1\n2\n3\n", "1\nx\n3\n").unwrap_err().starts_with("a.json:2:"));
        assert!(same("a.json", "1\n", "1\n2\n").unwrap_err().starts_with("a.json:2:"));
    }
}
