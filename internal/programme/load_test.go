package programme

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/asye/internal/platform/fault"
)

func TestFor(t *testing.T) {
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, programme, start string
		want                   string // a version, or part of the refusal
	}{
		{"PRG-1_the_first_day_of_a_window", "child-and-family", "2026-04-01", "2026"},
		{"PRG-1_the_day_before_it", "child-and-family", "2026-03-31", "2018"},
		{"PRG-1_the_last_day_of_a_window", "child-and-family", "2027-03-31", "2026"},
		{"PRG-2_the_day_after_it", "child-and-family", "2027-04-01", "has no rules for a start on 1 April 2027"},
		{"PRG-2_before_the_first", "child-and-family", "2018-03-31", "has no rules for a start on 31 March 2018"},
		{"PRG-1_the_first_cohort", "child-and-family", "2018-04-01", "2018"},
		{"PRG-1_adults_before_February", "adults", "2026-01-31", "2018"},
		{"PRG-1_adults_from_February", "adults", "2026-02-01", "2026"},
		{"PRG-1_adults_with_no_end", "adults", "2031-02-01", "2026"},
		{"PRG-2_only_a_draft", "early-career", "2027-09-01", "still a draft"},
		{"PRG-2_before_the_draft", "early-career", "2027-08-31", "has no rules for a start on 31 August 2027"},
		{"PRG-2_no_such_programme", "children", "2026-09-01", "Choose one of"},
		{"PRG-2_no_start", "adults", "", "Give the start date"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := Facts{}.Start
			if tt.start != "" {
				start = day(tt.start)
			}
			v, err := c.For(tt.programme, start)
			if err == nil && v.Version == tt.want {
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) || fault.KindOf(err) != fault.Invalid {
				t.Errorf("gave %q, %v; want %q", v.Version, err, tt.want)
			}
		})
	}
}

func TestGet(t *testing.T) {
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("PRG-1_an_old_version_is_kept", func(t *testing.T) {
		if v, err := c.Get("child-and-family", "2018"); err != nil || v.Version != "2018" {
			t.Errorf("%q, %v", v.Version, err)
		}
	})
	t.Run("PRG-1_one_that_is_not_there", func(t *testing.T) {
		if _, err := c.Get("child-and-family", "1999"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%v", err)
		}
	})
	t.Run("PRG-2_drafts_come_last", func(t *testing.T) {
		var names []string
		for _, p := range c.Programmes() {
			names = append(names, p.Name)
		}
		if strings.Join(names, ", ") != "Adults' ASYE, Child and family ASYE, Early career development programme" || !c.Programmes()[2].Draft {
			t.Errorf("%v", names)
		}
	})
}

// TestEmbedded reads what is built in as a reader would: every rule has words
// behind it.
func TestEmbedded(t *testing.T) {
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Programmes() {
		for _, v := range p.Versions {
			t.Run("PRG-3_"+v.Programme+"_"+v.Version, func(t *testing.T) {
				for _, b := range []Basis{v.Window.Basis, v.Length.Basis, v.PartTime.Basis, v.Standards[0].Basis, v.Pauses.Reasons[0].Basis} {
					if b.String() == "" || b.String() == "Assumed: " {
						t.Errorf("a rule of %s rests on nothing: %+v", v, b)
					}
				}
			})
		}
	}
}

func TestStandardsOn(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	for on, want := range map[string]string{"2027-03-31": "pqs", "2027-04-01": "early-career-standards"} {
		t.Run("PRG-20_"+on, func(t *testing.T) {
			in := v.StandardsOn(day(on))
			if len(in) != 2 || in[0].Key != want || in[1].Key != "pcf" {
				t.Errorf("in force on %s: %v", on, in)
			}
		})
	}
}

func TestPauseReasons(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	t.Run("PRG-19_capability_is_not_one", func(t *testing.T) {
		if _, ok := v.Pauses.Reasons.Find("capability"); ok || v.Pauses.NotReasons[0].Key != "capability" {
			t.Errorf("%+v", v.Pauses)
		}
	})
	t.Run("PRG-19_labels", func(t *testing.T) {
		if got := v.Pauses.Reasons.Label("parental-leave"); got != "Parental leave" {
			t.Error(got)
		}
		if got := v.Withdrawals.Label("a-key-of-another-version"); got != "a-key-of-another-version" {
			t.Error(got)
		}
	})
}

