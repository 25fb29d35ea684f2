//go:build !amd64

package tally

func (m *marks) of(text []byte, sought uint64) { m.slowly(text, sought) }
