// Package powercut is the net under DUR-3: what was acknowledged is there after
// the power has failed.
//
// The database lies on a file system of its own, inside an image. A writer
// changes it through internal/platform/db and says what was acknowledged. It is
// killed, and the image is copied at once, with nothing flushed and nothing
// unmounted: the copy holds what had reached the block device, as after a power
// cut. The copy is mounted, the database opened, and everything acknowledged is
// looked for. The next round goes on from there.
//
// A killed program alone proves nothing here: what it wrote is in the memory of
// the kernel, which lives on. What this net cannot see is a disk that says it
// has what it has not.
package powercut
