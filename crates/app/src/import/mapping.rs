//! Mappings: which column of which file is which field of which noun. Written as TOML files, kept and sent as JSON.
//!
//! ```toml
//! name = "shop"
//! title = { zh-CN = "网店订单", zh-TW = "網店訂單", en = "Shop orders" }
//! as = "history"                                   # orders: draft (default), submitted, history
//! currency = "USD"                                 # else the company's
//!
//! [table.carriers]                                 # numbers that stand for words of another file
//! file = "shippers.csv"
//! key = "ShipperID"
//! value = "CompanyName"
//!
//! [[source]]
//! noun = "orders"                                  # customers products prices stock orders order_lines
//! file = "orders*.csv"                             # may be left out, as may sheet and header_row
//! key = "OrderID"                                  # rows of one key are one order
//! [source.fields]
//! external_number = "OrderID"                      # a column
//! customer = ["CustomerID", "Customer"]            # the first of these columns that is there
//! ordered_on = { column = "OrderDate", date = "mm/dd/yyyy" }
//! delivery_address = { join = ["Street", "City"], separator = ", " }
//! channel = { value = "web_shop" }                 # always this
//! carrier = { column = "ShipVia", table = "carriers", default = "-" }
//! category = { column = "Segment", map = { Consumer = "direct", Corporate = "project" } }
//! ```

mod parse;

use std::collections::BTreeMap;

use domain::{Currency, ImportRule, Language};
use serde_json::{Map, Value as Json, json};

use super::field::Noun;
use super::sheet::Problem;
use super::value::{Point, Share, Style};

/// How orders come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// As drafts.
    #[default]
    Draft,
    /// Submitted for review.
    Submitted,
    /// Effective, with what was shipped already; nothing is reserved and no stock is touched.
    History,
}

impl Arrival {
    /// The word in mappings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::History => "history",
        }
    }

    /// The way of this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Draft, Self::Submitted, Self::History].into_iter().find(|arrival| arrival.as_str() == word)
    }
}

/// A mapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// What people call it, by language.
    pub title: BTreeMap<String, String>,
    /// How orders come in.
    pub arrival: Arrival,
    /// Of amounts, where rows do not say; `None`: the company's.
    pub currency: Option<Currency>,
    /// Whether an apostrophe before `= + - @` is taken off: the product's own exports put it there.
    pub apostrophe: bool,
    /// Words behind numbers, by name.
    pub tables: BTreeMap<String, TableRule>,
    /// Where rows come from.
    pub sources: Vec<Source>,
}

/// Numbers that stand for words of another file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRule {
    /// Pattern of file names.
    pub file: String,
    /// Pattern of sheet names.
    pub sheet: String,
    /// Column of the numbers.
    pub key: String,
    /// Columns of the words, joined by spaces.
    pub value: Vec<String>,
}

/// Rows of a noun in sheets of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What the rows are.
    pub noun: Noun,
    /// Pattern of file names: `orders*.csv`.
    pub file: String,
    /// Pattern of sheet names.
    pub sheet: String,
    /// Whether it may be missing.
    pub optional: bool,
    /// Row of the column names, from 1; `None`: found by the names.
    pub header_row: Option<usize>,
    /// Of rows with the same code, the first is taken; else they must say the same.
    pub first_of_doubles: bool,
    /// Of orders and their lines: the column that joins them, one of these names.
    pub key: Vec<String>,
    /// How its values are written.
    pub style: Style,
    /// A sheet that has one of these columns is something else.
    pub unless: Vec<String>,
    /// What its fields are made of, by place of the field.
    pub fields: BTreeMap<usize, Rule>,
}

/// What a field is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// The first of these columns that is there.
    pub columns: Vec<String>,
    /// These columns one after the other.
    pub join: Vec<String>,
    /// Between them.
    pub separator: Option<String>,
    /// Always this.
    pub value: Option<String>,
    /// This where the cell is empty.
    pub default: Option<String>,
    /// Put before what is written.
    pub prefix: String,
    /// What is written, to what is meant; `*` is everything else.
    pub map: BTreeMap<String, String>,
    /// Name of the table that tells what is meant.
    pub table: Option<String>,
    /// References: by name instead of by code.
    pub by_name: bool,
    /// How this field is written, where it differs from the source.
    pub point: Option<Point>,
    /// Percent or fraction.
    pub share: Option<Share>,
    /// Form of dates.
    pub date: Option<String>,
}

