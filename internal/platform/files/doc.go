// Package files reads spreadsheets that nobody has vouched for, and writes
// spreadsheets that are safe to open.
//
// [Read] turns the bytes of an upload into a [Sheet]: a header and rows of
// text. It accepts CSV (UTF-8, UTF-16 or Windows-1252; commas, semicolons or
// tabs) and XLSX, tells them apart by content and never by name, and refuses
// everything else with a sentence that says what to do. What the words in the
// cells mean is somebody else's business.
//
// [WriteCSV], [WriteXLSX] and [Annotated] go the other way, and package sealed
// with a password. Nothing they write is taken for a formula.
//
// # What keeps an upload from doing harm
//
//   - A workbook is judged from its zip directory (number, names, sizes and
//     compression of its parts) before any part is unpacked; the declared size
//     of a part is then held to while it is unpacked.
//   - XML is read by our own package xmlscan, which knows no document types and
//     no entities but the five of XML, and stops at a depth, at a length and
//     at the limits of [Limits]. Only the parts that hold cells are opened.
//   - Nothing is written to disk, and no formula is ever calculated.
//
// # The guard apostrophe
//
// A spreadsheet program calculates a CSV cell that begins with = + - or @. So
// that text stays text, [WriteCSV] puts an apostrophe before such a cell. The
// only exception is a plain negative number such as -12.5, which is harmless
// and would stop being a number. [Read] takes the apostrophe away exactly
// where [WriteCSV] would have put it, so that what is written and read again
// is what it was; a cell such as '90s keeps its apostrophe. XLSX needs no
// guard: cells are written as text, in a column whose format is text.
//
// # Where things are
//
// sheet.go has the types and [Read]; limits.go the limits. recognise.go knows
// other kinds of file; text.go the encodings; csv_read.go the delimiters and
// quotation marks. container.go, workbook.go, styles.go and worksheet.go read
// XLSX from the outside in. rows.go gathers rows from either. guard.go,
// csv_write.go, xlsx_write.go, xlsx_parts.go and annotate.go write; names.go
// makes file names safe.
package files
