// Package sealed writes workbooks that open with a password only.
package sealed

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"example.org/asye/internal/platform/files"
	"github.com/xuri/excelize/v2"
)

// WriteXLSX is [files.WriteXLSX] with a password without which the workbook does
// not open, in Excel or in LibreOffice. It is the standard encryption of
// ECMA-376: AES with a key of 128 bits. That is as strong as the password, so
// make a long one.
func WriteXLSX(w io.Writer, password string, sheets ...files.Table) error {
	if password == "" {
		return fmt.Errorf("write workbook: no password")
	}
	var plain bytes.Buffer
	if err := files.WriteXLSX(&plain, sheets...); err != nil {
		return err
	}
	roomy, err := unpacked(plain.Bytes())
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	sealed, err := excelize.Encrypt(roomy, &excelize.Options{Password: password})
	if err != nil {
		return fmt.Errorf("encrypt workbook: %w", err)
	}
	_, err = w.Write(sealed)
	return err
}

// leastSealed is the size from which a compound file keeps a stream in sectors of
// its own. What is smaller is not found again in what excelize 2.11.0 writes.
const leastSealed = 4096

// unpacked is a workbook as it is, or with its parts uncompressed where it is too
// small.
func unpacked(book []byte) ([]byte, error) {
	if len(book) >= leastSealed {
		return book, nil
	}
	parts, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range parts.File {
		if err := store(to, part); err != nil {
			return nil, err
		}
	}
	err = to.Close()
	return out.Bytes(), err
}

func store(to *zip.Writer, part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	into, err := to.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Store})
	if err != nil {
		return err
	}
	_, err = io.Copy(into, from)
	return err
}
