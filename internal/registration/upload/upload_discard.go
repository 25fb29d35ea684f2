package upload

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// uploadDiscardView asks before an upload is given up.
type uploadDiscardView struct {
	ui.Page
	Upload Upload
}

// uploadDiscard serves "Discard this upload?".
func (p *pages) uploadDiscard(w http.ResponseWriter, r *web.Request) error {
	u, err := p.store.Get(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	if r.Posted() {
		if err := p.store.Discard(r.Context(), r.Scope, u.ID); err != nil {
			return err
		}
		return r.Say(w, paths.Upload(), "The upload has been discarded", "The file and everything in it have been deleted. Nothing was registered or changed.")
	}
	if u.Status != Checked {
		return r.SeeOther(w, paths.UploadDone(u.ID))
	}
	v := uploadDiscardView{Page: r.Page("Discard this upload?"), Upload: u}
	v.Back = &ui.Link{Text: "Back", Href: paths.UploadCheck(u.ID, "", 1)}
	return r.Render(w, uploadDiscard(v))
}

func (v uploadDiscardView) text() string {
	text := "“" + v.Upload.File + "”, uploaded on " + web.Moment(v.Upload.MadeAt)
	if v.Upload.By != "" {
		text += " by " + v.Upload.By
	}
	return text + ", will be deleted with everything that was mended in it. Nothing will be registered or changed."
}
