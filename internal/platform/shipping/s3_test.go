//go:build s3

package shipping

import (
	"net/http/httptest"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// shop is a store on this machine that speaks S3.
func shop(t *testing.T) string {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("asye"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "for-this-test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "for-this-test")
	t.Setenv("AWS_CA_BUNDLE", "") // litestream brings its own client, which takes none
	return "s3://asye/shipped?region=eu-west-2&endpoint=" + server.URL
}

func TestBAK11_ToAStore(t *testing.T) { thereAndBack(t, shop(t)) }

func TestBAK11_WhatIsInAStoreIsEncrypted(t *testing.T) {
	p, err := placeOf(shop(t))
	if err != nil {
		t.Fatal(err)
	}
	client, err := p.open(t.Context(), "here")
	if err != nil {
		t.Fatal(err)
	}
	sealing(t, client)
}
