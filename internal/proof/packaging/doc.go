// Package packaging reads what a release is installed with: the systemd units,
// the Dockerfile and the compose file. Where systemd-analyze is installed, it
// judges the units. No image is built here: there is no engine to build one.
package packaging
