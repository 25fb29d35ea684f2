package releases

import (
	"net/http"

	"example.org/asye/internal/equality/publication/question"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// questionShowView is a question with its answer, or why there is none.
type questionShowView struct {
	ui.Page
	figures
	Asked question.Asked
}

// questionShow shows a question and its answer.
func (p *pages) questionShow(w http.ResponseWriter, r *web.Request) error {
	asked, content, err := p.questions.Answer(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := questionShowView{Page: r.Page("Answer"), figures: figures{content}, Asked: asked}
	if asked.Refusal != "" {
		v.Title = "This question is not answered"
	}
	v.Wide, v.Back = true, &ui.Link{Text: "Back to asking", Href: paths.QuestionList()}
	return r.Render(w, questionShowPage(v))
}

func (v questionShowView) asked() string {
	return "Asked by " + v.Asked.By + ", " + web.Moment(v.Asked.At) + "."
}
