package password

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Shortest and Longest bound a password, in characters. Nothing else is asked
// of it: no capital, no figure, no sign, and no change after so many days (NIST
// SP 800-63B, section 3.1.1; National Cyber Security Centre, password policy).
const (
	Shortest = 12
	Longest  = 200
)

//go:embed common.txt
var list string

// common are the passwords and the beginnings of passwords that are guessed
// first.
var common = func() map[string]bool {
	out := map[string]bool{}
	for _, line := range strings.Split(list, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out[line] = true
		}
	}
	return out
}()

// Refusal says why a password cannot be used, or nothing. own are words that
// anybody would try on this person: their name, their address, the service.
func Refusal(text string, own ...string) string {
	switch n := utf8.RuneCountInString(norm.NFKC.String(text)); {
	case n == 0:
		return "Enter a password"
	case n < Shortest:
		return "The password must be 12 characters or more. Three words that have nothing to do with each other are easy to remember"
	case n > Longest:
		return "The password must be 200 characters or fewer"
	case isGuessable(text):
		return "This password is one of those that are tried first. Choose three words that have nothing to do with each other"
	case isOwn(text, own):
		return "This password is made of your name, your address or the name of the service. Choose three words that have nothing to do with each other"
	}
	return ""
}

// isGuessable finds what is tried first: a common password, with or without
// figures around it and letters written as figures, a few characters over and
// over, and a walk along the keyboard or the alphabet.
func isGuessable(text string) bool {
	small := strings.ToLower(norm.NFKC.String(text))
	for _, form := range []string{small, strings.TrimFunc(small, notLetter), written.Replace(small), written.Replace(strings.TrimFunc(small, notLetter))} {
		if common[form] || common[unit(form)] {
			return true
		}
	}
	return distinct(small) <= 4 || isWalk(small)
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// written are figures and signs that stand for letters.
var written = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// unit is what a text is a repetition of; the text itself where it is none.
func unit(text string) string {
	for n := 1; n <= len(text)/2; n++ {
		if len(text)%n == 0 && strings.Repeat(text[:n], len(text)/n) == text {
			return text[:n]
		}
	}
	return text
}

func distinct(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen)
}

// walks are what fingers run along.
var walks = []string{"qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz", "12345678901234567890", "01234567890123456789",
	"1234567890qwertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp"}

func isWalk(text string) bool {
	back := []rune(text)
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	for _, w := range walks {
		if strings.Contains(w+w, text) || strings.Contains(w+w, string(back)) {
			return true
		}
	}
	return false
}

// leftOver is how many characters must be left when the own words are taken out.
const leftOver = 6

func isOwn(text string, own []string) bool {
	rest := strings.ToLower(text)
	for _, words := range own {
		for _, word := range strings.FieldsFunc(strings.ToLower(words), notLetter) {
			if utf8.RuneCountInString(word) > 2 {
				rest = strings.ReplaceAll(rest, word, "")
			}
		}
	}
	return len(rest) < len(text) && utf8.RuneCountInString(strings.TrimFunc(rest, notLetter)) < leftOver
}
