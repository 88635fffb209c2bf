//! `shundan export`: lists as files that can be imported again.

use std::fs::File;
use std::path::{Path, PathBuf};

use app::App;
use app::export::{Book, FileKind, Lines, List, rows, to_file};
use domain::Actor;
use store::Fault;

use crate::args::{Export, Global};
use crate::filter::{self, Filters, Key, Wrong};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{operator, place};

/// Rows read and written at once.
const PAGE: usize = 500;

pub async fn run(say: Say, global: &Global, typed: Export) -> Result<(), Trouble> {
    let known = || List::ALL.map(List::as_str).join(", ");
    let list =
        List::parse(&typed.list).ok_or_else(|| Trouble::with("trouble.unknown_list", [("list", &typed.list), ("known", &known())]))?;
    let ending = || Trouble::with("trouble.unknown_ending", [("path", &typed.to.display())]);
    let kind = FileKind::of_path(&typed.to).ok_or_else(ending)?;
    let wrong = |filter: &str| {
        let known = filter::names(list).join(", ");
        Trouble::with("trouble.filter", [("filter", &filter), ("list", &list.as_str()), ("known", &known)])
    };
    let filters = Filters::parse(list, &typed.filters).map_err(|filter| wrong(&filter))?;
    if typed.to.exists() && !typed.force {
        return Err(Trouble::with("trouble.exists", [("path", &typed.to.display())]));
    }
    let app = place::open_existing(global).await?;
    let company = place::company(&app, &typed.of).await?;
    let (by, _) = operator::in_name_of(&app, &company, typed.user.as_deref(), say.0).await?;

    let part = beside(&typed.to);
    let out = File::create(&part).map_err(|why| Trouble::file(&part, &why))?;
    let written = match filters.is_empty() {
        true => to_file(&app, &by, list, kind, out).await.map_err(Trouble::from),
        false => match filtered(&app, &by, list, kind, filters, out).await? {
            Ok(count) => Ok(count),
            Err(Wrong::Value(filter)) => Err(Trouble::with("trouble.filter_value", [("filter", &filter)])),
            Err(Wrong::Fault(fault)) => Err(fault.into()),
        },
    };
    if written.is_err() {
        // Half a list is worse than none; if it cannot be removed, the trouble is told all the same.
        let _ = std::fs::remove_file(&part);
    }
    let count = written?;
    std::fs::rename(&part, &typed.to).map_err(|why| Trouble::file(&typed.to, &why))?;
    println!("{}", say.text("export.done", &[("count", &count.to_string()), ("path", &typed.to.display().to_string())]));
    Ok(())
}

/// Writes the rows that pass the filters.
async fn filtered(app: &App, by: &Actor, list: List, kind: FileKind, filters: Filters, out: File) -> Result<Result<usize, Wrong>, Trouble> {
    by.may(domain::Act::RunExport)?;
    by.may(list.may())?;
    let ending = if kind == FileKind::Csv { "csv" } else { "xlsx" };
    app.command(by, None, move |work, by| app::event::exported(work, by, list.as_str(), ending)).await?;
    let (by, now) = (by.clone(), app.store.now());
    let read = app.store.read(move |reader| {
        let company = store::query::company::one(reader, by.company_id)?.ok_or_else(|| Fault::Broken("the company is gone".to_owned()))?;
        let keys = match filter::keys(reader, by.company_id, list, &filters, company.date_of(now)) {
            Ok(keys) => keys,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let page = |keys: &[Key]| rows(reader, &by, list, keys, now);
        write(&keys, page, (list, kind, &by), out).map(Ok)
    });
    Ok(read.await?)
}

type Rows = Vec<Vec<app::export::Cell>>;

fn write(
    keys: &[Key],
    page: impl Fn(&[Key]) -> Result<Rows, Fault>,
    (list, kind, by): (List, FileKind, &Actor),
    out: File,
) -> Result<usize, Fault> {
    let broken = |why: std::io::Error| Fault::Broken(why.to_string());
    let mut count = 0;
    match kind {
        FileKind::Csv => {
            let mut lines = Lines::begin(out, list.headers_for(by), by.language).map_err(broken)?;
            for keys in keys.chunks(PAGE) {
                for row in page(keys)? {
                    count += 1;
                    lines.row(row).map_err(broken)?;
                }
            }
            lines.finish().map_err(broken)?;
        }
        FileKind::Xlsx => {
            let mut book = Book::begin(&list.title(by.language), list.headers_for(by), by.language).map_err(broken)?;
            for keys in keys.chunks(PAGE) {
                for row in page(keys)? {
                    count += 1;
                    book.row(row).map_err(broken)?;
                }
            }
            book.finish(out).map_err(broken)?;
        }
    }
    Ok(count)
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    to.with_file_name(name)
}
