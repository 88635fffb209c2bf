//! Keeping the signed contract with it.

use domain::{Act, Actor, Attachment, AttachmentId, ContractId, EvidenceRejection, FieldRule, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{ContractState, keep, load, moment};

/// Keeps a file that was uploaded before as the signed contract, by its hash.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Ended`; `invalid` for a file that is unknown or belongs to something else.
///
/// Source: QUO-02
pub fn attach(work: &mut UnitOfWork, by: &Actor, id: ContractId, version: Option<Version>, file: AttachmentId) -> Outcome<ContractState> {
    by.may(Act::CreateContract)?;
    work.want::<Attachment>([file]);
    let mut contract = load(work, id, version)?;
    let at = moment(work)?;
    let Some(mut file) = work.find::<Attachment>(file)? else {
        return Err(Refusal::field("/attachment_id", FieldRule::Unknown { value: file.to_string() }).into());
    };
    let own = file.subject_kind == "contract" && file.subject_id == id.raw();
    if !own && !file.subject_kind.is_empty() {
        return Err(Refusal::field("/attachment_id", EvidenceRejection::FileElsewhere).into());
    }

    let event = contract.attach(&file, by, at)?;

    if !own {
        "contract".clone_into(&mut file.subject_kind);
        file.subject_id = id.raw();
        work.save(&mut file);
    }
    Ok(keep(work, by, contract, event))
}
