package registration_test

import (
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/registrationtest"
)

// TestAUD9_AnNQSWSeesWhoHasLooked: their own employer's people by name, others
// by role and organisation, day by day; and nobody else's readings.
func TestAUD9_AnNQSWSeesWhoHasLooked(t *testing.T) {
	registrationtest.Each(t, func(t *testing.T, h registrationtest.House) {
		r := h.Register(t, registrationtest.Ours, registrationtest.Entry(1))
		other := h.Register(t, registrationtest.Ours, registrationtest.Entry(2))
		h.Register(t, registrationtest.Them, registrationtest.Entry(3)) // whose coordinator is no colleague of theirs
		registrationtest.Must(t, h.Claim(t.Context(), registrationtest.Them, wanted(other, "2026-12-01")))
		self := registrationtest.Self(r)
		saw := func(who tenant.Scope, kind, id string) {
			h.DB.Clock().(*clock.Stopped).Move(2 * time.Minute)
			registrationtest.Must(t, h.DB.Saw(t.Context(), who, tenant.Reading{Kind: kind, ID: id}))
		}
		whole := tenant.SignedIn("nat", "national", asye.Administrator)
		saw(registrationtest.Ours, "enrolment", string(r.ID))
		saw(self, "enrolment", string(r.ID))
		saw(registrationtest.Ours, "enrolment", string(other.ID))
		saw(registrationtest.Team, "transfer", h.Record(t, registrationtest.Ours, other.ID).OpenTransfer().ID)
		saw(registrationtest.Ours, "enrolments", "")
		saw(whole, "data", string(r.Person))
		h.DB.Clock().(*clock.Stopped).Move(24 * time.Hour)
		saw(registrationtest.Ours, "enrolment", string(r.ID))
		saw(registrationtest.Team, "enrolment", string(r.ID))
		saw(registrationtest.Ours, "enrolment", string(r.ID))
		saw(registrationtest.Them, "person", string(r.Person))
		got, err := h.MyReadings(t.Context(), self)
		registrationtest.Must(t, err)
		want := []string{"23 November 2026 Coordinator, Barnwell 1", "23 November 2026 Co a, Coordinator, Ashford 2",
			"23 November 2026 National team, National body 1", "22 November 2026 Administrator, National body 1",
			"22 November 2026 Co a, Coordinator, Ashford 1"}
		if len(got) != len(want) {
			t.Fatalf("%+v, want %q", got, want)
		}
		for i, g := range got {
			if text := g.On.String() + " " + g.By() + " " + string(rune('0'+g.Times)); text != want[i] {
				t.Errorf("%d: %q, want %q", i, text, want[i])
			}
		}
		if got, err := h.MyReadings(t.Context(), registrationtest.Self(other)); err != nil || len(got) != 2 {
			t.Errorf("the other NQSW sees %+v, %v", got, err)
		}
		if got, err := h.MyReadings(t.Context(), registrationtest.Them); err != nil || len(got) != 0 {
			t.Errorf("somebody without a record sees %+v, %v", got, err)
		}
	})
}
