//! A changed supplier.

use std::collections::BTreeMap;

use domain::{Act, Actor, EventKind, Product, ProductId, Supplier, SupplierId, SupplierProduct, Version};
use store::rows::SupplierProducts;
use store::{Outcome, UnitOfWork};

use super::SupplierInput;
use crate::saved::{Saved, on_version};

/// Makes a supplier, and what it supplies, what `input` says. Nothing happens where nothing differs. Purchase orders that are written keep their prices.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: PUR-01, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: SupplierId, expected: Option<Version>, input: &SupplierInput) -> Outcome<Saved> {
    by.may(Act::EditSupplier)?;
    work.want_of::<SupplierProducts>([id]);
    let mut supplier = work.get::<Supplier>(id)?;
    on_version(expected, supplier.version, "supplier")?;
    let before = (*supplier).clone();
    let known = work.of::<SupplierProducts>(id)?;
    work.want::<Product>(known.iter().map(|one| one.product_id));
    let read = input.read(work, id, before.version, before.created_at)?;
    let mut codes: BTreeMap<ProductId, String> = read.files.iter().map(|file| (file.id, file.code.clone())).collect();
    for one in &known {
        if let std::collections::btree_map::Entry::Vacant(place) = codes.entry(one.product_id) {
            place.insert(work.get::<Product>(one.product_id)?.code.clone());
        }
    }

    let old: Vec<SupplierProduct> = known.iter().map(|one| (**one).clone()).collect();
    let code_of = |product: ProductId| codes.get(&product).cloned().unwrap_or_default();
    let mut changes = read.supplier.changes_from(&before);
    changes.extend(read.supplier.product_changes(&old, &read.products, code_of));
    if changes.is_empty() && old.len() == read.products.len() {
        return Ok(Saved::new(id, before.version, &before.code));
    }
    *supplier = read.supplier;
    for gone in known.iter().filter(|one| read.products.iter().all(|other| other.product_id != one.product_id)) {
        work.remove(gone);
    }
    for product in read.products {
        match known.iter().find(|one| one.product_id == product.product_id) {
            Some(same) if **same == product => {}
            Some(same) => {
                let mut same = same.clone();
                *same = product;
                work.save(&mut same);
            }
            None => {
                work.add(product);
            }
        }
    }
    work.save(&mut supplier);
    work.record(by, supplier.event(EventKind::SupplierEdited).changing(changes));
    Ok(Saved::new(id, supplier.version, &supplier.code))
}
