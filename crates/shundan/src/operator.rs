//! The person at the machine: whoever can read the data directory may set up companies and users, and is named in the audit trail.

use domain::{Actor, CompanyId, Language};

use crate::outside;

/// The operator, acting in a company by the command line; named with the account on the machine.
pub fn actor(company_id: CompanyId, language: Language) -> Actor {
    let founder = app::company::create::founder(company_id);
    Actor { name: format!("{} {}", founder.name, outside::operator()), language, ..founder }
}
