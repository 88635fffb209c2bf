//! Through which server e-mail goes out (TSK-05).

pub mod edit;
