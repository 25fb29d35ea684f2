// Package docs holds those pages of the documentation that the service shows
// too, so that there is one text of each.
package docs

import _ "embed"

// Statistics says how figures are worked out.
//
//go:embed statistics.md
var Statistics string
