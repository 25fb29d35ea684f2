// Package claims has an employer's pages of grants: what is due for each NQSW
// and what to do about the rest, claims from their draft to the funder's answer,
// the file that the funder is sent, and the rules that all of it rests on.
//
// Each page is a pair of files with one name. due_list.go is where people begin,
// claim_show.go what a director signs, claim_file.go what goes to the funder;
// words.go has the words that several pages share. Start reading at due_list.go.
package claims
