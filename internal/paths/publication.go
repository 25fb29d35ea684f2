package paths

import "net/url"

// Releases lists the figures that were published, for everybody.
func Releases() string { return "/releases" }

// Release is one published release.
func Release(id string) string { return Releases() + "/" + id }

// ReleaseFile is a published release as a file in a format: csv, ods or xlsx.
func ReleaseFile(id, format string) string {
	return Release(id) + "/download?" + url.Values{"format": {format}}.Encode()
}

// Publication is where releases are prepared.
func Publication() string { return "/publication" }

// PublicationNew prepares a release.
func PublicationNew() string { return Publication() + "/new" }

// PublicationCheck is a release as those who work on it see it.
func PublicationCheck(id string) string { return Publication() + "/" + id }

// PublicationAct is an act on a release: approve, discard or withdraw.
func PublicationAct(id, act string) string { return PublicationCheck(id) + "/" + act }

// QuestionList is where the figures are asked, with the log of what was.
func QuestionList() string { return "/questions" }

// Question is one question with its answer.
func Question(id string) string { return QuestionList() + "/" + id }
