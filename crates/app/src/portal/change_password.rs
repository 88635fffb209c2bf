//! Changing one's own password at the portal.

use domain::{Actor, EventKind, PortalSessionId, PortalUser, Refusal, UserRejection};
use store::rows::PortalSessions;
use store::{Outcome, UnitOfWork};

use crate::portal_user::{end_sessions, event};

/// Changes the actor's own password, hashed before, and ends every other session of theirs; a first password has been changed then.
///
/// # Errors
/// Refused (`user.wrong_password`) where the password has changed meanwhile from what `before` is the hash of.
pub fn change_password(work: &mut UnitOfWork, by: &Actor, before: &str, hash: &str, keep: PortalSessionId) -> Outcome<()> {
    let me = crate::cart::whose(by)?;
    work.want_of::<PortalSessions>([me]);
    let mut user = work.get::<PortalUser>(me)?;
    if user.password_hash != before {
        return Err(Refusal::field("/current", UserRejection::WrongPassword).into());
    }
    hash.clone_into(&mut user.password_hash);
    user.must_change = false;
    work.save(&mut user);
    end_sessions(work, me, Some(keep))?;
    work.record(by, event(EventKind::PasswordChanged, &user));
    Ok(())
}
