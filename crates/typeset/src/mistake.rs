//! What is wrong with a template, where, and in the reader's language as far as it is known.

use domain::{Detail, Language, text};
use typst::World;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;

use crate::sheet::is_error;
use crate::world::Paper;

/// Something wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line of the template, from 1; 0 where the place is not known.
    pub line: usize,
    /// Column in that line, in characters from 1; 0 where the place is not known.
    pub column: usize,
    /// Whether it stops the document.
    pub stops: bool,
    /// What the typesetter says, in English.
    pub message: String,
    /// What it proposes, in English.
    pub hints: Vec<String>,
}

/// Beginnings of messages that are met often, with the text that says the same in each language; what follows the beginning fills it.
const KNOWN: &[(&str, &str)] = &[
    ("unknown variable: ", "typeset.unknown_variable"),
    ("dictionary does not contain key ", "typeset.unknown_field"),
    ("unclosed delimiter", "typeset.unclosed_delimiter"),
    ("unexpected closing ", "typeset.unexpected_closing"),
    ("unclosed string", "typeset.unclosed_string"),
    ("unclosed label", "typeset.unclosed_label"),
    ("file not found (searched at ", "typeset.no_file"),
    ("unexpected argument: ", "typeset.unexpected_argument"),
    ("unexpected argument", "typeset.unexpected_argument"),
    ("missing argument: ", "typeset.missing_argument"),
    ("unknown font family: ", "typeset.unknown_font"),
    ("cannot join ", "typeset.cannot_join"),
    ("cannot add ", "typeset.cannot_add"),
    ("expected ", "typeset.expected"),
    ("unexpected ", "typeset.unexpected"),
    ("loop seems to be infinite", "typeset.endless"),
    ("maximum function call depth exceeded", "typeset.endless"),
    ("more than ", "typeset.too_long"),
];

impl Mistake {
    pub(crate) fn bare(message: String) -> Self {
        Mistake { line: 0, column: 0, stops: true, message, hints: Vec::new() }
    }

    /// Where the typesetter points at; what goes wrong in the shared layout is told at the place of the template that called it.
    pub(crate) fn of(paper: &Paper<'_>, one: &SourceDiagnostic) -> Self {
        let spans = std::iter::once(one.span).chain(one.trace.iter().map(|point| point.span.into()));
        let place = spans.into_iter().find(|span| span.id().is_some_and(|id| paper.is_main(id)));
        let at = place.and_then(|span| {
            let source = paper.source(span.id()?).ok()?;
            source.lines().byte_to_line_column(paper.range(span)?.start)
        });
        let (line, column) = at.map_or((0, 0), |(line, column)| (line + 1, column + 1));
        let hints = one.hints.iter().map(|hint| hint.v.to_string()).collect();
        Mistake { line, column, stops: is_error(one), message: one.message.to_string(), hints }
    }

    /// What is wrong, in a language; as the typesetter says it where the product has no words for it.
    pub fn said(&self, language: Language) -> String {
        let found = KNOWN.iter().find_map(|(beginning, code)| Some((self.message.strip_prefix(beginning)?, *code)));
        let Some((rest, code)) = found.filter(|_| language != Language::En) else { return self.message.clone() };
        text(language, code, &[("what", Detail::Text(rest.trim_end_matches(')').to_owned()))])
    }
}
