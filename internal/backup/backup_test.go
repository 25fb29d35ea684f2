package backup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/schema"
)

func at(t *testing.T, text string) asye.Instant {
	t.Helper()
	var i asye.Instant
	if err := i.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return i
}

func TestBAK9_WhatIsKept(t *testing.T) {
	now := at(t, "2026-11-25T12:00:00Z")
	for _, tt := range []struct {
		name string
		made []string
		gone []string
	}{
		{"BAK-9 nothing there", nil, nil},
		{"BAK-9 all of the last day", []string{"2026-11-24T12:00:00Z", "2026-11-24T12:15:00Z", "2026-11-25T11:45:00Z"}, nil},
		{"BAK-9 the last of each day before", []string{"2026-11-23T00:00:00Z", "2026-11-23T23:45:00Z", "2026-11-24T00:00:00Z",
			"2026-11-24T11:59:59Z", "2026-11-24T12:00:00Z", "2026-11-25T11:45:00Z"},
			[]string{"2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z", "2026-11-24T11:59:59Z"}},
		{"BAK-9 thirty days and no longer", []string{"2026-10-26T11:59:59Z", "2026-10-27T12:00:00Z", "2026-11-25T11:45:00Z"},
			[]string{"2026-10-26T11:59:59Z"}},
		{"BAK-9 the newest always", []string{"2026-01-01T00:00:00Z"}, nil},
		{"BAK-9 the newest always, of its day", []string{"2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"}, []string{"2026-01-01T00:00:00Z"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var all []Kept
			for _, made := range tt.made {
				all = append(all, Kept{Name: made, At: at(t, made)})
			}
			if got := Surplus(all, now, 30*24*time.Hour); !slices.Equal(got, tt.gone) {
				t.Errorf("gone are %v, want %v", got, tt.gone)
			}
		})
	}
}

func TestBAK10_WhenItIsLate(t *testing.T) {
	set := Settings{To: "/backups", Every: 15 * time.Minute, Alarm: time.Hour}
	now, began := at(t, "2026-11-25T12:00:00Z"), at(t, "2026-11-25T11:30:00Z")
	good := func(text string) *Backup { return &Backup{State: Good, StartedAt: at(t, text)} }
	for _, tt := range []struct {
		name  string
		s     Settings
		last  *Backup
		since asye.Instant
		late  bool
	}{
		{"BAK-10 an hour to the second", set, good("2026-11-25T11:00:00Z"), began, false},
		{"BAK-10 a second more", set, good("2026-11-25T10:59:59Z"), began, true},
		{"BAK-10 none yet, and not long", set, nil, began, false},
		{"BAK-10 none, for long", set, nil, at(t, "2026-11-25T10:00:00Z"), true},
		{"BAK-10 not asked for", Settings{Alarm: time.Hour}, nil, at(t, "2026-01-01T10:00:00Z"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if h := judge(tt.s, tt.last, tt.since, now); h.Late != tt.late || h.Found != (tt.last != nil) {
				t.Errorf("late: %v, found: %v", h.Late, h.Found)
			}
		})
	}
	if got := StandardAlarm(15 * time.Minute); got != time.Hour {
		t.Errorf("the standard alarm is after %v", got)
	}
}

func TestBAK7_Doors(t *testing.T) {
	got := Doors(schema.Tables())
	for _, want := range []string{"sessions", "sign_in_links"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is left open: %v", want, got)
		}
	}
	for _, not := range []string{"mail_outbox", "jobs", "people", "account_keys", "form_tokens"} {
		if slices.Contains(got, not) {
			t.Errorf("%s would be emptied", not)
		}
	}
}

func TestWords(t *testing.T) {
	for d, want := range map[time.Duration]string{time.Second: "1 second", 119 * time.Second: "119 seconds", 2 * time.Minute: "2 minutes",
		time.Hour: "1 hour", 90 * time.Minute: "90 minutes", 3 * time.Hour: "3 hours", 47 * time.Hour: "47 hours", 72 * time.Hour: "3 days"} {
		if got := Ago(d); got != want {
			t.Errorf("%v is %q", d, got)
		}
	}
	for n, want := range map[int64]string{1: "1 byte", 999: "999 bytes", 3836695: "3.8 MB", 1500: "1.5 KB", 10_200_000_000: "10.2 GB"} {
		if got := Size(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
	if got := Short("age1992ap9dzjtczqlq9geuyldx0ulk9gyg0a6ttw4tyqs7g4jteza6sgwm8fk"); got != "age1992ap9dz…m8fk" {
		t.Errorf("the key in short is %q", got)
	}
}

func TestLettersSayWhatToDo(t *testing.T) {
	s := &Store{settings: Settings{Every: 15 * time.Minute, Alarm: time.Hour}, needs: Needs{Service: "asye", Site: "https://asye.example.org"}}
	for name, m := range map[string]fmt.Stringer{
		"late":  letter(s.lateMail(Health{Age: 3 * time.Hour, Found: true, Last: Backup{StartedAt: at(t, "2026-11-25T09:00:00Z")}}).Body),
		"never": letter(s.lateMail(Health{Age: 3 * time.Hour}).Body), "behind": letter(s.behindMail(Health{Behind: 3 * time.Hour}).Body),
	} {
		for _, want := range []string{"3 hours", "https://asye.example.org/admin/backups", "What to do", "You get this message because"} {
			if !strings.Contains(m.String(), want) {
				t.Errorf("%s lacks %q:\n%s", name, want, m)
			}
		}
	}
}

type letter string

func (l letter) String() string { return string(l) }
