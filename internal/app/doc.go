// Package app puts the service together. It is the only package that imports
// every capability: config.go reads the settings, service.go builds each
// capability and mounts its pages, reactions.go has every effect of one
// capability on another, and a file for each command does what it says.
package app
