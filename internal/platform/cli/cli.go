// Package cli is how the program talks on a command line: its exit statuses
// and its progress bar.
package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
)

// The statuses with which the program ends.
const (
	Done    = 0 // all is well
	Failed  = 1 // something went wrong that the caller did not cause
	Usage   = 2 // the command was not understood
	Refused = 3 // the input was understood and refused: rows with errors
)

// Exit is an error that chooses the exit status.
type Exit struct {
	Status int
	Text   string // shown on standard error; nothing when empty
}

// Error gives the text.
func (e *Exit) Error() string { return e.Text }

// Refusal is input that was understood and refused.
func Refusal(format string, args ...any) error {
	return &Exit{Refused, fmt.Sprintf(format, args...)}
}

// Misuse is a command that was not understood.
func Misuse(format string, args ...any) error {
	return &Exit{Usage, fmt.Sprintf(format, args...)}
}

// Progress draws a bar on a terminal, and nothing elsewhere. Call the function
// it returns with what is done and out of how much.
func Progress(to io.Writer, what string) func(done, total int) {
	file, ok := to.(*os.File)
	if !ok || !isTerminal(file) {
		return func(int, int) {}
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(to), progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
		}
		_ = bar.Set(done) // a bar that cannot be drawn is no failure
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
