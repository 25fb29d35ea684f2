package provider

import (
	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Directory is one with which people can sign in.
type Directory struct {
	account.Directory
	Issuer string // by what its accounts are known
}

// Proof is what a directory has just said of somebody.
type Proof struct {
	Directory string // its key
	Issuer    string
	Subject   string
	Address   string // for which it answers; empty where it answers for none
	Shown     string // what the person knows the account by
}

// Link is a directory account that is connected to a person.
type Link struct {
	ID       string
	Issuer   string
	Name     string // of the directory; its issuer where that is no longer set
	Shown    string
	ByPerson bool // connected by the person, and not for its address
	At       asye.Instant
	LastUsed asye.Instant
}

// vouches reports whether an address says whose account this is.
func (d Directory) vouches(p Proof) bool { return p.Address != "" && d.Owns(p.Address) }

// The reasons for which somebody whom a directory knows does not come in.
var (
	errUnknown = fault.New(fault.Forbidden, "This account belongs to nobody who is known here yet")
	errAnother = fault.New(fault.Forbidden, "The person with this e-mail address comes in with another account of the same organisation. "+
		"If both are yours, ask an administrator to disconnect the one before. If you have been given the address of somebody who has left, ask "+
		"the person who runs the ASYE programme at your employer to put you on record yourself")
	errUsed = fault.New(fault.Forbidden, "This visit has ended already. Sign in once more")
)

// The reasons for which an account cannot be connected.
var (
	errTheirs = fault.New(fault.Forbidden, "This account is connected to somebody else here. Ask an administrator to disconnect it there first")
	errSecond = fault.New(fault.Forbidden, "You have connected another account of this organisation already. Disconnect it first")
)
