//! `shundan backup`: a copy that was opened and checked, made while everything goes on (SEC-03).

use std::path::{Path, PathBuf};

use indicatif::{HumanBytes, ProgressBar};
use store::{Place, backup};

use crate::args::{Backup, Global};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{place, progress, verify};

pub async fn run(say: Say, global: &Global, typed: Backup) -> Result<(), Trouble> {
    let folder = match place::of(global, "shundan") {
        Place::Directory(folder) => folder,
        Place::Postgres(url) => {
            let url = place::without_password(&url);
            return Err(Trouble::with("trouble.backup_postgres", [("file", &typed.to.display()), ("url", &url)]));
        }
    };
    place::must_be_there(&folder)?;
    if typed.to.exists() {
        return Err(Trouble::with("trouble.exists", [("path", &typed.to.display())]));
    }
    let bar = progress::bar(&say.plain("backup.doing"));
    let to = typed.to.clone();
    let made = tokio::task::spawn_blocking(move || make(&place::file(&folder), &to, &bar)).await;
    let (companies, events) = made.map_err(|why| Trouble::with("trouble.system", [("why", &why)]))??;
    let size = std::fs::metadata(&typed.to).map_err(|why| Trouble::file(&typed.to, &why))?.len();
    let places = [
        ("path", typed.to.display().to_string()),
        ("size", HumanBytes(size).to_string()),
        ("companies", companies.to_string()),
        ("events", events.to_string()),
    ];
    let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
    println!("{}", say.text("backup.done", &places));
    Ok(())
}

/// Copies to a file beside the wanted one, checks it, and gives it its name only then. Answers with the number of companies and events.
fn make(from: &Path, to: &Path, bar: &ProgressBar) -> Result<(usize, i64), Trouble> {
    let part = beside(to);
    let checked = copy_and_check(from, &part, bar);
    if checked.is_err() {
        // What is left of it is of no use; if it cannot be removed either, the trouble is told all the same.
        let _ = std::fs::remove_file(&part);
    }
    let checked = checked?;
    std::fs::rename(&part, to).map_err(|why| Trouble::file(to, &why))?;
    Ok(checked)
}

fn copy_and_check(from: &Path, part: &Path, bar: &ProgressBar) -> Result<(usize, i64), Trouble> {
    backup::copy(from, part, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    let reports = verify::of_file(part)?;
    if let Some(finding) = reports.iter().flat_map(|(_, report)| &report.findings).next() {
        return Err(Trouble::with("trouble.backup_bad", [("why", &finding.what)]));
    }
    Ok((reports.len(), reports.iter().map(|(_, report)| report.events).sum()))
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    to.with_file_name(name)
}
