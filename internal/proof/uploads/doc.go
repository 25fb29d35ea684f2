// Package uploads is the net under files that nobody has vouched for: hostile
// spreadsheets are sent to the running program, eight at once, while somebody
// else goes on reading pages.
package uploads
