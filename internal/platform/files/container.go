package files

import (
	"archive/zip"
	"io"
	"path"
	"strings"
)

func errTooMuch(limits Limits) error {
	return refuse("This workbook unpacks to more than %s, which is far more than a list of people needs. Copy the rows into a new workbook, save it and upload that one.",
		megabytes(limits.Unpacked))
}

var errBomb = refuse("This workbook is packed far more tightly than a spreadsheet program packs one, so it was not opened. Copy the rows into a new workbook, save it and upload that one.")

// container is the zip file around a workbook, after its directory has been
// judged.
type container struct {
	parts  map[string]*zip.File // by lower-case name, as Excel compares them
	limits Limits
}

// openContainer looks at the directory only: nothing has been unpacked when it
// refuses.
func openContainer(r io.ReaderAt, size int64, limits Limits) (*container, error) {
	directory, err := zip.NewReader(r, size)
	if err != nil && err != zip.ErrInsecurePath {
		return nil, errDamaged
	}
	if len(directory.File) > limits.Entries {
		return nil, refuse("This workbook has %s parts inside it, where a workbook with one list has about ten. Copy the rows into a new workbook, save it and upload that one.",
			thousands(len(directory.File)))
	}
	c := &container{parts: make(map[string]*zip.File, len(directory.File)), limits: limits}
	for _, f := range directory.File {
		if err := c.index(f); err != nil {
			return nil, err
		}
	}
	if err := zipSentence(func(part string) bool { return c.parts[part] != nil }); err != nil {
		return nil, err
	}
	return c, c.weigh(size)
}

// index refuses names that lead out of a folder, and two parts of one name,
// which different programs would read differently.
func (c *container) index(f *zip.File) error {
	name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
	if strings.HasSuffix(name, "/") {
		return nil
	}
	if name == "" || path.Clean("/"+name) != "/"+name || c.parts[name] != nil {
		return errDamaged
	}
	c.parts[name] = f
	return nil
}

// weigh compares what the directory declares with the limits.
func (c *container) weigh(size int64) error {
	var packed, unpacked uint64
	for _, f := range c.parts {
		if f.Flags&1 != 0 {
			return errPassword
		}
		if f.UncompressedSize64 > uint64(c.limits.Unpacked) {
			return errTooMuch(c.limits)
		}
		if f.CompressedSize64 > uint64(size) {
			return errDamaged
		}
		if f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/uint64(c.limits.Ratio) > f.CompressedSize64 {
			return errBomb
		}
		packed += f.CompressedSize64
		unpacked += f.UncompressedSize64
	}
	if unpacked > uint64(c.limits.Unpacked) {
		return errTooMuch(c.limits)
	}
	if packed > uint64(size) {
		return errBomb // parts that overlap share their bytes, as only a bomb does
	}
	return nil
}

// has reports whether there is a part of that name.
func (c *container) has(name string) bool { return c.parts[partName(name)] != nil }

// open unpacks one part as it is read, and never beyond its declared size.
func (c *container) open(name string) (io.ReadCloser, error) {
	f := c.parts[partName(name)]
	if f == nil {
		return nil, errDamaged
	}
	content, err := f.Open()
	if err != nil {
		return nil, errDamaged
	}
	return heldPart{content}, nil
}

func partName(name string) string { return strings.ToLower(strings.TrimPrefix(name, "/")) }

// heldPart gives a part that is larger than the directory said its sentence.
// archive/zip stops there of itself; a test fails if it ever
// ceases to.
type heldPart struct{ io.ReadCloser }

func (h heldPart) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	if err == zip.ErrFormat {
		return 0, errBomb
	}
	return n, err
}
