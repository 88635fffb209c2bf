//! Currencies by ISO 4217 code.

use std::fmt;

use crate::decimal::ParseError;

/// A currency: three ASCII capitals of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi.
    pub const CNY: Self = Self(*b"CNY");

    /// Reads a code like `CNY`.
    ///
    /// # Errors
    /// `currency.unknown` unless it is three ASCII capitals.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_uppercase) => Ok(Self(bytes)),
            _ => Err(ParseError::new("currency.unknown")),
        }
    }

    /// The code, for example `CNY`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is ASCII capitals")
    }

    /// Decimals of the minor unit: 2 for most, 0 for JPY or KRW, 3 for KWD or BHD (ISO 4217).
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"PYG" | b"UGX" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"KWD" | b"BHD" | b"OMR" | b"JOD" | b"TND" | b"IQD" | b"LYD" => 3,
            _ => 2,
        }
    }

    /// What is printed before an amount: `¥`, `NT$`, or the code and a space where no sign is unmistakable.
    pub fn sign(&self) -> String {
        let sign = match &self.0 {
            b"CNY" => "¥",
            b"TWD" => "NT$",
            b"HKD" => "HK$",
            b"USD" => "US$",
            b"EUR" => "€",
            b"GBP" => "£",
            b"JPY" => "JP¥",
            b"KRW" => "₩",
            _ => return format!("{} ", self.as_str()),
        };
        sign.to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
