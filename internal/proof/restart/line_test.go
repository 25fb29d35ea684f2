package restart

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"
)

// line is a connection to the service. Unlike a browser's it never asks a second
// time by itself: a request that fails has failed.
type line struct {
	at   string
	keep bool // for the next request
	slow bool // half of what is sent comes a little later
	conn net.Conn
	in   *bufio.Reader
}

// late is how long a slow line waits in the middle of a request.
const late = 150 * time.Millisecond

// answer is what came back.
type answer struct {
	status   int
	location string
	body     string
}

// ask sends a request and reads the answer. What is sent without a form is a
// GET.
func (l *line) ask(path, cookie string, form url.Values) (answer, error) {
	if err := l.open(); err != nil {
		return answer{}, fmt.Errorf("cannot connect: %w", err)
	}
	if err := l.send(path, cookie, form); err != nil {
		l.close()
		return answer{}, fmt.Errorf("cannot send: %w", err)
	}
	res, err := http.ReadResponse(l.in, nil)
	if err != nil {
		l.close()
		return answer{}, fmt.Errorf("no answer: %w", err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		l.close()
		return answer{}, fmt.Errorf("half an answer: %w", err)
	}
	if res.Close || !l.keep {
		l.close()
	}
	return answer{res.StatusCode, res.Header.Get("Location"), string(body)}, nil
}

// open connects where there is no connection, or where the service has closed
// it while nobody used it: that much every browser looks at first.
func (l *line) open() error {
	if l.conn != nil {
		_ = l.conn.SetReadDeadline(time.Now().Add(100 * time.Microsecond))
		if _, err := l.in.Peek(1); !errors.Is(err, os.ErrDeadlineExceeded) {
			l.close()
		}
	}
	if l.conn == nil {
		conn, err := net.DialTimeout("tcp", l.at, patience)
		if err != nil {
			return err
		}
		l.conn, l.in = conn, bufio.NewReader(conn)
	}
	return l.conn.SetDeadline(time.Now().Add(patience))
}

func (l *line) send(path, cookie string, form url.Values) error {
	var text bytes.Buffer
	body, method := form.Encode(), http.MethodPost
	if form == nil {
		method = http.MethodGet
	}
	fmt.Fprintf(&text, "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n", method, path, l.at, cookie)
	if form != nil {
		fmt.Fprintf(&text, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", len(body))
	}
	if !l.keep {
		text.WriteString("Connection: close\r\n")
	}
	text.WriteString("\r\n" + body)
	whole := text.Bytes()
	if l.slow {
		half := len(whole) / 2
		if _, err := l.conn.Write(whole[:half]); err != nil {
			return err
		}
		time.Sleep(late)
		whole = whole[half:]
	}
	_, err := l.conn.Write(whole)
	return err
}

func (l *line) close() {
	if l.conn != nil {
		l.conn.Close()
		l.conn = nil
	}
}
