package tally

import (
	"math/rand/v2"
	"testing"
)

// TestMarks: both ways mark the bytes that are sought, and no others.
func TestMarks(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 1))
	text := make([]byte, step)
	for range 50 {
		for i := range text {
			text[i] = byte(draw.IntN(256))
			if draw.IntN(3) == 0 {
				text[i] = ",\n\"\x00\xac-+"[draw.IntN(7)]
			}
		}
		for _, sought := range []uint64{comma, line, quote} {
			var m, slowly marks
			m.of(text, sought)
			slowly.slowly(text, sought)
			for i, one := range text {
				is := one == byte(sought)
				if m[i/wide]>>(i%wide)&1 == 1 != is || slowly[i/wide]>>(i%wide)&1 == 1 != is {
					t.Fatalf("byte %d is %q, sought is %q", i, one, byte(sought))
				}
			}
		}
	}
}

// TestPlaces: bursts leave out nothing, however dense the marks.
func TestPlaces(t *testing.T) {
	draw := rand.New(rand.NewPCG(2, 2))
	for _, burst := range []int{1, 2, 12, 64} {
		p := places{burst: burst}
		p.keep(0)
		var want []int32
		for word := range step / wide {
			marks := draw.Uint64() & draw.Uint64()
			if word%3 == 0 {
				marks = ^uint64(0) << (word % 64)
			}
			for i := range wide {
				if marks>>i&1 == 1 {
					want = append(want, int32(word*wide+i))
				}
			}
			p.add(word*wide, marks)
		}
		for i, at := range want {
			if p.n != len(want) || p.at[i] != at {
				t.Fatalf("%d places, want %d; number %d is %d, want %d", p.n, len(want), i, p.at[i], at)
			}
		}
	}
}
