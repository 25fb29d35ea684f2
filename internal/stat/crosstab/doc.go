// Package crosstab tests a table of counts with any number of rows and columns: by chi-square, and exactly by the
// test of Fisher, Freeman and Halton (Freeman and Halton, Biometrika 38 (1951) 141-149). Where exact work would be
// too much it draws tables at random, with a fixed seed, and says how sure the answer is.
package crosstab
