package upload

import (
	"net/http"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/web"
)

var mayUpload = access.Uploads.For(asye.Coordinator)

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

type pages struct{ store *Store }

// Mount serves the pages of this package.
func Mount(m *web.Mux, s *Store) {
	p := &pages{s}
	upload := web.Personal("upload", "id")
	at := func(path func(string) string) string { return placeholders.Replace(path("{id}")) }
	m.Upload(paths.Upload(), mayUpload, web.Plain, web.Once, p.uploadNew)
	m.Page(paths.UploadColumns(), mayUpload, web.Plain, p.columnList)
	for _, format := range []string{string(files.CSV), string(files.XLSX)} {
		m.Page(paths.UploadTemplate(format), mayUpload, web.Plain, p.template(format))
	}
	m.Page(at(func(id string) string { return paths.UploadCheck(id, "", 1) }), mayUpload, upload, p.uploadCheck)
	m.Act(at(paths.UploadConfirm), mayUpload, web.Once, p.uploadConfirm)
	m.Page(at(paths.UploadErrors), mayUpload, upload, p.uploadErrors)
	m.Form(at(paths.UploadDiscard), mayUpload, upload, web.Once, p.uploadDiscard)
	m.Page(at(paths.UploadDone), mayUpload, upload, p.uploadDone)
	m.Form(at(func(id string) string { return strings.TrimSuffix(paths.UploadRow(id, 0), "0") + "{row}" }), mayUpload, upload, web.Once, p.rowMend)
}

// send gives a file to the browser to save.
func send(w http.ResponseWriter, name, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", files.Attachment(name))
	_, err := w.Write(body)
	return err
}
