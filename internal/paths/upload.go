package paths

import (
	"net/url"
	"strconv"
)

// UploadPage is one page of the list of uploads.
func UploadPage(page int) string { return Upload() + "?page=" + strconv.Itoa(page) }

// UploadColumns explains the columns of the spreadsheet.
func UploadColumns() string { return Upload() + "/columns" }

// UploadTemplate is the empty spreadsheet; the format is csv or xlsx.
func UploadTemplate(format string) string { return Upload() + "/template." + format }

// UploadCheck shows what one upload would do. The view is errors, warnings,
// changes or new; empty for the first that has anything.
func UploadCheck(id, view string, page int) string {
	q := url.Values{}
	if view != "" {
		q.Set("show", view)
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return withQuery(Upload()+"/"+url.PathEscape(id), q)
}

// UploadRow mends one row of an upload.
func UploadRow(id string, row int) string {
	return Upload() + "/" + url.PathEscape(id) + "/rows/" + strconv.Itoa(row)
}

// UploadErrors is the file of the rows with errors.
func UploadErrors(id string) string { return Upload() + "/" + url.PathEscape(id) + "/errors" }

// UploadConfirm registers the rows that are right.
func UploadConfirm(id string) string { return Upload() + "/" + url.PathEscape(id) + "/confirm" }

// UploadDiscard gives an upload up.
func UploadDiscard(id string) string { return Upload() + "/" + url.PathEscape(id) + "/discard" }

// UploadDone says what came of an upload.
func UploadDone(id string) string { return Upload() + "/" + url.PathEscape(id) + "/done" }
