//! How well each method would have forecast a file of sales: rolling origin, by class of demand.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::forecast::{Class, Method, Period, Profile, Rolling, Scale, Score, Series, backtest};
use domain::{Date, Quantity};

/// Which columns of a file say what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// What is forecast: a product, a category.
    pub item: String,
    /// The day; only its first ten characters are read.
    pub day: String,
    /// How much.
    pub quantity: String,
    /// The column that the file and the second file have in common, where the day is in the second.
    pub key: String,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is no csv file, with the reason.
    Csv(String),
    /// It has no such column.
    Column(String),
    /// A value cannot be read: its line and itself.
    Value(u64, String),
    /// Nothing to compare: the series are too short.
    Empty,
}

/// How it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Length of a period.
    pub period: Period,
    /// So many of the last periods are origins.
    pub origins: usize,
    /// Periods ahead of each.
    pub horizon: usize,
    /// The day after the last that counts; `None`: the period of the last day in the file is left out, since it may not be over.
    pub until: Option<Date>,
}

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Series by class, as known before the first origin.
    pub classes: BTreeMap<Class, usize>,
    /// Series that were too short.
    pub short: usize,
    /// The scores of each method by class; the method `None` is the one the rules choose.
    pub scores: Vec<(Option<Method>, BTreeMap<Class, Score>)>,
}

type Sales = BTreeMap<String, Vec<(Date, Quantity)>>;

/// The sales of a file by item. With a second file the day is read there, by the common key; rows without a partner are left out.
///
/// # Errors
/// The first thing that is wrong.
pub fn sales(file: &[u8], second: Option<&[u8]>, columns: &Columns) -> Result<Sales, Wrong> {
    let days = match second {
        Some(bytes) => {
            let rows = rows(bytes, [&columns.key, &columns.day])?;
            Some(rows.into_iter().map(|(_, [key, day])| (key, day)).collect::<BTreeMap<_, _>>())
        }
        None => None,
    };
    let place = if days.is_some() { &columns.key } else { &columns.day };
    let mut sales = Sales::new();
    for (line, [item, day, quantity]) in rows(file, [&columns.item, place, &columns.quantity])? {
        let day = match &days {
            Some(days) => match days.get(&day) {
                Some(day) => day.clone(),
                None => continue,
            },
            None => day,
        };
        let on = day.get(..10).and_then(|day| Date::parse(day).ok()).ok_or_else(|| Wrong::Value(line, day.clone()))?;
        let quantity = Quantity::parse(&quantity).map_err(|_| Wrong::Value(line, quantity.clone()))?;
        sales.entry(item).or_default().push((on, quantity));
    }
    Ok(sales)
}

fn rows<const N: usize>(bytes: &[u8], names: [&String; N]) -> Result<Vec<(u64, [String; N])>, Wrong> {
    let broken = |why: csv::Error| Wrong::Csv(why.to_string());
    let mut reader = csv::Reader::from_reader(bytes);
    let heads = reader.headers().map_err(broken)?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        *place = heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name).ok_or_else(|| Wrong::Column(name.clone()))?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push((line, places.map(|place| record.get(place).unwrap_or_default().trim().to_owned())));
    }
    Ok(rows)
}

/// Measures every method and the rules' choice on every series.
///
/// # Errors
/// [`Wrong::Empty`] where no series is longer than the origins.
///
/// Source: INV-06
pub fn measure(sales: &Sales, ask: Ask) -> Result<Measured, Wrong> {
    let last = sales.values().flatten().map(|(day, _)| *day).max().ok_or(Wrong::Empty)?;
    let until = ask.until.unwrap_or(last);
    let rolling = Rolling { season: ask.period.season(), origins: ask.origins, horizon: ask.horizon, scale: Scale::Naive };
    let methods = Method::ALL.iter().copied().map(Some).chain([None]);
    let mut scores: Vec<(Option<Method>, BTreeMap<Class, Score>)> = methods.map(|method| (method, BTreeMap::new())).collect();
    let (mut classes, mut short) = (BTreeMap::new(), 0);
    for series in sales.values().filter_map(|demand| Series::of(ask.period, demand.iter().copied(), until)) {
        let values = series.values();
        let known = &values[..values.len().saturating_sub(ask.origins)];
        let Some(profile) = Profile::of(known).filter(|_| known.len() >= 2) else {
            short += 1;
            continue;
        };
        *classes.entry(profile.class).or_insert(0) += 1;
        for (method, by_class) in &mut scores {
            by_class.entry(profile.class).or_default().merge(&backtest(&values, *method, rolling));
        }
    }
    if classes.is_empty() { Err(Wrong::Empty) } else { Ok(Measured { classes, short, scores }) }
}

impl Measured {
    /// The figures as a table of Markdown: a row for each method, a column for all and for each class; in a cell MASE · WAPE · bias. The lowest MASE of
    /// a column is bold.
    pub fn table(&self) -> String {
        let mut groups: Vec<Vec<Class>> = vec![self.classes.keys().copied().collect()];
        if self.classes.len() > 1 {
            groups.extend(self.classes.keys().map(|class| vec![*class]));
        }
        let of = |by_class: &BTreeMap<Class, Score>, group: &[Class]| {
            let mut score = Score::default();
            group.iter().filter_map(|class| by_class.get(class)).for_each(|other| score.merge(other));
            score
        };
        let round = |value: f64| (value * 1000.0).round();
        let best: Vec<Option<f64>> = groups
            .iter()
            .map(|group| self.scores.iter().filter_map(|(_, by_class)| of(by_class, group).mase().map(round)).min_by(f64::total_cmp))
            .collect();
        let heads: Vec<String> = groups
            .iter()
            .map(|group| {
                let series: usize = group.iter().filter_map(|class| self.classes.get(class)).sum();
                format!("{} ({series})", if group.len() > 1 { "all" } else { group[0].as_str() })
            })
            .collect();
        let mut text = format!("| method | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
        for (method, by_class) in &self.scores {
            let cells = groups.iter().zip(&best).map(|(group, best)| {
                let score = of(by_class, group);
                let mase = score.mase().map_or_else(|| "–".to_owned(), |mase| format!("{mase:.3}"));
                let mase = if score.mase().map(round) == *best { format!("**{mase}**") } else { mase };
                let percent = |value: Option<f64>, sign: bool| match value {
                    Some(value) if sign => format!("{:+.0} %", value * 100.0),
                    Some(value) => format!("{:.0} %", value * 100.0),
                    None => "–".to_owned(),
                };
                format!("{mase} · {} · {}", percent(score.wape(), false), percent(score.bias(), true))
            });
            let name = method.map_or("the rules' choice", Method::as_str);
            let _ = writeln!(text, "| {name} | {} |", cells.collect::<Vec<_>>().join(" | "));
        }
        text
    }
}
