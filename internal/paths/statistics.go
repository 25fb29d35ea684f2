package paths

// Statistics is the page on how figures are worked out, at one of its methods.
func Statistics(method string) string {
	if method == "" {
		return "/statistics"
	}
	return "/statistics#" + method
}
