package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

func answersTo(t *testing.T, questions string) []map[string]any {
	t.Helper()
	var out bytes.Buffer
	if err := Answer(strings.NewReader(questions), &out, JSON); err != nil {
		t.Fatal(err)
	}
	var list []map[string]any
	if err := json.Unmarshal(out.Bytes(), &list); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	return list
}

func TestAnswersInOrder(t *testing.T) {
	list := answersTo(t, `[{"id":"g","table":[[6,168],[18,1468.0]]}, {"id":2,"x":[10,9,5],"n":[1110,409,141],"scores":[0,1,2]},
		{"id":{"a":1},"strata":[[[6,168],[18,1468]],[[2,3],[1,9]]]}, {"x":6,"n":174}, {"id":"m","p":[0.01,0.04,0.2]},
		{"id":"r","table":[[1,2,3],[4,5,6],[0,0,0]]}, {"id":"z","table":[[0,0],[3,4]]},
		{"id":"w","power":{"n1":174,"n0":1486,"p0":0.0121,"rr":2}}, {"id":"g","groups":[[14,458],[10,1178]]}, {"id":"i","interaction":[[3,97],[2,98],[2,98],[1,99]]}]`)
	for i, name := range []string{"fisher_two_sided", "asymptotic", "mh_or", "0.95", "holm", "ffh", "or_haldane", "power_midp", "groups", "reri"} {
		result, _ := list[i]["result"].(map[string]any)
		if name == "or_haldane" {
			result, _ = result["ci"].(map[string]any)["0.9"].(map[string]any)
		}
		if _, ok := result[name]; !ok {
			t.Errorf("answer %d has no %s: %v", i, name, list[i])
		}
	}
	if list[1]["id"] != 2.0 || list[3]["id"] != nil {
		t.Errorf("ids are %v and %v", list[1]["id"], list[3]["id"])
	}
	empty := list[6]["result"].(map[string]any)
	if empty["rr"] != nil || empty["ci"].(map[string]any)["0.95"].(map[string]any)["or_exact"].([]any)[1] != "inf" {
		t.Errorf("an empty group gives %v", empty)
	}
}

// TestBadTables: each has a sentence that says why, and what follows it is answered.
func TestBadTables(t *testing.T) {
	for question, says := range map[string]string{
		`{"table":[[1,-2],[3,4]]}`:                  "never negative",
		`{"table":[[1,2.5],[3,4]]}`:                 "whole numbers",
		`{"table":[[1,"2"],[3,4]]}`:                 "no count of people",
		`{"table":[[1,2],[3]]}`:                     "Row 2 has 1",
		`{"table":[[1,2]]}`:                         "at least two rows",
		`{"table":[]}`:                              "no rows",
		`{"table":[1,2]}`:                           "no list of counts",
		`{"table":7}`:                               "no list of rows",
		`{"table":[[0,0],[0,0]]}`:                   "nobody",
		`{"table":[[0,0,0],[1,2,3]]}`:               "nothing is left to compare",
		`{"table":[[1e300,1],[1,1]]}`:               "more people",
		`{"table":[[1,2],[3,4]],"x":1}`:             "more than one",
		`{"id":4}`:                                  "none of",
		`5`:                                         "no object",
		`{"x":3}`:                                   "no n",
		`{"x":3,"n":2}`:                             "no more events than people",
		`{"x":0,"n":0}`:                             "at least one",
		`{"x":[1,2],"n":[3]}`:                       "needs one of each",
		`{"x":[1,2],"n":[3,1]}`:                     "2 events among 1",
		`{"x":[1],"n":[3]}`:                         "at least two groups",
		`{"x":[1,2],"n":[3,4],"scores":[1,"b"]}`:    "no number",
		`{"p":[0.1,2]}`:                             "between 0 and 1",
		`{"power":{"n1":10,"n0":10}}`:               "needs the numbers",
		`{"power":{"n1":10,"n0":10,"p0":2}}`:        "between 0 and 1",
		`{"power":{"n1":0,"n0":10,"p0":0.1}}`:       "at least one",
		`{"power":{"n1":9,"n0":9,"p0":0.6,"rr":2}}`: "between 0 and 1",
		`{"power":{"n0":10,"p0":0.1}}`:              "no n1",
		`{"groups":[[1,2,3]]}`:                      "two counts",
		`{"groups":[[1,2]],"reference":2}`:          "group 2 of 1",
		`{"interaction":[[1,2]]}`:                   "four rows",
		`{"interaction":[[0,0],[1,2],[1,2],[1,2]]}`: "Group 1 of the four",
		`{"p":[]}`:                                  "empty",
		`{"p":[null]}`:                              "no number",
		`{"strata":[]}`:                             "no list of tables",
		`{"strata":[[[1,2,3],[4,5,6]]]}`:            "two rows and two columns",
		`{"strata":[[[0,0],[0,0]]]}`:                "nobody",
		`{"strata":[[[1,2],[3,4]],[[1,-2],[3,4]]]}`: "Stratum 2",
	} {
		list := answersTo(t, "["+question+`,{"id":"after","x":1,"n":2}]`)
		text, _ := list[0]["error"].(string)
		if !strings.Contains(text, says) || !strings.HasSuffix(text, ".") || list[0]["result"] != nil || list[1]["result"] == nil {
			t.Errorf("%s is answered %v, want %q", question, list, says)
		}
	}
}

