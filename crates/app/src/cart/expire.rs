//! The end of holding: what carts held long enough is free for others again.

use domain::{Act, Actor, CartLine, PortalUserId, ProductId};
use store::{Outcome, UnitOfWork};

/// Gives free what those of these lines hold whose time is up; what was held anew or given free meanwhile is left alone. The lines stay in
/// their carts.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn expire(work: &mut UnitOfWork, by: &Actor, keys: &[(PortalUserId, ProductId)]) -> Outcome<()> {
    by.may(Act::EditPortalUser)?;
    let now = work.now();
    work.want::<CartLine>(keys.iter().copied());
    let mut due = Vec::new();
    for key in keys {
        due.extend(work.find::<CartLine>(*key)?.filter(|line| line.is_due(now)));
    }
    super::let_go(work, by, &mut due)?;
    work.save_changed(&mut due);
    Ok(())
}
