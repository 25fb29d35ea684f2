//go:build s3

package shipping

import _ "github.com/benbjohnson/litestream/s3" // a program of which few need so much: see docs/adr/0016

func init() { hasStore = true }
