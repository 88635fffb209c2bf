//! How exact values stand in kept JSON: as the whole numbers of the tables.

use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::unit_price::UnitPrice;

/// A value that is kept as the whole number of the tables.
pub(crate) trait Raw: Sized {
    fn raw(&self) -> i64;
    fn of(raw: i64) -> Self;
}

macro_rules! raws {
    ($($type:ty: $raw:ident, $of:ident;)+) => {$(
        impl Raw for $type {
            fn raw(&self) -> i64 {
                <$type>::$raw(*self)
            }
            fn of(raw: i64) -> Self {
                <$type>::$of(raw)
            }
        }
    )+};
}

raws! {
    Quantity: micro, from_micro;
    UnitPrice: micro, from_micro;
    Rate: bp, from_bp;
    crate::money::Money: minor, from_minor;
}

pub(crate) mod raw {
    use super::Raw;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<V: Raw, S: Serializer>(value: &V, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(value.raw())
    }

    pub fn deserialize<'de, V: Raw, D: Deserializer<'de>>(from: D) -> Result<V, D::Error> {
        i64::deserialize(from).map(V::of)
    }
}

pub(crate) mod raw_option {
    use super::Raw;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<V: Raw, S: Serializer>(value: &Option<V>, to: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Raw::raw).serialize(to)
    }

    pub fn deserialize<'de, V: Raw, D: Deserializer<'de>>(from: D) -> Result<Option<V>, D::Error> {
        Ok(Option::<i64>::deserialize(from)?.map(V::of))
    }
}

/// A currency by its code.
pub(crate) mod code {
    use crate::currency::Currency;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(currency: &Currency, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(currency.as_str())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Currency, D::Error> {
        let code = String::deserialize(from)?;
        Currency::parse(&code).map_err(|error| de::Error::custom(error.code))
    }
}
