package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Proxy tells that a proxy of our own adds the client's address as the last
// X-Forwarded-For. Without one that header is anybody's to write.
type Proxy bool

// Network is the network that a request comes from: an IPv4 address, or the
// half of an IPv6 address that one connection has.
func Network(r *http.Request, p Proxy) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if p {
		// Some proxies add a line of their own, so the last of all lines counts.
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			host = last
		}
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if a = a.Unmap(); a.Is6() {
		prefix, err := a.WithZone("").Prefix(64)
		if err == nil {
			return prefix.String()
		}
	}
	return a.String()
}

// Device is a browser in words: "Firefox on Windows".
func Device(userAgent string) string {
	browser := firstMatch(userAgent, "Edg", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet",
		"Firefox", "Firefox", "FxiOS", "Firefox", "Chrome", "Chrome", "CriOS", "Chrome", "Safari", "Safari")
	system := firstMatch(userAgent, "iPhone", "iPhone", "iPad", "iPad", "Android", "Android",
		"Windows", "Windows", "Mac OS X", "Mac", "CrOS", "ChromeOS", "Linux", "Linux")
	switch {
	case browser == "" && system == "":
		return "A browser that does not say what it is"
	case system == "":
		return browser
	case browser == "":
		return "A browser on " + system
	}
	return browser + " on " + system
}

// firstMatch gives the word of the first mark that text contains.
func firstMatch(text string, marksAndWords ...string) string {
	for i := 0; i+1 < len(marksAndWords); i += 2 {
		if strings.Contains(text, marksAndWords[i]) {
			return marksAndWords[i+1]
		}
	}
	return ""
}
