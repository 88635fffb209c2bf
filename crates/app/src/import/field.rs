//! What can be imported: the fields of each noun, by the keys that mappings use.

use domain::{Channel, Code, Grade, Language, ProductKind, SalesCategory, Settlement, TaxCategory, Tracking};

/// A noun that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// Customers with their first contact and address.
    Customers,
    /// Products with their list price.
    Products,
    /// Entries of the price book.
    Prices,
    /// What foreign currencies are worth.
    ExchangeRates,
    /// What lies in the warehouses.
    Stock,
    /// Heads of orders.
    Orders,
    /// Lines of orders.
    OrderLines,
}

impl Noun {
    /// Every noun, in the order they are imported.
    pub const ALL: [Self; 7] =
        [Self::Customers, Self::Products, Self::Prices, Self::ExchangeRates, Self::Stock, Self::Orders, Self::OrderLines];

    /// The word in mappings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Prices => "prices",
            Self::ExchangeRates => "exchange_rates",
            Self::Stock => "stock",
            Self::Orders => "orders",
            Self::OrderLines => "order_lines",
        }
    }

    /// Its fields.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Customers => customer::FIELDS,
            Self::Products => product::FIELDS,
            Self::Prices => price::FIELDS,
            Self::ExchangeRates => exchange_rate::FIELDS,
            Self::Stock => stock::FIELDS,
            Self::Orders => order::FIELDS,
            Self::OrderLines => order_line::FIELDS,
        }
    }
}

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// Any text.
    Text,
    /// An amount in the currency of its noun.
    Money,
    /// An amount with more decimals than the currency has, to be rounded.
    Amount,
    /// A price of up to six decimals.
    UnitPrice,
    /// An exchange rate of up to nine decimals.
    Conversion,
    /// A quantity of up to six decimals.
    Quantity,
    /// A share: 13, 13 %, or 0.13 where the mapping says it is a fraction.
    Rate,
    /// A date.
    Date,
    /// A whole number.
    Int,
    /// Yes or no.
    Bool,
    /// One of a set of codes, or its name in any language: the group of its texts and its codes.
    Choice(&'static str, fn() -> Vec<&'static str>),
    /// A customer by code or name.
    Customer,
    /// A product by code or name.
    Product,
    /// A warehouse by code.
    Warehouse,
    /// A user by username.
    User,
}

impl Takes {
    /// The word in lists of fields.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Money | Self::Amount => "money",
            Self::UnitPrice => "unit_price",
            Self::Conversion => "exchange_rate",
            Self::Quantity => "quantity",
            Self::Rate => "rate",
            Self::Date => "date",
            Self::Int => "int",
            Self::Bool => "bool",
            Self::Choice(..) => "choice",
            Self::Customer => "customer",
            Self::Product => "product",
            Self::Warehouse => "warehouse",
            Self::User => "user",
        }
    }
}

/// A field of a noun.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key in mappings.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether a row is nothing without it.
    pub required: bool,
}

fn codes<C: Code>() -> Vec<&'static str> {
    C::ALL.iter().map(|code| code.as_str()).collect()
}