func TestOneAfterTheOther(t *testing.T) {
	if n := len(answersTo(t, "  {\"x\":1,\"n\":2}\n{\"x\":1,\"n\":3}\n")); n != 2 {
		t.Errorf("%d answers", n)
	}
	if n := len(answersTo(t, " ")) + len(answersTo(t, "[]")); n != 0 {
		t.Errorf("%d answers to nothing", n)
	}
}

func TestBrokenInput(t *testing.T) {
	for _, text := range []string{`[{"x":1,"n":2},`, `[{"x":1,"n":2}`, `[{"x":1,"n":2} {]`, `[{"x":1,"n":2}, oh`, `{"x":1,"n":2} {"x"`} {
		var out bytes.Buffer
		err := Answer(strings.NewReader(text), &out, JSON)
		var list []any
		if err == nil || json.Unmarshal(out.Bytes(), &list) != nil || len(list) != 1 {
			t.Errorf("%s gives %v and %s", text, err, out.String())
		}
	}
	if err := Answer(strings.NewReader("[]"), io.Discard, "xml"); err == nil {
		t.Error("there is no format xml")
	}
}

// TestStreams: an answer is written before the next question has come.
func TestStreams(t *testing.T) {
	in, send := io.Pipe()
	receive, out := io.Pipe()
	go func() { out.CloseWithError(errors.Join(Answer(in, out, JSON), io.EOF)) }()
	go func() { _, _ = send.Write([]byte(`[{"id":1,"x":1,"n":2},`)) }()
	var got string
	buffer := make([]byte, 1<<16)
	for !strings.Contains(got, "result") {
		n, err := receive.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		got += string(buffer[:n])
	}
	_, _ = send.Write([]byte(`{"id":2,"x":1,"n":2}]`))
	_ = send.Close()
	rest, _ := io.ReadAll(receive)
	if !strings.Contains(string(rest), `"id":2`) {
		t.Errorf("the rest is %s", rest)
	}
}

func TestInWords(t *testing.T) {
	var out bytes.Buffer
	err := Answer(strings.NewReader(`[{"id":"gender","table":[[6,168],[18,1468]]},{"id":"r","table":[[1,2,3],[4,5,6],[0,0,0]]},{"x":[10,9,5],"n":[1110,409,141]},
		{"strata":[[[6,168],[18,1468]]]},{"x":6,"n":174},{"p":[0.01]},{"id":"bad"}]`), &out, Text)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"gender\n  Group: 6 of 174 (3.45%). Reference: 18 of 1486 (1.21%).", "95% interval 1.062 to 6.783 (SCAS)", "row 3",
		"2: 5 of 141", "Mantel-Haenszel", "(Wilson)", "Holm 0.01", "bad\n  The question has none"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("does not say %q:\n%s", line, out.String())
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(`[{"id":1,"table":[[6,168],[18,1468]]}]`)
	f.Add(`{"x":[1,2],"n":[3,4],"scores":[1e9,-1]} [1]`)
	f.Add(`[{"strata":[[[1,2],[3,4]],[[0,0],[0,0]]]},{"p":[1,0]}]`)
	f.Fuzz(func(t *testing.T, questions string) {
		var out bytes.Buffer
		_ = Answer(strings.NewReader(questions), &out, JSON)
		var list []any
		if err := json.Unmarshal(out.Bytes(), &list); err != nil {
			t.Fatalf("%v: %s", err, out.String())
		}
	})
}