impl Rule {
    /// Every column it names.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().chain(&self.join).map(String::as_str)
    }

    /// How it is written.
    pub fn style(&self, source: &Style) -> Style {
        Style {
            point: self.point.unwrap_or(source.point),
            share: self.share.unwrap_or(source.share),
            date: self.date.clone().unwrap_or_else(|| source.date.clone()),
        }
    }
}

impl Mapping {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// Everything that is wrong with it, each at its key, with the word that was probably meant.
    pub fn from_toml(content: &str) -> Result<Self, Vec<Problem>> {
        match toml::from_str::<Json>(content) {
            Ok(json) => Self::from_json(&json),
            Err(error) => {
                let line = error.span().map_or(0, |span| content[..span.start].matches('\n').count() + 1);
                let place = super::sheet::Place { row: u32::try_from(line).unwrap_or(0), ..Default::default() };
                Err(vec![Problem::new(place, ImportRule::NotToml { reason: error.message().to_owned() })])
            }
        }
    }

    /// Reads TOML, or JSON where it begins with a brace.
    ///
    /// # Errors
    /// As [`Mapping::from_toml`].
    pub fn from_text(content: &str) -> Result<Self, Vec<Problem>> {
        if !content.trim_start().starts_with('{') {
            return Self::from_toml(content);
        }
        match serde_json::from_str::<Json>(content) {
            Ok(json) => Self::from_json(&json),
            Err(error) => {
                let place = super::sheet::Place { row: u32::try_from(error.line()).unwrap_or(0), ..Default::default() };
                Err(vec![Problem::new(place, ImportRule::NotToml { reason: error.to_string() })])
            }
        }
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// Everything that is wrong with it, each at its key, with the word that was probably meant.
    pub fn from_json(json: &Json) -> Result<Self, Vec<Problem>> {
        parse::mapping(json)
    }

    /// The JSON form; the same for mappings that mean the same.
    pub fn to_json(&self) -> Json {
        let mut json = json!({"name": self.name, "title": self.title, "as": self.arrival.as_str(), "apostrophe": self.apostrophe});
        if let Some(currency) = self.currency {
            json["currency"] = json!(currency.as_str());
        }
        let table = |table: &TableRule| json!({"file": table.file, "sheet": table.sheet, "key": table.key, "value": table.value});
        json["table"] = self.tables.iter().map(|(name, rule)| (name.clone(), table(rule))).collect::<Map<_, _>>().into();
        json["source"] = self.sources.iter().map(Source::to_json).collect();
        json
    }

    /// What people of a language call it.
    pub fn title(&self, language: Language) -> &str {
        self.title.get(language.as_str()).map_or(self.name.as_str(), String::as_str)
    }

    /// Whether rows of this noun come from it.
    pub fn has(&self, noun: Noun) -> bool {
        self.sources.iter().any(|source| source.noun == noun)
    }
}

impl Source {
    fn to_json(&self) -> Json {
        let mut json = json!({
            "noun": self.noun.as_str(), "file": self.file, "sheet": self.sheet, "optional": self.optional, "key": self.key, "unless": self.unless,
            "duplicates": if self.first_of_doubles { "first" } else { "error" },
        });
        put_style(&mut json, Some(self.style.point), Some(self.style.share), Some(&self.style.date));
        if let Some(row) = self.header_row {
            json["header_row"] = json!(row);
        }
        let key = |place: &usize| self.noun.fields()[*place].key.to_owned();
        json["fields"] = self.fields.iter().map(|(place, rule)| (key(place), rule.to_json())).collect::<Map<_, _>>().into();
        json
    }
}

impl Rule {
    fn to_json(&self) -> Json {
        let mut json = json!({});
        let lists = [("column", &self.columns), ("join", &self.join)];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            json[key] = json!(list);
        }
        let texts = [("separator", &self.separator), ("value", &self.value), ("default", &self.default), ("table", &self.table)];
        for (key, text) in texts {
            if let Some(text) = text {
                json[key] = json!(text);
            }
        }
        if !self.prefix.is_empty() {
            json["prefix"] = json!(self.prefix);
        }
        if !self.map.is_empty() {
            json["map"] = json!(self.map);
        }
        if self.by_name {
            json["by"] = json!("name");
        }
        put_style(&mut json, self.point, self.share, self.date.as_ref());
        json
    }
}

