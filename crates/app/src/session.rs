//! Sessions of browsers: from sign-in to sign-out, 12 hours without a sign of life, or 14 days (SEC-01).

pub mod change_password;
pub mod prefer;
pub mod revoke;
pub mod sign_in;
pub mod sign_out;

use domain::{Actor, Codes, CompanyId, Instant, Language, Session, SessionId, UserId};
use store::{Outcome, UnitOfWork};

/// A session ends so long after its last sign of life.
pub const IDLE_SECONDS: i64 = 12 * 3600;

/// A session ends so long after sign-in, whatever happens.
pub const LONGEST_SECONDS: i64 = 14 * 86_400;

/// A sign of life is written no more often.
pub(crate) const TOUCH_SECONDS: i64 = 60;

/// When a session begun at `created_at` and last seen `now` ends.
pub fn ends(created_at: Instant, now: Instant) -> Instant {
    now.plus_seconds(IDLE_SECONDS).min(created_at.plus_seconds(LONGEST_SECONDS))
}

/// Whether a sign of life is worth writing.
pub fn is_due(session: &Session, now: Instant) -> bool {
    session.seen_at.seconds_until(now) >= TOUCH_SECONDS
}

/// Writes a sign of life.
///
/// # Errors
/// Refused where there is no such session.
pub fn touch(work: &mut UnitOfWork, id: SessionId) -> Outcome<()> {
    let mut session = work.get::<Session>(id)?;
    let now = work.now();
    if is_due(&session, now) && !session.revoked {
        session.seen_at = now;
        session.expires_at = ends(session.created_at, now);
        work.save(&mut session);
    }
    Ok(())
}

/// An actor nobody is, for events that a stranger causes and for tests.
pub fn actor_of_nobody() -> Actor {
    Actor {
        user_id: UserId::NONE,
        name: String::new(),
        roles: Codes::default(),
        permissions: Codes::default(),
        language: Language::ZhCn,
        channel: String::new(),
        address: String::new(),
        company_id: CompanyId::NONE,
        customer_id: None,
    }
}
