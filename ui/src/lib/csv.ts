/** Tables as csv, as spreadsheets open them: UTF-8 with a mark, CRLF, and no cell that is run as a formula. */

/** A cell that would be run as a formula gets an apostrophe before it. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  const text = harmless(cell)
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

export function toCsv(rows: string[][]): string {
  return `\uFEFF${rows.map(row => `${row.map(quoted).join(',')}\r\n`).join('')}`
}

/** Hands a text to the browser to save. */
export function saveText(content: string, filename: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
