//! Why an import of a workbook refuses (INT-04); what is wrong with a cell is a rule of its field.

use crate::refusal::rejections;

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
