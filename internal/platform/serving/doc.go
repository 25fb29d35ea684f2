// Package serving takes over the sockets of a service, serves on them, hands
// them to the program that comes next, and stops without cutting anybody off.
//
// A socket is never closed while somebody may be knocking at it. Either the
// system holds it (systemd's socket units, sd_listen_fds(3)) and connections
// wait in its queue while one program ends and the next begins; or the program
// hands it to its own successor ([Sockets.Succeed]) and stops only when that
// one is ready.
//
// A [Server] that stops says so first (Leaving, for /readyz), then asks each
// connection to end with its next answer, and closes none that somebody may be
// about to use. All of it has a limit in time.
package serving
