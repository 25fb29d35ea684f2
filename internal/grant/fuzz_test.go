package grant

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// FuzzScheme: a file of any bytes is read, or refused in a sentence that names
// it; and what is read can be put into words and decide. The bytes are those of
// a file that is built in, with some of them exchanged: what is far from a
// scheme is refused at its first word, and teaches nothing.
func FuzzScheme(f *testing.F) {
	var files []string
	names, err := fs.Glob(Files(), "*.json")
	if err != nil {
		f.Fatal(err)
	}
	for i, name := range names {
		text, err := fs.ReadFile(Files(), name)
		if err != nil {
			f.Fatal(err)
		}
		files = append(files, string(text))
		f.Add(uint8(i), uint16(0), uint16(0), "")
		for _, number := range []string{"28", "100000", "2027-03-31", "23:59", "true"} {
			f.Add(uint8(i), uint16(max(0, strings.Index(string(text), number))), uint16(len(number)), "0")
		}
	}
	for _, seed := range []string{"", "{}", "null", "[]", `{"milestones":[{}],"deadlines":[{"at":"x"}]}`, `{"formula":{}}`, "\xff"} {
		f.Add(uint8(0), uint16(0), uint16(1<<16-1), seed)
	}
	at := moment(f, "2026-11-25 12:00")
	f.Fuzz(func(t *testing.T, file uint8, from, drop uint16, put string) {
		text := files[int(file)%len(files)]
		cut := min(int(from), len(text))
		text = text[:cut] + put + text[min(cut+int(drop), len(text)):]
		b, err := Load(fstest.MapFS{"x.json": {Data: []byte(text)}})
		if err == nil {
			decides(t, b, at)
		} else if fault.KindOf(err) != fault.Invalid || !strings.HasPrefix(err.Error(), "The scheme file x.json cannot be used: ") {
			t.Fatalf("it is refused without saying where: %v", err)
		}
	})
}

// decides holds that the one scheme of a book can be read and used.
func decides(t *testing.T, b *Book, at When) {
	s := b.Schemes()[0]
	for _, r := range s.Rules() {
		if r.Key == "" || r.Title == "" || r.Text == "" || r.Basis.Assumed == (r.Basis.Title != "") {
			t.Fatalf("a rule rests on nothing, or says nothing: %+v", r)
		}
	}
	year := straight(s.Window.FirstDay.ISO())
	year.Programme = s.Programme
	for _, facts := range []Facts{year, year.ended(Passed, s.Window.LastDay.ISO()), year.ended(Withdrawn, s.Window.FirstDay.ISO())} {
		for _, e := range b.Entitlements(facts, "kent", at) {
			if bad := broken(e, at); bad != "" && !strings.Contains(bad, "floor") {
				t.Fatalf("%s: %+v", bad, e)
			}
		}
	}
}

// FuzzPence: an amount is read back from how it is written, and nothing is read
// that is not money.
func FuzzPence(f *testing.F) {
	for _, seed := range []string{"", "0", "£1,000.00", "−£800.00", "-0.01", "1.5", "1.005", "99999999999999999999", "1e9", "£-,5"} {
		f.Add(seed, int64(0))
	}
	for _, seed := range []int64{0, 1, -1, 99, 100, 100000, -80000, 1<<63 - 1, -1 << 63} {
		f.Add("", seed)
	}
	f.Fuzz(func(t *testing.T, text string, pence int64) {
		p := Pence(pence)
		for _, written := range []string{p.String(), p.Plain()} {
			read, err := ParsePence(written)
			if small := p > -mostPence && p < mostPence; small && (err != nil || read != p) {
				t.Fatalf("%d is written as %s and read as %d, %v", pence, written, read, err)
			}
		}
		typed, err := ParsePence(text)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "Write it in pounds and pence") {
				t.Fatalf("%q is refused without help: %v", text, err)
			}
			return
		}
		if again, err := ParsePence(typed.String()); err != nil || again != typed || typed > mostPence || typed < -mostPence || !strings.ContainsAny(text, "0123456789") {
			t.Fatalf("%q is read as %d, and that as %d, %v", text, typed, again, err)
		}
	})
}

// FuzzDeadline: a time on the clocks of a zone closes one minute after it is
// last shown there, and is said as it was written; any other is refused.
func FuzzDeadline(f *testing.F) {
	for _, seed := range []string{"2026-03-23 23:59", "2026-10-25 01:30", "2027-03-28 01:30", "2026-3-1 9:00", "2026-02-30 12:00", "", "0000-01-01 00:00", "9999-12-31 23:59"} {
		for _, zone := range []string{"Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC", "Local", "", "../x"} {
			f.Add(seed, zone)
		}
	}
	f.Fuzz(func(t *testing.T, at, zone string) {
		d := Deadline{At: at, Zone: zone}
		closes, err := d.Closes()
		if err != nil || !exists(d) {
			return
		}
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatalf("%q is taken for a zone: %v", zone, err)
		}
		last := closes.Add(-time.Microsecond).Time().In(place)
		if last.Format(minuteLayout) != at {
			t.Fatalf("%s in %s closes at %s, and the clocks showed %s before", at, zone, closes, last)
		}
		for _, ahead := range []time.Duration{30 * time.Minute, time.Hour} {
			if again := last.Add(ahead).Format(minuteLayout); again == at && last.Year() > 1980 {
				t.Fatalf("%s in %s comes again after it has closed, at %s", at, zone, last.Add(ahead))
			}
		}
		if said := d.String(); said != at[11:]+" on "+asye.MustDate(at[:10]).String() || d.day().ISO() != at[:10] {
			t.Fatalf("%s is said as %s", at, said)
		}
	})
}
