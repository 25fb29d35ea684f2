package claim_test

import (
	"bytes"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration/registrationtest"
)

func TestGRA28_LateOnlyWhereTheFunderGrantsIt(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.At(t, "2027-03-30T09:00:00Z")
		r := h.Register(t, granttest.Ours, registrationtest.Entry(1))
		h.Check(t, r.Person, asye.MustDate("2027-03-29"))
		h.Conditions(t, granttest.Ours)
		k := claim.Key{Enrolment: r.ID, Milestone: "registration"}
		refused(t, h.Claims.AskLate(ctx, granttest.Ours, k, "Ill"), fault.NotFound, "no such payment")
		h.At(t, "2027-04-02T09:00:00Z")
		if got := stateOf(t, h, granttest.Ours, k); got != grant.Never {
			t.Fatalf("it is %s", got)
		}
		refused(t, h.Claims.AskLate(ctx, granttest.Ours, k, " "), fault.Invalid, "Write why")
		refused(t, h.Claims.AskLate(ctx, granttest.Them, k, "Mine"), fault.NotFound, "no such payment")
		refused(t, h.Claims.AskLate(ctx, granttest.Director, k, "Mine"), fault.Forbidden, "not for the role")
		must(t, h.Claims.AskLate(ctx, granttest.Ours, k, "The office was flooded"))
		refused(t, h.Claims.AskLate(ctx, granttest.Ours, k, "Again"), fault.Conflict, "already")
		answer := func(granted bool, why string) error {
			all, err := h.Claims.LateWaiting(ctx, granttest.Team)
			must(t, err)
			if len(all) != 1 || all[0].OrgName != "Ashford" || all[0].Name != "Amara Okafor1" {
				t.Fatalf("%+v", all)
			}
			return h.Claims.AnswerLate(ctx, granttest.Team, all[0].ID, all[0].Version, granted, why)
		}
		_, err := h.Claims.LateWaiting(ctx, granttest.Ours)
		refused(t, err, fault.Forbidden, "not for the role")
		refused(t, answer(false, ""), fault.Invalid, "Write why")
		must(t, answer(false, "It was open all week"))
		if got := stateOf(t, h, granttest.Ours, k); got != grant.Never {
			t.Errorf("what was refused is %s", got)
		}
		must(t, h.Claims.AskLate(ctx, granttest.Ours, k, "The order to close is attached"))
		must(t, answer(true, "Agreed with the department"))
		all, err := h.Claims.Late(ctx, granttest.Ours)
		if err != nil || len(all) != 2 || all[0].Answer == all[1].Answer {
			t.Errorf("%+v %v", all, err)
		}
		if all, err = h.Claims.Late(ctx, granttest.Them); err != nil || len(all) != 0 {
			t.Errorf("%+v %v", all, err)
		}
		refused(t, h.Claims.AnswerLate(ctx, granttest.Ours, "x", 1, true, "Mine"), fault.Forbidden, "not for the role")
		c := h.Sent(t, granttest.Ours, granttest.Director)
		if len(c.Lines) != 1 || c.Lines[0].Milestone != "registration" || c.State != claim.Submitted {
			t.Errorf("%+v", c)
		}
	})
}

func TestGRA29_ConditionsAreShownWithDocuments(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		id, err := h.Claims.Start(ctx, granttest.Ours, granttest.Scheme)
		must(t, err)
		c, content, err := h.Claims.Open(ctx, granttest.Director, id)
		must(t, err)
		if len(content.Unmet) != 1 || content.Unmet[0].Key != "action-plan" { // the other is for completions
			t.Fatalf("%+v", content.Unmet)
		}
		refused(t, h.Claims.Sign(ctx, granttest.Director, id, c.Hash, c.Version), fault.Conflict, "Action plan")
		meet := func(condition string, body []byte) error {
			return h.Claims.Meet(ctx, granttest.Ours, granttest.Scheme, condition, "plan.html", body)
		}
		const most = 5 << 20
		refused(t, meet("action-plan", nil), fault.Invalid, "Choose the document")
		refused(t, meet("action-plan", make([]byte, most+1)), fault.Invalid, "larger than 5 MB")
		refused(t, meet("nothing", []byte("x")), fault.NotFound, "no condition")
		refused(t, h.Claims.Meet(ctx, granttest.Ours, "nothing", "action-plan", "a", []byte("x")), fault.NotFound, "no grant scheme")
		refused(t, h.Claims.Meet(ctx, granttest.Director, granttest.Scheme, "action-plan", "a", []byte("x")), fault.Forbidden, "not for the role")
		body := bytes.Repeat([]byte{0, 255, '<'}, most/3)
		must(t, meet("action-plan", body))
		documents, err := h.Claims.Documents(ctx, granttest.Director, granttest.Scheme)
		if err != nil || len(documents) != 1 || documents[0].FileName != "plan.html" {
			t.Fatalf("%+v %v", documents, err)
		}
		one := documents[0].ID
		name, kept, err := h.Claims.Document(ctx, granttest.Ours, one)
		if err != nil || name != "plan.html" || !bytes.Equal(kept, body) {
			t.Errorf("%s, %d bytes, %v", name, len(kept), err)
		}
		_, _, err = h.Claims.Document(ctx, granttest.Them, one)
		refused(t, err, fault.NotFound, "document")
		if all, err := h.Claims.Documents(ctx, granttest.Them, granttest.Scheme); err != nil || len(all) != 0 {
			t.Errorf("%+v %v", all, err)
		}
		if _, kept, err = h.Claims.DocumentOf(ctx, granttest.Team, one); err != nil || !bytes.Equal(kept, body) {
			t.Errorf("%d bytes, %v", len(kept), err)
		}
		if all, err := h.Claims.DocumentsOf(ctx, granttest.Team, "a", granttest.Scheme); err != nil || len(all) != 1 {
			t.Errorf("%+v %v", all, err)
		}
		_, err = h.Claims.DocumentsOf(ctx, granttest.Them, "a", granttest.Scheme)
		refused(t, err, fault.Forbidden, "not for the role")
		_, _, err = h.Claims.DocumentOf(ctx, granttest.Them, one)
		refused(t, err, fault.Forbidden, "not for the role")
		h.Sign(t, granttest.Director, id)
	})
}
