package change

import (
	"net/http"
	"strings"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// outcomeRecordedView confirms an outcome.
type outcomeRecordedView struct {
	sheet
	Outcome registration.Outcome
}

// outcomeRecorded confirms that an outcome has been recorded.
func (p *pages) outcomeRecorded(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Outcome recorded")
	if err != nil {
		return err
	}
	o := s.Record.Outcome()
	if o == nil {
		return r.SeeOther(w, paths.Registration(s.Record.ID))
	}
	return r.Render(w, outcomeRecorded(outcomeRecordedView{s, *o}))
}

func (v outcomeRecordedView) title() string {
	return "Outcome recorded: " + lower(registration.Status(v.Outcome.Result).String())
}

// closed says when the year ended.
func (v outcomeRecordedView) closed() string {
	if v.Outcome.DecidedOn.Before(v.Record.StartsOn) {
		return "The year will not begin, and the record is closed."
	}
	return "The year ended on " + v.Outcome.DecidedOn.String() + " and the record is closed."
}

// next is what the coordinator still has to do, outside this service.
func (v outcomeRecordedView) next() string {
	switch v.Outcome.Result {
	case registration.ResultFailed:
		return "Tell the NQSW how to appeal, if you have not done so with the decision."
	case registration.ResultWithdrawn:
		return "If the NQSW starts again later, register them as new: this record stays as it is."
	}
	return "Tell the NQSW, if they do not know yet: the outcome is in their own record now."
}

func lower(text string) string { return strings.ToLower(text) }
