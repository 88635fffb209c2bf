//! `shundan repair`: counters reckoned anew from the rows they count.

use store::query::company::{self, Named};
use store::repair::{Fix, plan};
use store::verify::verify;

use crate::args::{Global, Repair};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{operator, place};

pub async fn run(say: Say, global: &Global, typed: Repair) -> Result<(), Trouble> {
    let app = place::open_existing(global).await?;
    let companies = match &typed.of.company {
        Some(_) => vec![place::company(&app, &typed.of).await?],
        None => app.store.read(|reader| company::first(reader, i64::MAX)).await?,
    };
    if companies.is_empty() {
        return Err(Trouble::of("trouble.no_company"));
    }
    let mut left = 0;
    for company in companies {
        let id = company.id;
        let fixes = app.store.read(move |reader| plan(reader, id)).await?;
        print(say, &company, &fixes, typed.dry_run);
        if !typed.dry_run && !fixes.is_empty() {
            let by = operator::actor(id, say.0);
            app.command(&by, None, move |work, by| app::repair::repair(work, by, &fixes)).await?;
        }
        left += app.store.read(move |reader| Ok(verify(reader, id)?.findings.len())).await?;
    }
    if left == 0 {
        println!("{}", say.plain("repair.good"));
        return Ok(());
    }
    let key = if typed.dry_run { "repair.would" } else { "repair.left" };
    println!("{}", say.text(key, &[("count", &left.to_string())]));
    Err(Trouble::Said)
}

fn print(say: Say, company: &Named, fixes: &[Fix], dry: bool) {
    println!("{}", say.text("verify.company", &[("name", &company.name), ("code", &company.code)]));
    if fixes.is_empty() {
        println!("  {}", say.plain("repair.nothing"));
    }
    let key = if dry { "repair.plan" } else { "repair.did" };
    for fix in fixes {
        let counter = format!("{}.{}", fix.table, fix.counter);
        let (kept, reckoned) = (fix.kept.to_string(), fix.reckoned.to_string());
        println!("  {}", say.text(key, &[("counter", &counter), ("what", &fix.what), ("kept", &kept), ("reckoned", &reckoned)]));
    }
}
