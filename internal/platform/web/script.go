package web

import (
	"encoding/json"
	"net/http"

	"example.org/asye/internal/platform/fault"
)

// Script answers a script of ours, in JSON.
func (r *Request) Script(w http.ResponseWriter, status int, said map[string]json.RawMessage) error {
	text, err := json.Marshal(said)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the reader has gone: nobody is left to tell
	return nil
}

// Ask gives the script of a passkey form what the device is to be asked: the name
// of the request, and its options. Where there is a refusal, the script says it.
func (r *Request) Ask(w http.ResponseWriter, name, options string, refusal error) error {
	if refusal != nil && fault.KindOf(refusal) == fault.Internal {
		return refusal
	}
	said, status := map[string]json.RawMessage{}, http.StatusOK
	put := func(key, text string) error {
		quoted, err := json.Marshal(text)
		said[key] = quoted
		return err
	}
	if refusal != nil {
		if err := put("problem", refusal.Error()); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	} else {
		if err := put("ceremony", name); err != nil {
			return err
		}
		said["options"] = json.RawMessage(options)
	}
	return r.Script(w, status, said)
}
