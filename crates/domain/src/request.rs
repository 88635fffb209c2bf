//! Why a request is refused before any noun sees it.

use crate::refusal::rejections;

rejections! {
    /// Why a request is refused.
    RequestRejection {
        /// The key was used for another request.
        KeyReused => Invalid "key-reused",
        /// The request with this key is still being worked on.
        Running => Conflict "running",
        /// A change must say which version it was made on.
        VersionMissing => Conflict "version-missing",
        UnknownSort { sort: String } => Invalid "request.unknown_sort",
        UnknownFilter { filter: String } => Invalid "request.unknown_filter",
        BadCursor => Invalid "request.bad_cursor",
        TooManyOrders { max: i64 } => Invalid "request.too_many_orders",
    }
}
