//! Why an import of a workbook refuses (INT-04); what is wrong with a cell is a rule of its field.

use crate::refusal::{Detail, rejections};

rejections! {
    /// Why an import refuses, or a cell of it.
    ImportRejection {
        /// Neither a workbook nor a table of values.
        Unreadable { file: String } => Invalid "import.unreadable",
        UnknownMapping { mapping: String } => Invalid "import.unknown_mapping",
        MalformedMapping { problem: String } => Invalid "import.malformed_mapping",
        SheetMissing { sheet: String } => Invalid "import.sheet_missing",
        ColumnMissing { column: String } => Invalid "import.column_missing",
        Empty => Invalid "import.empty",
        TooManyRows { max: i64 } => Invalid "import.too_many_rows",
        HasErrors { count: i64 } => Conflict "import.has_errors",
        NotInPreview => Conflict "import.not_in_preview",
        Running => Conflict "import.running",
        /// Two rows of the file claim the same thing to be different.
        RowsDisagree { column: String } => Invalid "import.rows_disagree",
        UnknownReference { value: String } => Invalid "import.unknown_reference",
        /// No unit price of six decimals gives this amount.
        NoUnitPrice { amount: String } => Invalid "import.no_unit_price",
        /// There already, and orders do not change by import.
        OrderDiffers { number: String } => Invalid "import.order_differs",
    }
}

rejections! {
    /// What is wrong with a file, a mapping, or a cell that no rule of a field speaks of.
    ImportRule {
        FileTooLarge { limit: String } => Invalid "import.file_too_large",
        /// A workbook of the format before 2007, or one that is encrypted.
        OldWorkbook => Invalid "import.old_workbook",
        Locked => Invalid "import.workbook_locked",
        UnpacksTooLarge { limit: String } => Invalid "import.unpacks_too_large",
        SheetUnreadable => Invalid "import.sheet_unreadable",
        TooManyColumns { max: usize } => Invalid "import.too_many_columns",
        TooManyCells { max: usize } => Invalid "import.too_many_cells",
        CellTooLong { max: usize } => Invalid "import.cell_too_long",
        NotToml { reason: String } => Invalid "import.mapping_not_toml",
        KeyUnknown { key: String, known: String } => Invalid "import.mapping_key_unknown",
        KeyMeant { key: String, meant: String } => Invalid "import.mapping_key_meant",
        WordUnknown { key: String, value: String, known: String } => Invalid "import.mapping_word_unknown",
        WordMeant { key: String, value: String, meant: String } => Invalid "import.mapping_word_meant",
        NotATable { key: String } => Invalid "import.mapping_not_a_table",
        NotAText { key: String } => Invalid "import.mapping_not_a_text",
        KeyLacking { key: String } => Invalid "import.mapping_key_lacking",
        DateForm { key: String, value: String } => Invalid "import.mapping_date_form",
        /// No mapping knows these columns.
        NothingFits => Invalid "import.nothing_fits",
        SourceMissing { noun: Detail, file: String } => Invalid "import.source_missing",
        TableMissing { table: String, file: String } => Invalid "import.table_missing",
        ColumnMeant { column: String, meant: String } => Invalid "import.column_meant",
        RowTooLong { columns: usize } => Invalid "import.row_too_long",
        RowKeyMissing { column: String } => Invalid "import.row_key_missing",
        Duplicate { value: String, row: usize } => Invalid "import.duplicate",
        /// A line whose order has no row.
        OrderMissing { value: String } => Invalid "import.order_missing",
        NoLines => Invalid "import.no_lines",
        NotWhole => Invalid "import.not_whole",
        NotYesOrNo => Invalid "import.not_yes_or_no",
        CellHasError => Invalid "import.cell_has_error",
        DateIsANumber => Invalid "import.date_is_a_number",
        DateIsVague { value: String } => Invalid "import.date_is_vague",
        DateAmbiguous => Invalid "import.date_ambiguous",
        /// Numbers of more than 15 digits lose the last ones in number cells.
        NumberLostDigits => Invalid "import.number_lost_digits",
        NotAFraction => Invalid "import.not_a_fraction",
        WordMissing { value: String } => Invalid "import.word_missing",
        NotInMap { value: String } => Invalid "import.not_in_map",
        NameAmbiguous { value: String } => Invalid "import.name_ambiguous",
        /// The line has neither a price nor an amount, and the price book has none.
        NoPrice => Invalid "import.no_price",
        NoWarehouse => Invalid "import.no_warehouse",
        NumberTaken { number: String } => Invalid "import.number_taken",
        /// The same files by the same mapping were imported before.
        Again => Conflict "import.again",
    }
}
