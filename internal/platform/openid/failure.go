package openid

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/oauth2"
)

// Kind says what sort of failure a visit ended in.
type Kind string

// The kinds of failure.
const (
	Away     Kind = "away"     // the directory does not answer, or not as it should
	Declined Kind = "declined" // the person turned back, or the directory would not let them
	Stale    Kind = "stale"    // not this browser's visit, too old, or used already
	Clock    Kind = "clock"    // its clock and ours differ by more than five minutes
	Forged   Kind = "forged"   // not signed by it, not for us, or not for this visit
	Unagreed Kind = "unagreed" // it does not know this service by the name and secret that we were given
)

// Failure is why a visit came to nothing. Its text is for the log and holds
// nothing of the person.
type Failure struct {
	Kind Kind
	Err  error
}

// Error is the kind and the cause.
func (f *Failure) Error() string { return "the directory: " + string(f.Kind) + ": " + f.Err.Error() }

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }

func failed(k Kind, format string, args ...any) error {
	return &Failure{k, fmt.Errorf(format, args...)}
}

// KindOf tells the kind of a failure; empty for another error.
func KindOf(err error) Kind {
	var f *Failure
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}

// ofExchange tells what went wrong when a code was handed in.
func ofExchange(err error) error {
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) {
		return failed(Away, "the code could not be handed in: %w", err)
	}
	status := 0
	if answer.Response != nil {
		status = answer.Response.StatusCode
	}
	switch {
	case answer.ErrorCode == "invalid_grant":
		return failed(Stale, "the code is not taken: %s", answer.ErrorCode)
	case answer.ErrorCode == "invalid_client" || answer.ErrorCode == "unauthorized_client" || status == 401:
		return failed(Unagreed, "the client is not taken: %s, status %d", answer.ErrorCode, status)
	case answer.ErrorCode != "" && status < 500:
		return failed(Unagreed, "the code is refused: %s, status %d", answer.ErrorCode, status)
	}
	return failed(Away, "the code could not be handed in: status %d", status)
}

// ofReply tells what the error means that a browser brought back.
func ofReply(code string) error {
	switch code {
	case "server_error", "temporarily_unavailable":
		return failed(Away, "it says %s", code)
	case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope", "invalid_client":
		return failed(Unagreed, "it says %s", code)
	}
	return failed(Declined, "it does not let the person through")
}

// gone reports whether the visitor left before we knew.
func gone(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }
