// Package mail keeps messages in an outbox and sends them.
//
// A message is queued in the transaction of the change that it tells of, so
// that neither happens without the other. [Outbox.Run] sends what waits, tries
// again with growing pauses, and gives up where the mail server says that it
// never will. Without a mail server messages stay in the outbox, where an
// administrator can read them.
//
// The text of a message is forgotten once it is sent: it may hold a sign-in
// link, which is nobody's but the recipient's.
package mail
