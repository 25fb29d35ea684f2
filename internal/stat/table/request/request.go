package request

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Format is how answers are written.
type Format string

// The formats.
const (
	JSON Format = "json"
	Text Format = "text"
)

// Answer reads a list of questions, or one question after the other, and writes the answers in the same order. A
// question that has no answer gets a sentence that says why, and the next follows; only a text that is no JSON ends
// the list, with an error after what could be answered.
func Answer(in io.Reader, out io.Writer, format Format) error {
	w := writers[format]
	if w == nil {
		return fmt.Errorf("There is no format %q: choose json or text.", format)
	}
	to := bufio.NewWriter(out)
	return answerAll(in, w(to), to)
}

// writer writes answers one after the other.
type writer interface {
	write(answer) error
	end() error
}

var writers = map[Format]func(*bufio.Writer) writer{
	JSON: func(to *bufio.Writer) writer { return &jsonWriter{to: to} },
	Text: func(to *bufio.Writer) writer { return &textWriter{to: to} },
}

func answerAll(in io.Reader, w writer, to *bufio.Writer) error {
	questions, err := open(in)
	count := 0
	for err == nil {
		var raw json.RawMessage
		if raw, err = questions.next(); err != nil {
			break
		}
		count++
		if failed := errors.Join(w.write(reply(raw)), to.Flush()); failed != nil {
			return failed
		}
	}
	if failed := errors.Join(w.end(), to.Flush()); failed != nil {
		return failed
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return fmt.Errorf("The input is no JSON after table %d: %w.", count, err)
}

// questions are read one at a time.
type questions struct {
	*json.Decoder
	list bool
}

func open(in io.Reader) (*questions, error) {
	r := bufio.NewReader(in)
	for {
		c, err := r.ReadByte()
		switch {
		case err != nil:
			return nil, err
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			continue
		}
		if err := r.UnreadByte(); err != nil {
			return nil, err
		}
		q := &questions{Decoder: json.NewDecoder(r), list: c == '['}
		if q.list {
			_, err = q.Token()
		}
		return q, err
	}
}

func (q *questions) next() (raw json.RawMessage, err error) {
	if q.list && !q.More() {
		if _, err := q.Token(); err != nil {
			return nil, unfinished(err)
		}
		return nil, io.EOF
	}
	err = q.Decode(&raw)
	if q.list {
		err = unfinished(err)
	}
	return raw, err
}

// unfinished is the error of a list that ends before its bracket.
func unfinished(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
