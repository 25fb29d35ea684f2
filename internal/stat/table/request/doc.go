// Package request answers lists of tables: it reads questions as JSON one after the other, and writes an answer to
// each before it reads the next.
package request
