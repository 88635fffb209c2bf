//! `shundan forecast backtest`: how well each method would have forecast a file of sales.

use app::forecast::backtest::{Ask, Columns, Wrong, measure, sales};
use domain::forecast::Period;

use crate::args::Backtest;
use crate::trouble::Trouble;

pub fn run(typed: &Backtest) -> Result<(), Trouble> {
    let read = |path: &std::path::PathBuf| std::fs::read(path).map_err(|why| Trouble::file(path, &why));
    let file = read(&typed.file)?;
    let second = typed.with.as_ref().map(read).transpose()?;
    let columns = Columns {
        item: typed.item.clone(),
        day: typed.day.clone(),
        quantity: typed.quantity.clone(),
        key: typed.key.clone().unwrap_or_default(),
    };
    let period = Period::parse(&typed.period).unwrap_or(Period::Month);
    let ask = Ask { period, origins: typed.last.into(), horizon: typed.ahead.into(), until: typed.until };
    let measured = sales(&file, second.as_deref(), &columns).and_then(|sales| measure(&sales, ask)).map_err(wrong)?;
    print!("{}", measured.table());
    Ok(())
}

fn wrong(wrong: Wrong) -> Trouble {
    match wrong {
        Wrong::Csv(why) => Trouble::with("trouble.forecast_csv", [("why", &why)]),
        Wrong::Column(column) => Trouble::with("trouble.forecast_column", [("column", &column)]),
        Wrong::Value(line, value) => Trouble::with("trouble.forecast_value", [("line", &line), ("value", &value)]),
        Wrong::Empty => Trouble::of("trouble.forecast_empty"),
    }
}
