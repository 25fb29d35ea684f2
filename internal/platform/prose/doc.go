// Package prose reads a document of ours, written in Markdown, so that a page
// can show it: a title, sections, parts of sections, and paragraphs.
//
// It takes no more of Markdown than that: what a page could not draw, such as
// HTML, a picture or a table, is an error that names the line. Pages draw spans
// of text with their own templates, which escape them; no HTML comes from here.
package prose
