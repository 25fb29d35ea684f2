package workbook

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
)

// WriteODS writes the book as an OpenDocument spreadsheet, the format that the
// government asks for first. It writes nothing when something is wrong with the
// book, and says all of it. The file is OpenDocument 1.3 (ISO/IEC 26300).
func (b Book) WriteODS(w io.Writer) error {
	if err := b.check(); err != nil {
		return err
	}
	if err := b.writeODS(zip.NewWriter(w)); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

func (b Book) writeODS(z *zip.Writer) error {
	if err := mimetype(z); err != nil {
		return err
	}
	pages := b.pages()
	for _, part := range []struct {
		name string
		draw func(*pen)
	}{
		{"META-INF/manifest.xml", manifest},
		{"meta.xml", b.meta},
		{"styles.xml", func(p *pen) { p.styles(pages) }},
		{"content.xml", func(p *pen) { p.content(pages) }},
	} {
		out, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		p := newPen(out)
		part.draw(p)
		if err := p.finish(); err != nil {
			return err
		}
	}
	return z.Close()
}

// mimetype comes first, uncompressed and with its length before it, so that
// programs know the file by its first bytes (OpenDocument 1.3 part 2, 3.3).
func mimetype(z *zip.Writer) error {
	text := []byte(ContentTypeODS)
	size := uint64(len(text))
	out, err := z.CreateRaw(&zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE(text),
		CompressedSize64: size, UncompressedSize64: size})
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	return err
}

func manifest(p *pen) {
	p.open("manifest:manifest", "xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:version", "1.3")
	p.one("manifest:file-entry", "manifest:full-path", "/", "manifest:version", "1.3", "manifest:media-type", ContentTypeODS)
	for _, name := range []string{"meta.xml", "styles.xml", "content.xml"} {
		p.one("manifest:file-entry", "manifest:full-path", name, "manifest:media-type", "text/xml")
	}
	p.close()
}

// meta describes the document. The only date is the book's own.
func (b Book) meta(p *pen) {
	p.document("office:document-meta")
	p.open("office:meta")
	day := b.Date.ISO() + "T00:00:00"
	for _, about := range [][2]string{{"meta:generator", "asye"}, {"dc:title", clean(b.Title)}, {"dc:subject", clean(b.Subject)}, {"meta:initial-creator", clean(b.By)},
		{"dc:creator", clean(b.By)}, {"meta:creation-date", day}, {"dc:date", day}, {"dc:language", "en-GB"}} {
		p.text(about[0], about[1])
	}
	for _, word := range b.Keywords {
		p.text("meta:keyword", clean(word))
	}
	p.close()
	p.close()
}
