package claims

import (
	"cmp"
	"net/url"
	"slices"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/web"
)

// filter narrows the list of what is due down.
type filter struct {
	State  grant.State // every state when empty
	Scheme string      // every scheme when empty
}

func filterOf(r *web.Request) filter {
	f := filter{State: grant.State(r.Value("state")), Scheme: r.Value("scheme")}
	if !slices.Contains(grant.States(), f.State) {
		f.State = ""
	}
	return f
}

// query is the filter as it stands in an address.
func (f filter) query() url.Values {
	q := url.Values{}
	if f.State != "" {
		q.Set("state", string(f.State))
	}
	if f.Scheme != "" {
		q.Set("scheme", f.Scheme)
	}
	return q
}

func (f filter) lets(r grant.Row) bool {
	return (f.State == "" || r.State == f.State) && (f.Scheme == "" || r.Scheme.Key == f.Scheme)
}

// of are the rows that a filter lets through, those first that ask for something:
// the page and the file are both made of them (GRA-32).
func (f filter) of(all []grant.Row) []grant.Row {
	var out []grant.Row
	for _, r := range all {
		if f.lets(r) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b grant.Row) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Closes.Time().Compare(b.Closes.Time()))
	})
	return out
}

// rank is the place of a payment in the list. What missed its deadline can still
// be asked for, and comes before what is never paid.
func rank(r grant.Row) int {
	at := 2 * slices.Index(grant.States(), r.State)
	if r.MissedDeadline() {
		return at - 1
	}
	return at
}

// dues are what the employer at work is entitled to, as a request narrows it
// down, and all of it.
func (p *pages) dues(r *web.Request) (all, shown []grant.Row, f filter, err error) {
	f = filterOf(r)
	all, err = p.due.Due(r.Context(), r.Scope)
	return all, f.of(all), f, err
}
