package claim

import (
	"crypto/rand"
	"regexp"
	"strings"
)

// Letters of a password: five of each word, a consonant and a vowel by turns, so
// that it can be read aloud. They are those of "proquints" (Daniel Wilkerson,
// 2009), in which each word has 16 bits.
const (
	consonants = "bdfghjklmnprstvz"
	vowels     = "aiou"
	wordsOf    = 6 // 96 bits
)

// NewPassword makes a password for a file that is sent to a funder, such as
// lusab-babad-gutih-tugad-mabon-kifor. Nobody keeps it here (GRA-30).
func NewPassword() string {
	raw := make([]byte, 2*wordsOf)
	rand.Read(raw) // never fails
	words := make([]string, wordsOf)
	for i := range words {
		words[i] = word(uint16(raw[2*i])<<8 | uint16(raw[2*i+1]))
	}
	return strings.Join(words, "-")
}

func word(n uint16) string {
	return string([]byte{consonants[n>>12], vowels[n>>10&3], consonants[n>>6&15], vowels[n>>4&3], consonants[n&15]})
}

var password = regexp.MustCompile(`^([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz](-([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]){5}$`)

// IsPassword reports whether a text has the form of a password that was made
// here.
func IsPassword(text string) bool { return password.MatchString(text) }
