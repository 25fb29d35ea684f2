package tally

import (
	"encoding/binary"
	"math/bits"
)

// What is looked for, eight times.
const (
	ones  = 0x0101010101010101
	comma = ',' * ones
	line  = '\n' * ones
	quote = '"' * ones
)

const (
	wide = 64      // bytes whose marks fill a word
	step = 4 << 10 // bytes that are marked before their lines are counted
)

// marks has a bit for each byte of a few pages, set where a certain byte stands.
type marks [step / wide]uint64

// slowly marks a byte, eight bytes at a time.
func (m *marks) slowly(text []byte, sought uint64) {
	text = text[:len(m)*wide]
	for i := 0; i < len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:]) ^ sought
		high := ^((x&^highs + ^uint64(highs)) | x) & highs // set in the bytes that were equal
		m[i/wide] = m[i/wide]>>8 | (high>>7)*0x0102040810204080&(0xff<<56)
	}
}

const highs = 0x80 * ones

// places are where marks stand in a block, in order. A burst of them is set down
// at a time, as many as 64 bytes often have, so that the processor need not guess
// how many; those too many are overwritten by the next.
type places struct {
	at    []int32
	n     int
	burst int
}

// keep drops the first places, and makes room for as many as a step may have.
func (p *places) keep(from int) {
	p.n = copy(p.at, p.at[from:p.n])
	if len(p.at) < p.n+step+wide {
		p.at = append(p.at, make([]int32, step+wide)...)
	}
}

// add sets down the places of marks in 64 bytes.
func (p *places) add(from int, marks uint64) {
	n := p.n
	p.n += bits.OnesCount64(marks)
	for ; marks != 0; n += p.burst {
		to := p.at[n : n+p.burst]
		for i := range to {
			to[i] = int32(from + bits.TrailingZeros64(marks))
			marks &= marks - 1
		}
	}
}
