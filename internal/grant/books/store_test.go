package books_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration/registrationtest"
)

func TestGRA51_HistoryIsOfOwnStartsAlone(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		s, ctx := books.NewStore(h.DB), context.Background()
		r := h.Checked(t, granttest.Ours, 1)
		h.Checked(t, granttest.Ours, 2)
		h.Checked(t, granttest.Them, 3)
		got, err := s.History(ctx, granttest.Ours)
		registrationtest.Must(t, err)
		if len(got.Began) != 2 || got.Began[0].On != r.StartsOn || got.Kind == "" || got.Began[0].Programme == "" {
			t.Errorf("%+v", got)
		}
		if got, err = s.History(ctx, granttest.Them); err != nil || len(got.Began) != 1 {
			t.Errorf("another employer: %+v, %v", got, err)
		}
		if _, err = s.History(ctx, granttest.Team); fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "not for the role") {
			t.Errorf("the national team: %v", err)
		}
	})
}
