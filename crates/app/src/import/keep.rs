//! Mappings that a company keeps.

use domain::{Act, Actor, CompanyId, Refusal, Version};
use store::rows::Mapping as MappingRow;
use store::{Failure, Fault, Reader};

use super::mapping::Mapping;
use super::ready::ready;
use super::sheet::Problem;
use crate::App;

/// A mapping by its name: kept ones first.
///
/// # Errors
/// Any fault of the database.
pub async fn named(app: &App, company: CompanyId, name: &str) -> Result<Option<Mapping>, Failure> {
    let wanted = name.to_owned();
    let found = app.store.read(move |reader| Ok(kept(reader, company)?.into_iter().find(|mapping| mapping.name == wanted)));
    Ok(found.await?.or_else(|| ready().iter().find(|mapping| mapping.name == name).cloned()))
}

/// Keeps a mapping under its name.
///
/// # Errors
/// `denied`.
pub async fn keep_mapping(app: &App, by: &Actor, mapping: Mapping) -> Result<(), Failure> {
    by.may(Act::RunImport).map_err(Failure::Refused)?;
    let content = mapping.to_json().to_string();
    let (name, title) = (mapping.name.clone(), mapping.title(by.language).to_owned());
    let kept = app.store.write(by.company_id, move |work| {
        match work.find::<MappingRow>(name.clone())? {
            Some(mut held) => {
                content.clone_into(&mut held.content);
                title.clone_into(&mut held.title);
                work.save(&mut held);
            }
            None => {
                work.add(MappingRow { name: name.clone(), version: Version::FIRST, title: title.clone(), content: content.clone() });
            }
        }
        Ok(())
    });
    kept.await
}

/// Forgets a kept mapping.
///
/// # Errors
/// `denied`, `not-found`.
pub async fn forget_mapping(app: &App, by: &Actor, name: &str) -> Result<(), Failure> {
    by.may(Act::RunImport).map_err(Failure::Refused)?;
    let name = name.to_owned();
    let forgotten = app.store.write(by.company_id, move |work| {
        let held = work.get::<MappingRow>(name.clone())?;
        work.remove(&held);
        Ok(())
    });
    forgotten.await
}

/// What is wrong with a mapping that was sent, each at its key.
pub fn refusal_of(problems: &[Problem]) -> Refusal {
    let field = |problem: &Problem| {
        let pointer = format!("/mapping/{}", problem.field.replace('.', "/"));
        domain::FieldError::new(pointer, domain::Reason { code: problem.code, details: problem.details.clone() })
    };
    Refusal::invalid(problems.iter().map(field).collect())
}

/// The mappings a company keeps; one that cannot be read any more is left out.
///
/// # Errors
/// Any fault of the database.
pub fn kept(reader: &Reader<'_>, company: domain::CompanyId) -> Result<Vec<Mapping>, Fault> {
    let kept = store::query::import::mappings(reader, company)?;
    Ok(kept.iter().filter_map(|kept| Mapping::from_text(&kept.content).ok()).collect())
}
