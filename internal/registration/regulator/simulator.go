package regulator

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/registration"
)

//go:embed data/register.json
var embedded []byte

// Known gives the name under which a number is recorded in this service; empty
// when it is not.
type Known func(ctx context.Context, number registration.Number) (string, error)

// Simulator is a register of scenarios. It calls nobody.
type Simulator struct {
	scenarios scenarios
	known     Known
}

// scenarios is what data/register.json holds.
type scenarios struct {
	CheckedOn asye.Date `json:"checked_on"` // the day on which the scenarios stand
	Rows      []row     `json:"rows"`
	Patterns  []row     `json:"patterns"`
}

// row is what the simulator says of one number, or of all that begin alike.
type row struct {
	Number registration.Number `json:"number"`
	Prefix string              `json:"prefix"`
	Name   string              `json:"name"` // the recorded name when empty
	Status Status              `json:"status"`
	Town   string              `json:"town"`
	From   asye.Date           `json:"from"`
	Until  asye.Date           `json:"until"`
	Note   string              `json:"note"` // what the scenario is for
}

// NewSimulator reads the scenarios that are built in. A file that does not fit
// is a mistake of ours, and an error that says where.
func NewSimulator(known Known) (*Simulator, error) {
	s := &Simulator{known: known}
	d := json.NewDecoder(bytes.NewReader(embedded))
	d.DisallowUnknownFields()
	if err := d.Decode(&s.scenarios); err != nil {
		return nil, fmt.Errorf("data/register.json: %w", err)
	}
	for _, r := range s.scenarios.Rows {
		if _, err := registration.ParseNumber(string(r.Number)); err != nil {
			return nil, fmt.Errorf("data/register.json: %w", err)
		}
	}
	return s, nil
}

// Source says that this is a simulator, and of which day.
func (s *Simulator) Source() string {
	return "Simulated register, scenarios of " + s.scenarios.CheckedOn.String()
}

// Look answers from the scenarios, and then from what is recorded here.
func (s *Simulator) Look(ctx context.Context, number registration.Number) (Listing, error) {
	name, err := s.known(ctx, number)
	if err != nil {
		return Listing{}, err
	}
	found := s.scenarios.find(number)
	if found == nil && name != "" {
		found = &row{Status: Registered}
	}
	if found == nil || found.Status == NotFound {
		return Listing{Number: number, Status: NotFound}, nil
	}
	if found.Name != "" {
		name = found.Name
	}
	return Listing{Number: number, Name: name, Status: found.Status, Town: found.Town, From: found.From, Until: found.Until}, nil
}

func (s scenarios) find(number registration.Number) *row {
	for i, r := range s.Rows {
		if r.Number == number {
			return &s.Rows[i]
		}
	}
	for i, r := range s.Patterns {
		if strings.HasPrefix(string(number), r.Prefix) {
			return &s.Patterns[i]
		}
	}
	return nil
}
