//! Templates of documents: the company's own, by kind and language, with every version kept.

use crate::document::{DocumentKind, DocumentRejection, TEMPLATE_MAX};
use crate::id::{DocumentTemplateVersionId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::refusal::FieldError;

/// The template of a company for documents of a kind in a language; without one, that which comes with the product is used.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentTemplate {
    /// Key: [`template_code`].
    pub code: String,
    /// Raised by every change; also the number of the version in force.
    pub version: Version,
    /// Typst; empty: that which comes with the product is used again.
    pub body: String,
    /// Who changed it last.
    pub changed_by: UserId,
    /// When.
    pub changed_at: Instant,
}

/// A version of a template as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentTemplateVersion {
    /// Key.
    pub id: DocumentTemplateVersionId,
    /// Of which template.
    pub code: String,
    /// From 1.
    pub no: i64,
    /// Typst; empty: that which comes with the product.
    pub body: String,
    /// What was changed.
    pub note: String,
    /// Who saved it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
}

/// The key of a template: `order_confirmation.zh-CN`.
pub fn template_code(kind: DocumentKind, language: Language) -> String {
    format!("{kind}.{language}")
}

/// What is wrong with the text of a template before it is tried.
pub fn check_template(body: &str) -> Vec<FieldError> {
    if body.trim().is_empty() {
        return vec![FieldError::new("/body", DocumentRejection::TemplateEmpty)];
    }
    if body.len() > TEMPLATE_MAX {
        let max_kib = i64::try_from(TEMPLATE_MAX / 1024).unwrap_or(i64::MAX);
        return vec![FieldError::new("/body", DocumentRejection::TemplateTooLong { max_kib })];
    }
    Vec::new()
}
