package clock

import "time"

// Stopwatch starts to measure, and what it gives tells how much time has passed
// since. It goes by the beat of the machine, which nobody can set: it is for
// lengths of time, never for dates.
func Stopwatch() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}
