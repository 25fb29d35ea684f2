package example

import (
	"context"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// nationalCode is the code of the national body.
const nationalCode = "NATIONAL"

// employer is one of the 202, with what decides how many NQSWs it has.
type employer struct {
	employers.Organisation
	weight      float64 // beside the others'
	fullTime    registration.Hours
	coordinator asye.PersonID
	assessors   []string
	story       bool // one of the personas works here
}

// others are the employers that are no local authority: invented, spread over
// types and regions. Any likeness to a real one is by chance.
var others = []struct {
	kind   asye.EmployerType
	prefix string
	weight float64
	names  string // name and region, one a line
}{
	{asye.ChildrensTrust, "CT", 2, `Fenmarsh Children’s Trust, East of England
		Harrowgate Vale Children’s Trust, Yorkshire and The Humber
		Ironbridge Forge Children’s Trust, West Midlands
		Calder Brook Children’s Trust, Yorkshire and The Humber
		Severn Reach Children’s Trust, West Midlands
		Thames Meadow Children’s Trust, South East
		Mersey Gate Children’s Trust, North West
		Tees Haven Children’s Trust, North East
		Nene Valley Children First, East Midlands`},
	{asye.NHSBody, "NHS", 0.5, `Downsview NHS Foundation Trust, South East
		Pennine Edge Mental Health NHS Trust, North West
		Saltmarsh Community NHS Trust, East of England
		Wharfeside Partnership NHS Trust, Yorkshire and The Humber
		Lea Bridge Child Health NHS Trust, London
		Copper Coast NHS Foundation Trust, South West
		Trentside Healthcare NHS Trust, East Midlands
		Arden Forest Partnership NHS Trust, West Midlands
		Derwent Water NHS Foundation Trust, North East`},
	{asye.School, "SCH", 0.15, `Larkfield School, South West
		Oakmere Academy Trust, North West
		St Brannoc’s Residential School, South West
		Elmstead Federation of Schools, London
		Highmoor Special School, East Midlands`},
	{asye.Private, "PRI", 0.4, `Applewood Fostering Ltd, South East
		Bright Harbour Homes Ltd, North West
		Cedar Path Care Ltd, West Midlands
		Dovetail Fostering Ltd, Yorkshire and The Humber
		Evergreen Family Assessment Ltd, London
		Foxglove Children’s Services Ltd, East of England
		Greenbank Residential Ltd, North East
		Hearthstone Adoption Ltd, East Midlands
		Juniper House Care Ltd, South West
		Kingfisher Independent Living Ltd, North West`},
	{asye.Voluntary, "VOL", 0.6, `Lantern House, London
		The Hollybush Project, North West
		Stepping Stones for Families, North East
		Bridgewater Young Carers, South West
		Haven Bay Children’s Charity, East of England
		The Rowan Tree Fund, Yorkshire and The Humber
		Open Door Midlands, West Midlands
		New Leaf Fostering Charity, South East
		Safe Passage Youth Trust, London
		Thornfield Society, East Midlands
		Kinship Hands, South East`},
	{asye.Agency, "AGY", 0.3, `Crescent Social Work Agency, London
		Northstar Practitioners, North West
		Mainsail Care Staffing, South West
		Beacon Locum Social Work, West Midlands
		Fieldfare Recruitment, Yorkshire and The Humber`},
}

// The authorities that register most, and those that register few. The two of
// the personas who have many come first. The rest weigh one and a half.
const (
	personal = "881 316"
	largest  = "330 886 850 888 936 919 383 926 352"
	large    = "380 373 341 891 855 830 860 935 873 878 916 933 938 845 931 801 885 908 925 815 840 371 382 384 335 333 331 306 210 208 825 865"
	small    = "857 201 921 805 841 868 867 390 319 318 314 807 822"
	tiny     = "420"
	midsized = 1.5
)

func weightOf(code string) float64 {
	for _, class := range []struct {
		codes  string
		weight float64
	}{{personal, 10}, {largest, 6}, {large, 3}, {small, 0.5}, {tiny, 0.08}} {
		if strings.Contains(class.codes, code) {
			return class.weight
		}
	}
	return midsized
}

// employ puts the 202 employers and the national body on record, each with a
// contact, a director and a coordinator.
func (b *builder) employ(ctx context.Context) error {
	store := employers.NewStore(b.db, nil)
	if err := store.SeedAuthorities(ctx, b.system); err != nil {
		return err
	}
	return b.db.Write(ctx, b.system, func(tx *db.Tx) error {
		authorities, err := employers.Authorities()
		if err != nil {
			return err
		}
		for _, a := range authorities {
			o, err := b.introduceAuthority(ctx, store, a.Code)
			if err != nil {
				return err
			}
			b.addEmployer(o, weightOf(o.Code))
		}
		if err := b.employOthers(ctx, tx, store); err != nil {
			return err
		}
		national := employers.Organisation{Code: nationalCode, Name: "National ASYE body", Type: asye.NationalBody, OpenedOn: employers.OnRecordSince}
		id, err := store.AddOrganisation(ctx, tx, b.system, b.withPeople(national))
		b.national = id
		return err
	})
}

// introduceAuthority gives an authority that is on record its people.
func (b *builder) introduceAuthority(ctx context.Context, store *employers.Store, code string) (employers.Organisation, error) {
	o, err := store.ByCode(ctx, b.system, code)
	if err != nil {
		return o, err
	}
	next := b.withPeople(o)
	return next, store.Change(ctx, b.system, o.ID, o.Version, func(employers.Organisation) (employers.Organisation, error) {
		return next, nil
	})
}

func (b *builder) employOthers(ctx context.Context, tx *db.Tx, store *employers.Store) error {
	for _, kind := range others {
		for i, line := range strings.Split(kind.names, "\n") {
			name, region, _ := strings.Cut(strings.TrimSpace(line), ", ")
			o := b.withPeople(employers.Organisation{Code: fmt.Sprintf("%s%02d", kind.prefix, i+1), Name: name,
				Type: kind.kind, Region: region, OpenedOn: employers.OnRecordSince})
			id, err := store.AddOrganisation(ctx, tx, b.system, o)
			if err != nil {
				return err
			}
			o.ID = id
			b.addEmployer(o, kind.weight)
		}
	}
	return nil
}

func (b *builder) addEmployer(o employers.Organisation, weight float64) {
	e := &employer{Organisation: o, weight: weight, fullTime: 3700}
	switch {
	case o.Type == asye.NHSBody:
		e.fullTime = 3750
	case o.Region == "London":
		e.fullTime = 3600
	}
	for range 2 + int(2*weight) {
		e.assessors = append(e.assessors, b.anybody().Known())
	}
	b.employers = append(b.employers, e)
	b.byCode[o.Code] = e
}

// withPeople is an organisation with an invented contact and director. The
// numbers are of the range that Ofcom keeps free for drama: 01632 960000 to
// 960999.
func (b *builder) withPeople(o employers.Organisation) employers.Organisation {
	contact, director := b.anybody(), b.anybody()
	code := strings.ToLower(o.Code)
	named := employers.Director{Name: director.Known(), Email: "director." + code + "@example.org"}
	if p, ok := directorOf(o.Code); ok {
		named = employers.Director{Name: p.Name, Email: p.Email}
	}
	return o.WithContacts(
		employers.Contact{Name: contact.Known(), Email: "asye." + code + "@example.org", Phone: fmt.Sprintf("01632 960%03d", b.draw.IntN(1000))}, named)
}

// coordinate gives every employer somebody who runs its programme: a persona,
// or somebody else.
func (b *builder) coordinate(ctx context.Context) error {
	return b.on(ctx, asye.MustDate("2018-04-03"), b.system, func(tx *db.Tx) error {
		for _, e := range b.employers {
			if e.coordinator != "" {
				continue
			}
			who := b.anybody()
			who.Email = "coordinator." + strings.ToLower(e.Code) + "@example.org"
			id, err := b.hire(ctx, tx, who, Post{asye.Coordinator, e.Code})
			if err != nil {
				return err
			}
			e.coordinator = id
		}
		return nil
	})
}

// hire puts somebody on record with a role.
func (b *builder) hire(ctx context.Context, tx *db.Tx, who asye.Identity, post Post) (asye.PersonID, error) {
	id, err := b.Account.AddPerson(ctx, tx, b.system, who)
	if err != nil {
		return "", err
	}
	return id, b.Account.Join(ctx, tx, b.system, id, b.orgOf(post.Employer), post.Role, b.today())
}

func (b *builder) orgOf(code string) asye.OrganisationID {
	if code == nationalCode {
		return b.national
	}
	return b.byCode[code].ID
}

// coordinatorOf is the scope of an employer's coordinator at work.
func (b *builder) coordinatorOf(e *employer) tenant.Scope {
	return tenant.SignedIn(e.coordinator, e.ID, asye.Coordinator)
}
