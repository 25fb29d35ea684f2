// Package held keeps forms that could not go through as they came: because the
// act decides, and whoever is at the screen had to show first that it was them
// (ACC-54); or because their session had ended while they were writing (ACC-57).
//
// What was typed is sealed with a key that is not kept: it is in a ticket that
// only the browser has. Whoever reads the database cannot read it, and it opens
// for the person who typed it and nobody else.
package held
