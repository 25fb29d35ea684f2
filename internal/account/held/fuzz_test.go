package held

import (
	"testing"

	"example.org/asye/internal/asye"
)

// A form that was kept opens with its own ticket, for its own person, and with
// nothing else.
func FuzzTicket(f *testing.F) {
	mine := ticket{"one", []byte("the same key in every process of ")[:keyLength]}
	sealed, err := mine.seal(Form{Person: "p1", Action: "/home"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(mine.String(), sealed, "p1")
	f.Add("one.AAAA", sealed, "p1")
	f.Add(mine.String(), sealed, "p2")
	f.Add("", "", "")
	f.Fuzz(func(t *testing.T, ticket, text, person string) {
		one, err := readTicket(ticket)
		if err != nil {
			return
		}
		if form, err := one.open(text, asye.PersonID(person)); err == nil && (one.String() != mine.String() || form.Person != "p1" || person != "p1") {
			t.Fatalf("%q opens %q for %q", ticket, text, person)
		}
	})
}
