package tally

// find looks for a byte, which sought has eight times, in n times 64 bytes. It
// takes sixteen at a time, with what every processor of this kind has; slowly in
// mark.go says the same in Go.
//
//go:noescape
func find(text *byte, sought uint64, marks *uint64, n int)

func (m *marks) of(text []byte, sought uint64) {
	text = text[:len(m)*wide]
	find(&text[0], sought, &m[0], len(m))
}
