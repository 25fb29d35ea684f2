// Package own has the pages of one's own account: who one is here, the ways in
// which one signs in, and where one is signed in just now.
package own
