//! Mappings that come with the product, and guessing which one fits.

use std::sync::OnceLock;

use super::bind::fit;
use super::mapping::Mapping;
use super::sheet::Sheet;

const READY: [&str; 8] = [
    include_str!("mappings/shundan-customers.toml"),
    include_str!("mappings/shundan-products.toml"),
    include_str!("mappings/shundan-prices.toml"),
    include_str!("mappings/shundan-exchange_rates.toml"),
    include_str!("mappings/shundan-stock.toml"),
    include_str!("mappings/shundan-orders.toml"),
    include_str!("mappings/northwind.toml"),
    include_str!("mappings/superstore.toml"),
];

/// The mappings that come with the product.
pub fn ready() -> &'static [Mapping] {
    static ALL: OnceLock<Vec<Mapping>> = OnceLock::new();
    ALL.get_or_init(|| READY.iter().map(|file| Mapping::from_toml(file).expect("a test reads every mapping")).collect())
}

/// The file of a mapping that comes with the product, to begin one's own with.
pub fn ready_text(name: &str) -> Option<&'static str> {
    let place = ready().iter().position(|mapping| mapping.name == name)?;
    Some(READY[place])
}

/// The mapping that knows most of the columns of these sheets: one of the given ones, or several of the product's own together where the
/// sheets are of several kinds.
pub fn guess(known: &[Mapping], sheets: &[Sheet]) -> Option<Mapping> {
    let best = known.iter().filter_map(|mapping| Some((score(mapping, sheets)?, mapping))).max_by_key(|(score, _)| *score);
    let own: Vec<&Mapping> = known.iter().filter(|mapping| mapping.apostrophe && score(mapping, sheets).is_some()).collect();
    if own.len() < 2 {
        return best.map(|(_, mapping)| mapping.clone());
    }
    let together = together(&own, sheets);
    let sum = score(&together, sheets);
    if best.is_some_and(|(score, _)| Some(score) >= sum) { best.map(|(_, mapping)| mapping.clone()) } else { Some(together) }
}

/// How many columns are known; `None` where a source finds no sheet.
fn score(mapping: &Mapping, sheets: &[Sheet]) -> Option<usize> {
    let mut sum = 0;
    for source in &mapping.sources {
        let best = sheets.iter().filter_map(|sheet| fit(source, sheet)).max();
        match best {
            Some(score) => sum += score,
            None if source.optional => {}
            None => return None,
        }
    }
    (sum > 0).then_some(sum)
}

/// The product's own mappings that fit as one; each sheet is read by the one that knows most of its columns.
fn together(own: &[&Mapping], sheets: &[Sheet]) -> Mapping {
    let mut whole = Mapping { name: "shundan".to_owned(), apostrophe: true, ..Mapping::default() };
    for sheet in sheets {
        let one = std::slice::from_ref(sheet);
        let Some(mapping) = own.iter().max_by_key(|mapping| score(mapping, one)).filter(|mapping| score(mapping, one).is_some()) else {
            continue;
        };
        for source in &mapping.sources {
            let mut source = source.clone();
            source.file.clone_from(&sheet.file);
            source.sheet.clone_from(&sheet.name);
            whole.sources.push(source);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Cell, Format};
    use super::*;

    fn sheet(file: &str, header: &[&str]) -> Sheet {
        Sheet {
            file: file.into(),
            name: String::new(),
            format: Format::Csv,
            rows: vec![header.iter().map(|cell| Cell::text(cell)).collect()],
            origins: std::collections::HashMap::new(),
        }
    }

    #[test]
    fn headers_tell_the_mapping() {
        let check = |sheets: &[Sheet], expected: Option<&str>| {
            assert_eq!(guess(ready(), sheets).map(|mapping| mapping.name).as_deref(), expected);
        };
        let customers = || sheet("a.csv", &["客户编码", "客户名称", "联系人"]);
        let products = || sheet("b.csv", &["Product code", "Product", "Unit", "List price"]);
        check(&[customers()], Some("shundan-customers"));
        check(&[sheet("a.csv", &["客戶編碼", "客戶名稱", "客戶等級"])], Some("shundan-customers"));
        check(&[products()], Some("shundan-products"));
        check(&[sheet("x.csv", &["订单编号", "客户编码", "商品编码", "数量", "单价"])], Some("shundan-orders"));
        check(&[sheet("x.csv", &["商品编码", "单价", "生效日期"])], Some("shundan-prices"));
        check(&[customers(), products()], Some("shundan"));
        check(&[sheet("x.csv", &["Colour", "Size"])], None);
    }

    #[test]
    fn every_ready_mapping_is_read_and_has_titles() {
        for mapping in ready() {
            assert_eq!(mapping.title.len(), 3, "{}", mapping.name);
        }
    }
}