macro_rules! fields {
    ($($(#[$doc:meta])* $noun:ident { $($name:ident = $key:literal: $takes:expr $(, $required:ident)?;)+ })+) => {$(
        $(#[$doc])*
        pub mod $noun {
            use super::*;

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum At { $($name),+ }
            $(
                #[doc = concat!("Place of the field `", $key, "`.")]
                pub const $name: usize = At::$name as usize;
            )+
            /// Every field, at its place.
            pub const FIELDS: &[Field] = &[$(Field { key: $key, takes: $takes, required: fields!(@ $($required)?) }),+];
        }
    )+};
    (@ required) => { true };
    (@) => { false };
}

use Takes::{Amount, Bool, Choice, Conversion, Customer, Date, Int, Money, Product, Quantity, Rate, Text, UnitPrice, User, Warehouse};

fields! {
    /// Fields of customers.
    customer {
        CODE = "code": Text, required;
        NAME = "name": Text, required;
        SHORT_NAME = "short_name": Text;
        CREDIT_CODE = "credit_code": Text;
        GRADE = "grade": Choice(Grade::GROUP, codes::<Grade>);
        CHANNEL = "channel": Choice(Channel::GROUP, codes::<Channel>);
        CATEGORY = "category": Choice(SalesCategory::GROUP, codes::<SalesCategory>);
        SETTLEMENT = "settlement": Choice(Settlement::GROUP, codes::<Settlement>);
        TERMS_DAYS = "terms_days": Int;
        DEPOSIT_RATE = "deposit_rate": Rate;
        CREDIT_LIMIT = "credit_limit": Money;
        CURRENCY = "currency": Text;
        LANGUAGE = "language": Choice(Language::GROUP, codes::<Language>);
        TAX_INCLUSIVE = "tax_inclusive": Bool;
        OWNER = "owner": User;
        BANK = "bank": Text;
        BANK_ACCOUNT = "bank_account": Text;
        INVOICE_TITLE = "invoice_title": Text;
        INVOICE_ADDRESS = "invoice_address": Text;
        NOTES = "notes": Text;
        ACTIVE = "active": Bool;
        CONTACT_NAME = "contact_name": Text;
        CONTACT_JOB = "contact_job": Text;
        CONTACT_PHONE = "contact_phone": Text;
        CONTACT_EMAIL = "contact_email": Text;
        ADDRESS_LABEL = "address_label": Text;
        RECEIVER = "receiver": Text;
        ADDRESS_PHONE = "address_phone": Text;
        COUNTRY = "country": Text;
        PROVINCE = "province": Text;
        CITY = "city": Text;
        DISTRICT = "district": Text;
        STREET = "street": Text;
        POSTAL_CODE = "postal_code": Text;
    }
    /// Fields of products.
    product {
        CODE = "code": Text, required;
        NAME = "name": Text, required;
        SPEC = "spec": Text;
        UNIT = "unit": Text, required;
        KIND = "kind": Choice(ProductKind::GROUP, codes::<ProductKind>);
        CATEGORY = "category": Text;
        BARCODE = "barcode": Text;
        TAX_CATEGORY = "tax_category": Choice(TaxCategory::GROUP, codes::<TaxCategory>);
        TAX_RATE = "tax_rate": Rate;
        LIST_PRICE = "list_price": UnitPrice;
        STANDARD_COST = "standard_cost": UnitPrice;
        FLOOR_PRICE = "floor_price": UnitPrice;
        LEAD_DAYS = "lead_days": Int;
        OVER_TOLERANCE = "over_tolerance": Rate;
        UNDER_TOLERANCE = "under_tolerance": Rate;
        WEIGHT_G = "weight_g": Int;
        UNITS = "units": Text;
        TRACKING = "tracking": Choice(Tracking::GROUP, codes::<Tracking>);
        LENGTH_MM = "length_mm": Int;
        WIDTH_MM = "width_mm": Int;
        HEIGHT_MM = "height_mm": Int;
        SHELF_DAYS = "shelf_days": Int;
        HAZARDOUS = "hazardous": Bool;
        PACK_QUANTITY = "pack_quantity": Quantity;
        PACKING_RULES = "packing_rules": Text;
        QUALITY_STANDARD = "quality_standard": Text;
        NOTES = "notes": Text;
        ACTIVE = "active": Bool;
    }
    /// Fields of the price book.
    price {
        PRODUCT = "product": Product, required;
        CUSTOMER = "customer": Customer;
        GRADE = "grade": Choice(Grade::GROUP, codes::<Grade>);
        CATEGORY = "category": Choice(SalesCategory::GROUP, codes::<SalesCategory>);
        CHANNEL = "channel": Choice(Channel::GROUP, codes::<Channel>);
        CURRENCY = "currency": Text;
        MIN_QUANTITY = "min_quantity": Quantity;
        UNIT_PRICE = "unit_price": UnitPrice, required;
        VALID_FROM = "valid_from": Date;
        VALID_TO = "valid_to": Date;
    }
    /// Fields of exchange rates.
    exchange_rate {
        CURRENCY = "currency": Text, required;
        RATE = "rate": Conversion, required;
        VALID_FROM = "valid_from": Date;
    }
    /// Fields of stock.
    stock {
        PRODUCT = "product": Product, required;
        WAREHOUSE = "warehouse": Warehouse;
        ON_HAND = "on_hand": Quantity, required;
    }
    /// Fields of orders.
    order {
        ID = "id": Text;
        NUMBER = "number": Text;
        EXTERNAL_NUMBER = "external_number": Text;
        CUSTOMER_PO = "customer_po": Text;
        CUSTOMER = "customer": Customer, required;
        CONTACT_NAME = "contact_name": Text;
        CONTACT_PHONE = "contact_phone": Text;
        RECEIVER = "receiver": Text;
        DELIVERY_ADDRESS = "delivery_address": Text;
        ORDERED_ON = "ordered_on": Date;
        REQUIRED_ON = "required_on": Date;
        PROMISED_ON = "promised_on": Date;
        PLANNED_SHIP_ON = "planned_ship_on": Date;
        EXPECTED_ON = "expected_on": Date;
        CHANNEL = "channel": Choice(Channel::GROUP, codes::<Channel>);
        CATEGORY = "category": Choice(SalesCategory::GROUP, codes::<SalesCategory>);
        SETTLEMENT = "settlement": Choice(Settlement::GROUP, codes::<Settlement>);
        DEPOSIT_RATE = "deposit_rate": Rate;
        CURRENCY = "currency": Text;
        TAX_INCLUSIVE = "tax_inclusive": Bool;
        REP = "rep": User;
        WAREHOUSE = "warehouse": Warehouse;
        PACKING = "packing": Text;
        TRANSPORT = "transport": Text;
        FREIGHT = "freight": Money;
        DISCOUNT = "discount": Money;
        NOTES = "notes": Text;
        SPECIAL_REQUIREMENTS = "special_requirements": Text;
        SHIPPED_ON = "shipped_on": Date;
        CARRIER = "carrier": Text;
        TRACKING = "tracking": Text;
    }
    /// Fields of order lines.
    order_line {
        PRODUCT = "product": Product, required;
        NAME = "name": Text;
        QUANTITY = "quantity": Quantity, required;
        UNIT = "unit": Text;
        CHOICES = "choices": Text;
        UNIT_PRICE = "unit_price": UnitPrice;
        AMOUNT = "amount": Amount;
        PRICE_REASON = "price_reason": Text;
        DISCOUNT_RATE = "discount_rate": Rate;
        TAX_RATE = "tax_rate": Rate;
        REQUIRED_ON = "required_on": Date;
        NOTE = "note": Text;
    }
}

/// The nearest of these words, if any is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |known: &'a str| {
        let (word, other) = (word.to_lowercase(), known.to_lowercase());
        let begun = word.len() > 2 && (other.starts_with(&word) || word.starts_with(&other));
        let far = distance(&word, &other);
        (if begun { far.min(1) } else { far }, known)
    };
    let best = known.into_iter().map(near).min_by_key(|(distance, _)| *distance)?;
    (best.0 <= 1 + word.chars().count() / 3).then_some(best.1)
}

/// How many letters must be put in, left out or replaced.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_noun_are_unique_and_at_their_places() {
        for noun in Noun::ALL {
            let mut keys: Vec<&str> = noun.fields().iter().map(|field| field.key).collect();
            keys.sort_unstable();
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{noun:?}");
        }
        assert_eq!(order::FIELDS[order::TRACKING].key, "tracking");
        assert_eq!(customer::FIELDS[customer::STREET].key, "street");
    }

    #[test]
    fn the_nearest_word_is_what_was_meant() {
        let keys = || Noun::OrderLines.fields().iter().map(|field| field.key);
        let check = |word: &str, expected: Option<&str>| assert_eq!(nearest(word, keys()), expected, "{word}");
        check("quantitiy", Some("quantity"));
        check("Unit_Price", Some("unit_price"));
        check("discount", Some("discount_rate"));
        check("colour_of_the_box", None);
    }
}
