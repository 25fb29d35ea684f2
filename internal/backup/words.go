package backup

import (
	"fmt"
	"time"
)

// Ago says a length of time as people do: "3 hours", "1 day".
func Ago(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return many(int(d/time.Second), "second")
	case d < 2*time.Hour && d != time.Hour:
		return many(int(d/time.Minute), "minute")
	case d < 48*time.Hour:
		return many(int(d/time.Hour), "hour")
	}
	return many(int(d/(24*time.Hour)), "day")
}

func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Size says a number of bytes as people do: "3.8 MB".
func Size(bytes int64) string {
	switch {
	case bytes < 1000:
		return many(int(bytes), "byte")
	case bytes < 1_000_000:
		return fmt.Sprintf("%.1f KB", float64(bytes)/1e3)
	case bytes < 1_000_000_000:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
}

// Short is a public key as far as a reader needs it to tell it from another.
func Short(key string) string {
	if len(key) <= 16 {
		return key
	}
	return key[:12] + "…" + key[len(key)-4:]
}
