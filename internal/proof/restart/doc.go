// Package restart is the net that holds a promise of every release: the program
// is restarted while people work, and nobody notices (RUN-1, RUN-2).
//
// Fifty requests a second come in, on connections that are kept open and on
// fresh ones, some of them slow to arrive, and one in five changes a record.
// Meanwhile the program is replaced again and again, in both ways that there
// are: the socket is held by a parent, as systemd does, or handed on to the
// successor. No request may fail, and each change that was acknowledged must be
// there, once.
package restart
