// Package letters has the texts of the mail about accounts: plain text that says
// nothing of outcomes, pauses or equality answers (ACC-18), because mail is read
// in many places.
package letters
