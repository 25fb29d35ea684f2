// Package impersonation is the net that holds that nobody can act as somebody
// else (ACC-39): the release binary is searched for what would let them, each
// way to a session is on a list that a person has read, and a running program is
// asked for every page with every header, query and cookie that a back door has
// ever been opened with.
package impersonation
