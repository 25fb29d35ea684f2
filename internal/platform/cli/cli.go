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
	if !IsTerminal(to) {
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

// Read opens a file whose reading draws a bar.
func Read(path string, to io.Writer, what string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = info.Size()
	}
	return &watched{File: f, total: size, show: Progress(to, what)}, nil
}

// watched is a file that tells how far it has been read.
type watched struct {
	*os.File
	done, total int64
	show        func(done, total int)
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.File.Read(p)
	w.done += int64(n)
	w.show(int(w.done), int(w.total))
	return n, err
}

// IsTerminal reports whether what is written is read by a person at once.
func IsTerminal(to io.Writer) bool {
	f, ok := to.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
