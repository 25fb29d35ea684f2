package prove

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type sessionExtendView struct {
	ui.Page
	At string
}

// extend puts the end of the session off: being asked for anything does that.
// Where scripts run it is asked in the background; elsewhere it is a page of its
// own, in a tab of its own.
func (p *pages) extend(w http.ResponseWriter, r *web.Request) error {
	left := int(r.Visitor.Until.Time().Sub(r.Now.Time()).Seconds())
	at := r.Visitor.Until.Time().In(clock.London).Format("3:04pm")
	if strings.HasPrefix(r.Header.Get("Accept"), "application/json") {
		return r.Script(w, http.StatusOK, map[string]json.RawMessage{"left": json.RawMessage(strconv.Itoa(left)), "at": json.RawMessage(strconv.Quote(at))})
	}
	return r.Render(w, sessionExtendPage(sessionExtendView{Page: r.Page("You are still signed in"), At: at}))
}