// builtIn is a built-in file as a tree that a test can spoil.
func builtIn(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

func asFile(t *testing.T, tree map[string]any) *fstest.MapFile {
	t.Helper()
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: text}
}

func part(tree map[string]any, path ...any) map[string]any {
	var at any = tree
	for _, step := range path {
		switch step := step.(type) {
		case string:
			at = at.(map[string]any)[step]
		case int:
			at = at.([]any)[step]
		}
	}
	return at.(map[string]any)
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(map[string]any)
		want  string
	}{
		{"an_unknown_word", func(f map[string]any) { f["lenght"] = 12 }, `unknown field "lenght"`},
		{"an_unknown_word_deep_down", func(f map[string]any) { part(f, "milestones", 0)["month"] = 3 }, `unknown field "month"`},
		{"a_date_that_is_none", func(f map[string]any) { part(f, "window")["first_day"] = "1 April 2026" }, "is not a date like 2026-09-01"},
		{"a_rule_without_a_source", func(f map[string]any) { delete(part(f, "length"), "source") }, "its length has no source"},
		{"a_source_that_is_not_listed", func(f map[string]any) { part(f, "length")["source"] = "hearsay" }, `names a source "hearsay"`},
		{"an_assumption_without_a_note", func(f map[string]any) { part(f, "length")["source"] = ""; part(f, "length")["assumed"] = true }, "does not say why"},
		{"a_source_and_an_assumption", func(f map[string]any) { part(f, "length")["assumed"] = true }, "has a source and is also assumed"},
		{"milestones_out_of_order", func(f map[string]any) { part(f, "milestones", 1)["months"] = 3 }, "List them from the earliest to the latest"},
		{"a_milestone_after_the_end", func(f map[string]any) { part(f, "milestones", 3)["months"] = 13 }, "after the end at 12"},
		{"a_milestone_twice", func(f map[string]any) { part(f, "milestones", 1)["key"] = "three-month-review" }, "stands twice in its milestones"},
		{"a_key_with_capitals", func(f map[string]any) { part(f, "milestones", 1)["key"] = "Six" }, `the key "Six"`},
		{"a_window_the_wrong_way_round", func(f map[string]any) { part(f, "window")["last_day"] = "2026-03-31" }, "before it begins"},
		{"no_window", func(f map[string]any) { delete(part(f, "window"), "first_day") }, "no first_day"},
		{"no_length", func(f map[string]any) { part(f, "length")["months"] = 0 }, "whole number from 1 to 60"},
		{"a_longest_that_is_too_short", func(f map[string]any) { part(f, "longest")["months"] = 11 }, "less than its length"},
		{"a_question_nobody_can_answer", func(f map[string]any) { part(f, "eligibility", 0)["key"] = "shoe-size" }, "not an eligibility question"},
		{"a_question_of_the_wrong_kind", func(f map[string]any) { part(f, "eligibility", 0)["kind"] = "date" }, `must be "yes_no"`},
		{"an_answer_that_leads_nowhere", func(f map[string]any) { delete(part(f, "eligibility", 0), "yes") }, "both yes and no"},
		{"a_refusal_without_a_reason", func(f map[string]any) { delete(part(f, "eligibility", 0, "no"), "reason") }, "without a reason"},
		{"an_unknown_consequence", func(f map[string]any) { part(f, "eligibility", 0, "no")["leads_to"] = "unsettled" }, "Use ok, unfunded or blocked"},
		{"limits_that_leave_people_out", func(f map[string]any) { part(f, "eligibility", 1, "limits", 1)["within_months"] = 60 }, "everybody who is left"},
		{"a_limit_that_asks_what_is_not_there", func(f map[string]any) { part(f, "eligibility", 1, "limits", 0)["asks"] = "current" }, "Add the question"},
		{"a_question_that_nothing_asks", func(f map[string]any) { part(f, "eligibility", 0)["only_if_asked"] = true }, "no limit ahead of it asks it"},
		{"a_standard_that_ends_before_it_begins", func(f map[string]any) { part(f, "standards", 0)["first_day"] = "2027-04-01" }, "before it begins"},
		{"a_pause_reason_without_a_label", func(f map[string]any) { part(f, "pauses", "reasons", 0)["label"] = "" }, "has no label"},
		{"a_reason_that_is_none", func(f map[string]any) { part(f, "pauses", "not_reasons", 0)["key"] = "sickness" }, "Keep one of the two"},
		{"no_withdrawal_reasons", func(f map[string]any) { f["withdrawals"] = []any{} }, "no withdrawal reasons"},
		{"no_name", func(f map[string]any) { f["name"] = "" }, "it has no name"},
		{"no_title_for_a_source", func(f map[string]any) { part(f, "sources", 0)["title"] = "" }, "has no title"},
	}
	for _, tt := range tests {
		t.Run("PRG-3_"+tt.name, func(t *testing.T) {
			tree := builtIn(t, "child-and-family-2026.json")
			tt.spoil(tree)
			_, err := Load(fstest.MapFS{"ours.json": asFile(t, tree)})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "The programme file ours.json cannot be used: ") {
				t.Errorf("said %v, want %q", err, tt.want)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	mend := func(edit func(map[string]any)) fstest.MapFS {
		tree := builtIn(t, "child-and-family-2026.json")
		edit(tree)
		return fstest.MapFS{"ours.json": asFile(t, tree)}
	}
	t.Run("PRG-4_an_operator_replaces_a_version", func(t *testing.T) {
		c, err := Load(Files(), mend(func(f map[string]any) { f["name"] = "Our own year" }))
		if err != nil {
			t.Fatal(err)
		}
		if v, _ := c.Get("child-and-family", "2026"); v.Name != "Our own year" {
			t.Errorf("still %q", v.Name)
		}
		if _, err := c.Get("child-and-family", "2018"); err != nil {
			t.Error(err)
		}
	})
	t.Run("PRG-4_an_operator_adds_a_version", func(t *testing.T) {
		c, err := Load(Files(), mend(func(f map[string]any) {
			f["version"], part(f, "window")["first_day"], part(f, "window")["last_day"] = "2027", "2027-04-01", "2028-03-31"
		}))
		if err != nil {
			t.Fatal(err)
		}
		if v, err := c.For("child-and-family", day("2027-04-01")); err != nil || v.Version != "2027" {
			t.Errorf("%q, %v", v.Version, err)
		}
	})
	t.Run("PRG-4_windows_may_not_overlap", func(t *testing.T) {
		_, err := Load(Files(), mend(func(f map[string]any) {
			f["version"], part(f, "window")["first_day"], part(f, "window")["last_day"] = "2027", "2027-03-31", "2028-03-31"
		}))
		if err == nil || !strings.Contains(err.Error(), "ours.json") || !strings.Contains(err.Error(), "child-and-family-2026.json") {
			t.Errorf("one shared day gave %v", err)
		}
	})
	t.Run("PRG-4_the_same_version_twice_in_a_directory", func(t *testing.T) {
		files := mend(func(map[string]any) {})
		files["again.json"] = files["ours.json"]
		if _, err := Load(files); err == nil || !strings.Contains(err.Error(), "same programme and version as again.json") {
			t.Errorf("%v", err)
		}
	})
	t.Run("PRG-3_two_programmes_in_a_file", func(t *testing.T) {
		files := mend(func(map[string]any) {})
		files["ours.json"].Data = append(files["ours.json"].Data, "{}"...)
		if _, err := Load(files); err == nil || !strings.Contains(err.Error(), "after the end of the programme") {
			t.Errorf("%v", err)
		}
	})
	t.Run("PRG-4_an_empty_directory", func(t *testing.T) {
		if _, err := Load(fstest.MapFS{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v", err)
		}
	})
	t.Run("PRG-4_a_directory_that_cannot_be_read", func(t *testing.T) {
		if _, err := Load(unreadable{fstest.MapFS{"a.json": {}}}); err == nil || !strings.Contains(err.Error(), "a.json") {
			t.Errorf("%v", err)
		}
	})
}

// unreadable lists its files and gives none of them.
type unreadable struct{ fstest.MapFS }

func (unreadable) ReadFile(string) ([]byte, error) { return nil, errors.New("no permission") }
