// Package openid lets somebody prove who they are at another system that speaks
// OpenID Connect: a council's directory. It asks with a code, PKCE, a state and
// a nonce, and believes only a token that the directory has signed with a key of
// its own, for us, for this one visit, within five minutes of our clock.
//
// What a directory says of itself is asked for afresh every half minute, so that
// one that is down is noticed before a browser is sent there, keys that it has
// withdrawn are forgotten, and all comes right by itself. An unknown key is
// asked for at once.
//
// Who the person is here, and whether they may come in, is for others to say.
// Start reading at [Client.Begin] and [Client.Finish].
package openid
