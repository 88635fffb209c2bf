//! Closed sets of codes: the same short word in JSON, in the tables and here; its name in each language is in `texts/`.

use std::fmt;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

/// What every set of codes can do; generic code (the store, the catalogue of texts) speaks to this.
pub trait Code: Copy + Eq + Hash + fmt::Debug + Send + Sync + 'static {
    /// Prefix of the keys of its texts: `order.status`.
    const GROUP: &'static str;
    /// Every code, in the order people expect.
    const ALL: &'static [Self];
    /// The code.
    fn as_str(self) -> &'static str;
    /// The value with this code.
    fn parse(code: &str) -> Option<Self>;
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident in $group:literal { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {$(
            $(#[$variant_doc])*
            #[doc = concat!(" Code `", $code, "`.")]
            $variant,
        )+}

        impl $name {
            /// Prefix of the keys of its texts.
            pub const GROUP: &'static str = $group;
            /// Every value, in the order people expect.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code.
            pub const fn as_str(self) -> &'static str {
                match self {$(
                    Self::$variant => $code,
                )+}
            }

            /// The value with this code.
            pub fn parse(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl $crate::codes::Code for $name {
            const GROUP: &'static str = $group;
            const ALL: &'static [Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }

            fn parse(code: &str) -> Option<Self> {
                Self::parse(code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&code).ok_or_else(|| {
                    serde::de::Error::unknown_variant(&code, &[$($code),+])
                })
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Where an order came from (Names: 渠道).
    Channel in "channel" {
        Direct = "direct",
        SalesRep = "sales_rep",
        Agent = "agent",
        Portal = "portal",
        WebShop = "web_shop",
        Marketplace = "marketplace",
        Fax = "fax",
        Phone = "phone",
        Email = "email",
        Visit = "visit",
    }
}

codes! {
    /// Sales category (Names: 订单类型).
    SalesCategory in "category" {
        Direct = "direct",
        SubDistributor = "sub_distributor",
        Prefecture = "prefecture",
        Supermarket = "supermarket",
        Export = "export",
        Project = "project",
    }
}

codes! {
    /// How a customer pays (Names: 结算方式).
    Settlement in "settlement" {
        Cash = "cash",
        CashOnDelivery = "cash_on_delivery",
        PaymentFirst = "payment_first",
        DepositBalance = "deposit_balance",
        Monthly = "monthly",
        /// 压单: delivery *n* falls due when delivery *n + k* is handed over.
        HoldOneOrder = "hold_one_order",
        /// 滚单: the balance above a standing amount falls due at each new delivery.
        Rolling = "rolling",
        Remittance = "remittance",
        CarrierAdvance = "carrier_advance",
    }
}

codes! {
    /// Customer grade (Names: 客户等级).
    Grade in "grade" {
        A = "A",
        B = "B",
        C = "C",
    }
}

codes! {
    /// Standard or made to order (CAT-01).
    ProductKind in "product.kind" {
        Standard = "standard",
        MadeToOrder = "made_to_order",
    }
}

codes! {
    /// Class of value-added tax; the rate is kept beside it, since rates change by law.
    TaxCategory in "tax_category" {
        /// Goods, 13 % since 2019.
        Standard = "standard",
        /// Transport, building, farm produce, books: 9 %.
        Reduced = "reduced",
        /// Services: 6 %.
        Service = "service",
        /// Exports: 0 %.
        Zero = "zero",
        Exempt = "exempt",
    }
}

codes! {
    /// Whether tax is rounded for each line or once for each rate of a document (PRC-04).
    TaxRounding in "tax_rounding" {
        Line = "line",
        Document = "document",
    }
}

/// A sorted set of codes kept as a comma list: `finance,sales_manager`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Codes(String);

impl Codes {
    /// Reads a comma list in any order, with or without spaces; doubles count once.
    pub fn parse(list: &str) -> Self {
        list.split(',').collect()
    }

    /// The sorted comma list.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Each code, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').filter(|code| !code.is_empty())
    }

    /// Whether the code is among them.
    pub fn contains(&self, code: &str) -> bool {
        self.iter().any(|known| known == code)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// These and the others.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// Those that are in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.iter().filter(|code| other.contains(code)).collect()
    }
}

impl<'a> FromIterator<&'a str> for Codes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(codes: I) -> Self {
        let mut codes: Vec<&str> = codes.into_iter().map(str::trim).filter(|code| !code.is_empty()).collect();
        codes.sort_unstable();
        codes.dedup();
        Self(codes.join(","))
    }
}

impl FromIterator<String> for Codes {
    fn from_iter<I: IntoIterator<Item = String>>(codes: I) -> Self {
        let codes: Vec<String> = codes.into_iter().collect();
        codes.iter().map(String::as_str).collect()
    }
}

impl fmt::Display for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Codes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Codes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<String>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.as_str()), Some(*channel));
        }
        assert_eq!(Channel::parse("pigeon"), None);
        assert_eq!(serde_json::to_string(&Channel::WebShop).unwrap(), "\"web_shop\"");
        assert_eq!(serde_json::from_str::<Channel>("\"web_shop\"").unwrap(), Channel::WebShop);
    }

    #[test]
    fn a_set_is_sorted_and_without_doubles() {
        let codes = Codes::parse("sales_rep, finance,finance,");
        assert_eq!(codes.as_str(), "finance,sales_rep");
        assert!(codes.contains("finance") && !codes.contains("sales"));
        assert_eq!(codes.len(), 2);
        assert!(Codes::parse("").is_empty());
        assert_eq!(codes.intersection(&Codes::parse("finance,admin")).as_str(), "finance");
        assert_eq!(codes.union(&Codes::parse("admin")).as_str(), "admin,finance,sales_rep");
    }
}
