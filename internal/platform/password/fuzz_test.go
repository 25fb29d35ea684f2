package password

import "testing"

// What is kept of a password matches it alone; what is no hash is an error, and
// asks for no more memory than ours do.
func FuzzKept(f *testing.F) {
	f.Add(Make("correct kettle moon"), "correct kettle moon")
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$AAAA$AAAA", "x")
	f.Add("$argon2id$v=19$m=0,t=0,p=0$$", "")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, kept, text string) {
		c, _, _, err := read(kept)
		if err != nil {
			if ok, _ := Matches(kept, text); ok {
				t.Fatalf("%q matches %q", kept, text)
			}
			return
		}
		if c.memory > mostMemory || c.passes > mostPasses {
			t.Fatalf("%q would take %d KB of memory", kept, c.memory)
		}
	})
}
