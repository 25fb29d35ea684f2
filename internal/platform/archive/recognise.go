package archive

import (
	"fmt"
	"strings"

	"example.org/asye/internal/platform/fault"
)

// others are what may be taken for a backup, by how it begins.
var others = []struct{ begins, says string }{
	{"SQLite format 3\x00", "This is a SQLite database itself, not a backup that asye backup made. To take over what is in it, " +
		"use asye move --from with its path"},
	{"PGDMP", "This was made by pg_dump, not by asye backup. Give it to pg_restore"},
	{"--\n-- PostgreSQL", "This was made by pg_dump, not by asye backup. Give it to psql"},
	{"\x1f\x8b", "This is a gzip file, not a backup as asye backup made it. If something compressed it afterwards, decompress it first"},
	{"PK\x03\x04", "This is a zip file, not a backup as asye backup made it. If something packed it afterwards, unpack it first"},
}

// recognise says what a file is that is no archive of this format.
func recognise(head []byte, err error) error {
	text := string(head)
	if text == "" {
		return fault.New(fault.Invalid, "The file is empty: there is no backup in it")
	}
	for _, other := range others {
		if strings.HasPrefix(text, other.begins) {
			return fault.New(fault.Invalid, "%s", other.says)
		}
	}
	var number int
	if _, e := fmt.Sscanf(text, "asye backup %d\n", &number); e == nil && number > format {
		return fault.New(fault.Invalid, "The backup has the form %d, which is newer than this program: it reads up to %d. Use the version of asye that made it, or a later one", number, format)
	} else if e == nil && number < oldest {
		return fault.New(fault.Invalid, "The backup has the form %d, which this program no longer reads. Restore it with the version of asye that made it, and make a new one there", number)
	}
	if begun := strings.HasPrefix(magic, text) || strings.HasPrefix(text, magic); begun && err != nil {
		return errShort
	}
	return fault.New(fault.Invalid, "This is no backup of asye, or its beginning is damaged")
}
