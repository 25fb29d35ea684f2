//go:build s3

package backups

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"example.org/asye/internal/proof"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// TestShipToStore is net-ship, to a store that speaks S3 and lies on this
// machine.
func TestShipToStore(t *testing.T) {
	n, long := rounds(t, 1)
	backend := s3mem.New()
	if err := backend.CreateBucket("asye"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	defer server.Close()
	out := wipe(t, proof.Program(t, "-tags", "s3"), "s3://asye/shipped?region=eu-west-2&endpoint="+server.URL, n,
		"AWS_ACCESS_KEY_ID=for-this-test", "AWS_SECRET_ACCESS_KEY=for-this-test")
	judge(t, out, n)
	if !long {
		return
	}
	other := wipe(t, proof.Program(t), "s3://asye/shipped?endpoint="+server.URL, 1)
	if other.wrong != 1 {
		t.Error("a program without S3 ships to a store")
	}
	proof.Keep(t, proof.Result{Net: "ship-store", Part: proof.NothingLost, Promise: "With the log shipped to a store (S3), the loss of the machine costs less than a minute",
		Saw: shipped(out), Twin: "The program that was built without S3: it refuses to start, and nothing can be restored", Command: fmt.Sprintf("make net-ship ROUNDS=%d", n)})
}
