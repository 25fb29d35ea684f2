package main

import (
	"bufio"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
)

// write makes a file of invented records, the same each time.
func write(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	draw := rand.New(rand.NewPCG(2026, 9))
	w.WriteString("record_id,cohort,employer_id,region,gender,ethnicity,age_band,disability,deferrals,route,hours,outcome\n")
	pick := func(from []string) string { return from[draw.IntN(len(from))] }
	for i := range n {
		minority := draw.IntN(100) < 28
		ethnicity := "White"
		if minority {
			ethnicity = pick([]string{"Asian", "Black", "Mixed", "Other"})
		}
		outcome := "pass"
		switch chance := draw.IntN(1000); {
		case chance < 9 || minority && chance < 30:
			outcome = "fail"
		case chance > 930:
			outcome = pick([]string{"withdrawn", "in progress"})
		}
		for _, text := range []string{"N" + strconv.Itoa(1_000_000+i), pick(cohorts), "E" + strconv.Itoa(100+draw.IntN(200)), pick(regions),
			pick([]string{"Female", "Female", "Female", "Male"}), ethnicity, pick(ages), pick([]string{"No", "No", "No", "Yes", "Not stated"}),
			strconv.Itoa(draw.IntN(8) / 5), pick([]string{"undergraduate", "postgraduate", "apprenticeship"}), "37"} {
			w.WriteString(text)
			w.WriteByte(',')
		}
		w.WriteString(outcome)
		w.WriteByte('\n')
	}
	return errors.Join(w.Flush(), f.Close())
}

var (
	cohorts = []string{"2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2023-24"}
	ages    = []string{"Under 25", "25 to 34", "35 to 44", "45 to 54", "55 and over"}
	regions = []string{"London", "South East", "South West", "East of England", "East Midlands", "West Midlands", "North East", "North West", "Yorkshire and the Humber"}
)
