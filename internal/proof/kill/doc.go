// Package kill is the net under DUR-1: the program, or the database server, is
// killed at a random moment under load, started again, and what it had
// acknowledged is looked for.
//
// Four coordinators work at real browsers: they register NQSWs page by page,
// change hours, send invitations and upload spreadsheets. What they were told
// is kept in a [ledger], outside the database. A form that was cut off is sent
// again, as a person would. After each start the ledger is compared with the
// database, table by table.
//
// Start reading at round_test.go.
package kill
