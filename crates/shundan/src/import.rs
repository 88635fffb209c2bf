//! `shundan import`: workbooks and csv files, whole or not at all.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use app::App;
use app::import::{Arrival, Ask, File, Mapping, Phase, Progress, Ran, Report, from_files, kept, ready, ready_text};
use domain::CompanyId;

use crate::args::{Global, Import};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{operator, place, progress, table};

pub async fn run(say: Say, global: &Global, typed: Import) -> Result<(), Trouble> {
    if typed.list_mappings {
        return list_mappings(say, global, &typed).await;
    }
    if let Some(name) = &typed.show_mapping {
        return show_mapping(global, &typed, name).await;
    }
    let files = typed.files.iter().map(|path| read(path)).collect::<Result<Vec<File>, Trouble>>()?;
    let app = place::open_existing(global).await?;
    let company = place::company(&app, &typed.of).await?;
    let (by, username) = operator::in_name_of(&app, &company, typed.user.as_deref(), say.0).await?;
    let mapping = match &typed.mapping {
        Some(named) => Some(mapping(say, &app, company.id, named).await?),
        None => None,
    };
    eprintln!("{}", say.text("import.as_user", &[("username", &username), ("code", &company.code)]));

    let begun = Instant::now();
    let ask = Ask { mapping, arrival: typed.arrival.as_deref().and_then(Arrival::parse), dry_run: typed.dry_run };
    let (bar, told) = bar(say);
    let ran = from_files(&app, &by, files, ask, told).await;
    bar.finish_and_clear();
    let seconds = format!("{:.1}", begun.elapsed().as_secs_f64());
    tell(say, ran?, &seconds)
}

fn tell(say: Say, ran: Ran, seconds: &str) -> Result<(), Trouble> {
    let print = |report: &Report| print!("{}", report.print(say.0));
    match ran {
        Ran::Done(_, report) => {
            print(&report);
            println!("{}", say.text("import.done", &[("seconds", seconds)]));
        }
        Ran::Again(_, report) => {
            print(&report);
            println!("{}", say.plain("import.again"));
        }
        Ran::Checked(report) if report.is_clean() => {
            print(&report);
            println!("{}", say.plain("import.dry"));
        }
        Ran::Checked(report) | Ran::Refused(report) => {
            print(&report);
            println!("{}", say.text("import.refused", &[("count", &report.error_count.to_string())]));
            return Err(Trouble::Said);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<File, Trouble> {
    let bytes = std::fs::read(path).map_err(|why| Trouble::file(path, &why))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(File { name, bytes })
}

fn bar(say: Say) -> (indicatif::ProgressBar, Progress) {
    let bar = progress::bar(&say.plain("import.reading"));
    let moved = bar.clone();
    let told = move |phase: Phase, done: usize, all: usize| {
        let key = match phase {
            Phase::Reading => "import.reading",
            Phase::Checking => "import.checking",
            Phase::Writing => "import.writing",
            Phase::Committing => "import.committing",
        };
        moved.set_prefix(say.text(key, &[]));
        moved.set_length(all as u64);
        moved.set_position(done as u64);
    };
    (bar, Arc::new(told))
}

/// A mapping by its name, of the company or of the product, or from a file.
async fn mapping(say: Say, app: &App, company: CompanyId, named: &str) -> Result<Mapping, Trouble> {
    let own = app.store.read(move |reader| kept(reader, company)).await?;
    if let Some(found) = own.iter().chain(ready()).find(|mapping| mapping.name == named) {
        return Ok(found.clone());
    }
    let path = Path::new(named);
    if !path.is_file() {
        return Err(Trouble::with("trouble.unknown_mapping", [("mapping", &named)]));
    }
    let content = std::fs::read_to_string(path).map_err(|why| Trouble::file(path, &why))?;
    Mapping::from_text(&content).map_err(|problems| {
        print!("{}", Report::of_problems(named, &problems).print(say.0));
        Trouble::with("trouble.bad_mapping", [("mapping", &named)])
    })
}

/// The mappings of the company, where there is one; none otherwise, since the product's own can be seen without data.
async fn own_mappings(global: &Global, typed: &Import) -> Result<Vec<Mapping>, Trouble> {
    let Ok(app) = place::open_existing(global).await else { return Ok(Vec::new()) };
    let Ok(company) = place::company(&app, &typed.of).await else { return Ok(Vec::new()) };
    Ok(app.store.read(move |reader| kept(reader, company.id)).await?)
}

async fn list_mappings(say: Say, global: &Global, typed: &Import) -> Result<(), Trouble> {
    let own = own_mappings(global, typed).await?;
    let rows: Vec<Vec<String>> =
        own.iter().chain(ready()).map(|mapping| vec![mapping.name.clone(), mapping.title(say.0).to_owned()]).collect();
    let heads = ["import.mapping", "import.title"].map(|key| say.text(key, &[]));
    table::lines(&heads, &rows).iter().for_each(|line| println!("{line}"));
    Ok(())
}

async fn show_mapping(global: &Global, typed: &Import, name: &str) -> Result<(), Trouble> {
    if let Some(text) = ready_text(name) {
        print!("{text}");
        return Ok(());
    }
    let own = own_mappings(global, typed).await?;
    let found =
        own.iter().find(|mapping| mapping.name == name).ok_or_else(|| Trouble::with("trouble.unknown_mapping", [("mapping", &name)]))?;
    let json = serde_json::to_string_pretty(&found.to_json()).unwrap_or_default();
    println!("{json}");
    Ok(())
}
