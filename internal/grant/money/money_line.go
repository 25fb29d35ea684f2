package money

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// moneyLineView takes one amount that arrived.
type moneyLineView struct {
	ui.Page
	On           ui.DateField
	Text, Amount string
}

// moneyLine takes one amount that arrived, as it is typed.
func (p *pages) moneyLine(w http.ResponseWriter, r *web.Request) error {
	v := moneyLineView{Page: r.Page("Type an amount that arrived"), Text: r.Value("text"), Amount: r.Value("amount")}
	v.Breadcrumbs = underMoney()
	if !r.Posted() {
		return r.Render(w, moneyLine(v))
	}
	var on asye.Date
	var unreal fault.Problems
	v.On, on = r.Date("received_on", "The day on which the money arrived", &unreal)
	line, bad := books.Typed(on, v.Text, v.Amount, r.Today)
	if len(unreal) > 0 { // said once, and as what it is
		bad = append(unreal, without(bad, "received_on")...)
	}
	if bad.Err() != nil {
		v.Problems = bad
		return r.Refuse(w, moneyLine(v))
	}
	if err := p.keep(r, draft{Lines: []books.BankLine{line}}); err != nil {
		return err
	}
	return r.SeeOther(w, paths.GrantMoneyCheck(1))
}

func without(all fault.Problems, field string) (out fault.Problems) {
	for _, one := range all {
		if one.Field != field {
			out = append(out, one)
		}
	}
	return out
}