fn put_style(json: &mut Json, point: Option<Point>, share: Option<Share>, date: Option<&String>) {
    if let Some(point) = point {
        json["decimal"] = json!(if point == Point::Comma { "," } else { "." });
    }
    if let Some(share) = share {
        json["rate"] = json!(if share == Share::Fraction { "fraction" } else { "percent" });
    }
    if let Some(date) = date {
        json["date"] = json!(date);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = r#"
        name = "shop"
        title = { en = "Shop" }
        as = "history"
        currency = "USD"
        [table.carriers]
        file = "shippers.csv"
        key = "ShipperID"
        value = "CompanyName"
        [[source]]
        noun = "orders"
        file = "orders*.csv"
        key = "OrderID"
        date = "mm/dd/yyyy"
        [source.fields]
        external_number = { column = "OrderID", prefix = "S-" }
        customer = ["CustomerID", "Customer"]
        delivery_address = { join = ["Street", "City"], separator = ", " }
        carrier = { column = "ShipVia", table = "carriers" }
        channel = { value = "web_shop" }
        [[source]]
        noun = "order_lines"
        key = "OrderID"
        rate = "fraction"
        [source.fields]
        product = "ProductID"
        quantity = "Quantity"
        discount_rate = "Discount"
    "#;

    #[test]
    fn a_mapping_goes_through_json_and_back() {
        let mapping = Mapping::from_toml(SHOP).unwrap();
        assert_eq!(mapping.arrival, Arrival::History);
        assert_eq!(mapping.sources[1].style.share, Share::Fraction);
        assert_eq!(Mapping::from_json(&mapping.to_json()), Ok(mapping));
    }

    #[test]
    fn mistakes_are_named_at_their_key_with_what_was_meant() {
        let check = |from: &str, to: &str, code: &str, key: &str, detail: Option<&str>| {
            let problems = Mapping::from_toml(&SHOP.replacen(from, to, 1)).unwrap_err();
            let problem = &problems[0];
            let meant = problem.details.iter().find(|(name, _)| *name == "meant").map(|(_, detail)| detail.shown(Language::En));
            assert_eq!((problem.code, problem.field.as_str(), meant.as_deref()), (code, key, detail), "{to}");
        };
        check("quantity =", "quantitiy =", "import.mapping_key_meant", "source[2].fields.quantitiy", Some("quantity"));
        check("as =", "ass =", "import.mapping_key_meant", "ass", Some("as"));
        check("noun = \"orders\"", "noun = \"order\"", "import.mapping_word_meant", "source[1].noun", Some("orders"));
        check("\"history\"", "\"hist\"", "import.mapping_word_meant", "as", Some("history"));
        check("\"carriers\" }", "\"carrier\" }", "import.mapping_word_meant", "source[1].fields.carrier.table", Some("carriers"));
        check("quantity = \"Quantity\"", "note = \"x\"", "import.mapping_key_lacking", "source[2].fields.quantity", None);
        check("key = \"OrderID\"\n        date", "date", "import.mapping_key_lacking", "source[1].key", None);
        check("\"mm/dd/yyyy\"", "\"american\"", "import.mapping_date_form", "source[1].date", None);
        check("\"USD\"", "\"dollar\"", "currency.unknown", "currency", None);
        check("product = \"ProductID\"", "product = 7", "import.mapping_not_a_text", "source[2].fields.product", None);
        let broken = Mapping::from_toml("name = \"a\"\ntitle = [").unwrap_err();
        assert_eq!((broken[0].code, broken[0].place.row), ("import.mapping_not_toml", 2));
    }
}
