//! Sales orders: one file a verb.

pub mod confirmation;
pub(crate) mod draft;
pub mod gate;
mod input;
pub(crate) mod load;
pub(crate) mod settle;
mod state;

pub mod answer;
pub mod approve;
pub mod approve_batch;
pub mod ask;
pub mod backfill;
pub mod cancel;
pub mod check;
pub mod close;
pub mod close_short;
pub mod copy;
pub mod create;
pub mod edit;
pub mod follow_up;
pub mod gate_override;
pub mod hold;
pub mod invoice;
pub mod prioritize;
pub mod propose_terms;
pub mod record_payment;
pub mod record_refund;
pub mod record_signed_copy;
pub mod reject;
pub mod reserve;
pub mod return_to_draft;
pub mod review;
pub mod send_confirmation;
pub mod ship;
pub mod sign;
pub mod submit;
pub mod unit;
pub mod void;

pub use draft::full_address;
pub(crate) use input::money;
pub use input::{ChargeInput, LineInput, OrderInput};
pub use state::{Made, OrderState};
