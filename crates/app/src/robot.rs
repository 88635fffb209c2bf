//! Robots of group chats that are told of events in words (TSK-05).

pub mod create;
pub mod delete;
pub mod edit;

use domain::notify::RobotProvider;
use domain::{Codes, Language};

/// What is said of a robot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotInput {
    /// What people call it.
    pub name: String,
    /// Whose it is.
    pub provider: RobotProvider,
    /// Where it is; none: where it was.
    pub url: Option<String>,
    /// Its secret; none: as it was.
    pub secret: Option<String>,
    /// Of which events it is told; none: of those the rules of notification name.
    pub kinds: Codes,
    /// Language of the group.
    pub language: Language,
    /// Whether it is told.
    pub active: bool,
}
