package openid

import (
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

// How long a directory may take, and how much it may say.
const (
	patience     = 4 * time.Second // for one answer
	wholeVisit   = 9 * time.Second // for all answers of one visit together
	longestReply = 1 << 20
)

// newHTTP is a client that neither waits long nor reads much, since a directory
// that hangs must not take our pages with it.
func newHTTP() *http.Client {
	return &http.Client{Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: short{&http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
			DialContext:         (&net.Dialer{Timeout: patience / 2}).DialContext,
			TLSHandshakeTimeout: patience / 2, IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: 4,
		}}}
}

// short cuts off answers that are too long.
type short struct{ http.RoundTripper }

func (s short) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := s.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = &cut{res.Body, longestReply}
	}
	return res, err
}

type cut struct {
	io.ReadCloser
	left int
}

var errLong = errors.New("the answer is too long")

func (c *cut) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if c.left -= n; c.left < 0 {
		return 0, errLong
	}
	return n, err
}
