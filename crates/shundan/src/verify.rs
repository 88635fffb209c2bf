//! `shundan verify`: checks what is stored against itself and prints what was looked at.

use std::path::Path;

use store::query::company::{self, Named};
use store::verify::{Report, verify};
use store::{Fault, Reader, backup};

use crate::args::{Global, Verify};
use crate::place;
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, global: &Global, typed: Verify) -> Result<(), Trouble> {
    let reports = match &typed.file {
        Some(file) => of_file(file)?,
        None => of_store(global, &typed).await?,
    };
    if let Some(file) = &typed.file {
        println!("{}", say.text("verify.file", &[("path", &file.display().to_string())]));
    }
    if reports.is_empty() {
        return Err(Trouble::of("trouble.no_company"));
    }
    let findings: usize = reports.iter().map(|(_, report)| report.findings.len()).sum();
    reports.iter().for_each(|(company, report)| print(say, company, report));
    if findings == 0 {
        println!("{}", say.plain("verify.good"));
        return Ok(());
    }
    println!("{}", say.text("verify.bad", &[("count", &findings.to_string())]));
    Err(Trouble::Said)
}

/// Every company and what was found in it.
pub fn all(reader: &Reader<'_>) -> Result<Vec<(Named, Report)>, Fault> {
    let companies = company::first(reader, i64::MAX)?;
    companies.into_iter().map(|company| Ok((company.clone(), verify(reader, company.id)?))).collect()
}

/// What is in a backup, after its structure was found whole.
pub fn of_file(file: &Path) -> Result<Vec<(Named, Report)>, Trouble> {
    std::fs::metadata(file).map_err(|why| Trouble::file(file, &why))?;
    Ok(backup::read(file, all)?)
}

async fn of_store(global: &Global, typed: &Verify) -> Result<Vec<(Named, Report)>, Trouble> {
    let app = place::open_existing(global).await?;
    if typed.of.company.is_some() {
        let company = place::company(&app, &typed.of).await?;
        let id = company.id;
        let report = app.store.read(move |reader| verify(reader, id)).await?;
        return Ok(vec![(company, report)]);
    }
    Ok(app.store.read(all).await?)
}

fn print(say: Say, company: &Named, report: &Report) {
    println!("{}", say.text("verify.company", &[("name", &company.name), ("code", &company.code)]));
    let line = |key: &str, count: i64| println!("  {}", say.text(key, &[("count", &count.to_string())]));
    line("verify.events", report.events);
    line("verify.stock", report.stock_rows);
    line("verify.orders", report.orders);
    line("verify.evidence", report.evidence);
    line("verify.confirmations", report.confirmations);
    line("verify.offers", report.offers);
    line("verify.documents", report.documents);
    for finding in &report.findings {
        println!("  {}", say.text("verify.finding", &[("check", finding.check), ("what", &finding.what)]));
    }
}
