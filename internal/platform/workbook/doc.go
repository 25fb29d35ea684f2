// Package workbook writes tables of statistics as a spreadsheet that everybody
// can read, a screen reader among them: one [Book], as ODS and as XLSX.
//
// It follows what the Analysis Function of the UK government asks of statistics
// in spreadsheets (Releasing statistics in spreadsheets; Making spreadsheets
// accessible: a brief checklist of the basics):
//
//   - a cover, a table of contents with links, the notes, and then one table on
//     each worksheet, from column A, with nothing below or beside it;
//   - above each table its title, marked as a heading, then how many tables
//     there are and what is explained in the notes, then the source;
//   - tables are marked as tables: a named table in XLSX, a database range in
//     ODS, with one row of headings. No cells are merged, no row or column is
//     hidden or blank, and there are no filters, frozen panes or fills, which
//     get in the way of people who enlarge the text;
//   - a cell without a number says why ([Symbol]); an empty one is refused;
//   - the title, the author, the date and the language are in the file.
//
// Numbers are kept as numbers, rounded as they are shown: what stands behind a
// cell tells no more than what stands on it. All else is text, in cells whose
// format is text, so that nothing is taken for a formula. The same book gives
// the same bytes.
//
// book.go and value.go have the types, check.go what is refused, page.go how a
// book becomes worksheets; xlsx*.go and ods*.go draw those.
package workbook
