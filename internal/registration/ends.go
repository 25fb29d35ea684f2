package registration

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// Ends is when a year ends, as far as that is known. While it is paused, every
// day moves the end; where a return is expected, the day to plan with is the one
// that follows from it.
type Ends struct {
	Now  programme.Schedule // as if whoever is away came back today: the earliest there can be
	Back asye.Date          // the expected day of return; zero when none is, or when it has passed
	Then programme.Schedule // as it will be after that return; Now when Back is zero
}

// Ends derives when the year ends, with and without the expected return
// (REG-24).
func (r Record) Ends(today asye.Date) Ends {
	e := Ends{Now: r.Schedule(today)}
	e.Then = e.Now
	if open := r.OpenPause(); open != nil && open.ExpectedReturn.After(today) && open.Period.Start.Before(open.ExpectedReturn) {
		e.Back = open.ExpectedReturn
		e.Then = r.WithReturn(open.ExpectedReturn).Schedule(today)
	}
	return e
}

// Expected reports whether the end follows from an expected return.
func (e Ends) Expected() bool { return !e.Back.IsZero() }

// String is the last day with what it hangs on: "10 April 2028 if the return is
// on 1 November 2027, and 13 July 2027 at the earliest".
func (e Ends) String() string {
	switch {
	case e.Expected():
		return e.Then.LastDay.String() + " if the return is on " + e.Back.String() + ", and " + e.Now.LastDay.String() + " at the earliest"
	case e.Now.Provisional:
		return e.Now.LastDay.String() + " at the earliest"
	}
	return e.Now.LastDay.String()
}
