//! What can be wrong with any field, whatever noun it belongs to.

use crate::date::Date;
use crate::permission::Act;
use crate::phone::phone_mistake;
use crate::refusal::{FieldError, rejections};

rejections! {
    /// What is wrong with the value of a field.
    FieldRule {
        Required => Invalid "value.required",
        TooLong { max: i64 } => Invalid "value.too_long",
        NotPositive => Invalid "value.not_positive",
        Negative => Invalid "value.negative",
        /// A share lies between 0 % and 100 %.
        NotAShare => Invalid "value.not_a_share",
        OutOfRange { min: i64, max: i64 } => Invalid "value.out_of_range",
        /// There is nothing by this id, code or number.
        Unknown { value: String } => Invalid "value.unknown",
        /// Not one of the codes this field takes.
        UnknownChoice { value: String } => Invalid "value.unknown_choice",
        /// Another one has it already.
        Taken { value: String } => Invalid "value.taken",
        /// Given more than once.
        Repeated => Invalid "value.repeated",
        /// Not of the shape this field takes.
        Malformed => Invalid "value.malformed",
        NotAnEmail => Invalid "value.not_an_email",
        NotAPhone => Invalid "value.not_a_phone",
        /// It was shown masked and would overwrite the real one.
        Masked => Invalid "value.masked",
        /// A Chinese mobile has eleven digits and begins with 13 to 19.
        NotAMobile => Invalid "value.not_a_mobile",
        /// E.164: the country's code and at most fifteen digits in all.
        NotInternational => Invalid "value.not_international",
        /// Codes are letters, digits, dash, dot, slash and underscore.
        NotACode => Invalid "value.not_a_code",
        Inactive { value: String } => Invalid "value.inactive",
        /// Earlier than it can be.
        Before { date: Date } => Invalid "date.before",
        /// Later than it can be.
        After { date: Date } => Invalid "date.after",
        WrongCurrency { currency: String } => Invalid "value.wrong_currency",
        WrongUnit { unit: String } => Invalid "value.wrong_unit",
        TooMany { max: i64 } => Invalid "value.too_many",
        /// Who asks may not set or change this.
        NotPermitted { permission: Act } => Invalid "value.not_permitted",
    }
}

/// Collects what is wrong with the fields of something.
#[derive(Debug, Default)]
pub(crate) struct FieldCheck {
    pub errors: Vec<FieldError>,
}

impl FieldCheck {
    /// Notes the rule as broken unless it holds.
    pub fn that(&mut self, holds: bool, pointer: &str, rule: FieldRule) {
        if !holds {
            self.errors.push(FieldError::new(pointer, rule));
        }
    }

    /// Notes a rule that is made only where it is broken.
    pub fn that_or(&mut self, holds: bool, pointer: &str, rule: impl FnOnce() -> FieldRule) {
        if !holds {
            self.errors.push(FieldError::new(pointer, rule()));
        }
    }

    /// A text that must be there, of at most `max` characters.
    pub fn required(&mut self, text: &str, max: i64, pointer: &str) {
        self.that(!text.trim().is_empty(), pointer, FieldRule::Required);
        self.optional(text, max, pointer);
    }

    /// A text of at most `max` characters.
    pub fn optional(&mut self, text: &str, max: i64, pointer: &str) {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        self.that(length <= max, pointer, FieldRule::TooLong { max });
    }

    /// A code people type: short, and of letters, digits and a few signs.
    pub fn code(&mut self, code: &str, pointer: &str) {
        self.required(code, 40, pointer);
        let fine = |letter: char| letter.is_alphanumeric() || "-._/#".contains(letter);
        self.that(code.chars().all(fine), pointer, FieldRule::NotACode);
    }

    /// A phone number, if there is one.
    pub fn phone(&mut self, phone: &str, pointer: &str) {
        self.optional(phone, 40, pointer);
        self.errors.extend(phone_mistake(phone).map(|rule| FieldError::new(pointer, rule)));
    }

    /// An e-mail address, if there is one.
    pub fn email(&mut self, email: &str, pointer: &str) {
        self.optional(email, 200, pointer);
        let parts = email.split_once('@');
        let good =
            parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'));
        let blank = email.chars().any(char::is_whitespace);
        self.that(email.is_empty() || (good && !blank), pointer, FieldRule::NotAnEmail);
    }
}
