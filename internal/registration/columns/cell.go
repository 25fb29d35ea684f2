package columns

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// longestShown is the longest text of a cell that a message repeats.
const longestShown = 40

func wordsColumn(c Column, at func(*registration.Entry) *string) Column {
	c.parse = func(cell files.Cell, e *registration.Entry) error {
		*at(e) = strings.Join(strings.Fields(cell.Text), " ")
		return nil
	}
	c.text = func(e registration.Entry) string { return *at(&e) }
	return c
}

func choiceColumn(c Column, at func(*registration.Entry) *string) Column {
	c.parse = func(cell files.Cell, e *registration.Entry) error {
		option, ok := c.Option(cell.Text)
		if !ok {
			return fmt.Errorf("%s is not on the list. Write one of: %s", Quoted(cell.Text), strings.Join(c.Labels(), ", "))
		}
		*at(e) = option.Key
		return nil
	}
	c.text = func(e registration.Entry) string { return c.Options.Label(*at(&e)) }
	return c
}

func dayColumn(c Column, at func(*registration.Entry) *asye.Date) Column {
	c.kind = day
	c.parse = func(cell files.Cell, e *registration.Entry) (err error) {
		*at(e), err = readDay(cell)
		return err
	}
	c.text = func(e registration.Entry) string { return at(&e).ISO() }
	return c
}

func hoursColumn(c Column, at func(*registration.Entry) *registration.Hours) Column {
	c.kind = figures
	c.parse = func(cell files.Cell, e *registration.Entry) (err error) {
		*at(e), err = readHours(cell)
		return err
	}
	c.text = func(e registration.Entry) string { return at(&e).String() }
	return c
}

var (
	shortened   = regexp.MustCompile(`(?i)^\d+([.,]\d+)?e[+-]?\d+$`)
	serial      = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	noFraction  = regexp.MustCompile(`^(\d+)\.0+$`)
	commaNumber = regexp.MustCompile(`^(\d{1,3}),(\d{1,2})$`)
)

// readDay reads a real date, or one in words or figures with the day first.
func readDay(cell files.Cell) (asye.Date, error) {
	if y, m, d, ok := cell.Date(); ok {
		return asye.NewDate(y, m, d), nil
	}
	text := strings.TrimSpace(cell.Text)
	if serial.MatchString(text) {
		return asye.Date{}, fmt.Errorf("%s is a spreadsheet's own number for a date. Format the column as a date and save the file again", Quoted(text))
	}
	if len(text) > longestShown {
		return asye.Date{}, fmt.Errorf("%s is not a date that we can read. Write it like 1 September 2026 or 01/09/2026", Quoted(text))
	}
	return asye.ParseUKDate(text)
}

// readNumber forgives a missing SW, and the decimals that some programs add to
// figures.
func readNumber(cell files.Cell) (registration.Number, error) {
	text := strings.TrimSpace(cell.Text)
	if shortened.MatchString(text) {
		return "", fmt.Errorf("%s was shortened by the spreadsheet program. Format the column as text and write the number again, like SW1234", Quoted(text))
	}
	return registration.ParseNumber(noFraction.ReplaceAllString(text, "$1"))
}

func readYear(cell files.Cell) (int, error) {
	text := noFraction.ReplaceAllString(strings.TrimSpace(cell.Text), "$1")
	if y, _, _, ok := cell.Date(); ok {
		return y, nil
	}
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || year < 1000 { // 0001 would be written as 1, and 0000 read as no year
		return 0, fmt.Errorf("%s is not a year. Write it in four figures, like 2026", Quoted(cell.Text))
	}
	return year, nil
}

// readHours also takes the decimal comma of other countries, and rounds away
// what a program's arithmetic leaves behind: 22.200000000000003.
func readHours(cell files.Cell) (registration.Hours, error) {
	text := strings.TrimSpace(cell.Text)
	if m := commaNumber.FindStringSubmatch(text); m != nil {
		text = m[1] + "." + m[2]
	}
	if _, part, ok := strings.Cut(text, "."); ok && len(part) > 2 {
		if value, err := strconv.ParseFloat(text, 64); err == nil {
			if rounded := strconv.FormatFloat(value, 'f', 2, 64); near(rounded, value) {
				text = rounded
			}
		}
	}
	read, err := registration.ParseHours(text)
	if err != nil || read == 0 { // none would be read as not given
		return 0, fmt.Errorf("%s is not a number of hours. Write it like 37 or 22.5", Quoted(cell.Text))
	}
	return read, nil
}

func near(text string, value float64) bool {
	rounded, err := strconv.ParseFloat(text, 64)
	return err == nil && rounded-value < 1e-6 && value-rounded < 1e-6
}

func readYesNo(cell files.Cell) (programme.Answer, error) {
	switch plain(cell.Text) {
	case "yes", "y", "true", "1":
		return programme.Yes, nil
	case "no", "n", "false", "0":
		return programme.No, nil
	}
	return "", fmt.Errorf("%s is neither yes nor no. Write Yes or No", Quoted(cell.Text))
}

// Quoted repeats a text in a message, but not a page of it.
func Quoted(text string) string {
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > longestShown {
		text = string(runes[:longestShown]) + "…"
	}
	return `"` + text + `"`
}
