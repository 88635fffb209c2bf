//! What is wrong with a field beside other rows.

use domain::{FieldError, FieldRule};

/// There is nothing by this id or code.
pub(crate) fn unknown(pointer: impl Into<String>, reference: &str) -> FieldError {
    FieldError::new(pointer, FieldRule::Unknown { value: reference.trim().to_owned() })
}

/// Another one has this already.
pub(crate) fn taken(pointer: &str, value: &str) -> FieldError {
    FieldError::new(pointer, FieldRule::Taken { value: value.to_owned() })
}
