package asye

// EntryRoute is a way into social work. The routes and their names are those of
// the Department for Education's social work induction programme service.
type EntryRoute string

// The routes. OtherRoute asks for words of its own.
const (
	StepUp         EntryRoute = "step-up"
	Approach       EntryRoute = "approach"
	Apprenticeship EntryRoute = "apprenticeship"
	Undergraduate  EntryRoute = "undergraduate"
	Postgraduate   EntryRoute = "postgraduate"
	OtherRoute     EntryRoute = "other"
)

// EntryRoutes lists the routes in the order in which pages show them.
func EntryRoutes() []EntryRoute {
	return []EntryRoute{StepUp, Approach, Apprenticeship, Undergraduate, Postgraduate, OtherRoute}
}

// String is the route as people name it.
func (r EntryRoute) String() string {
	switch r {
	case StepUp:
		return "Step Up to Social Work"
	case Approach:
		return "Approach Social Work"
	case Apprenticeship:
		return "Degree apprenticeship in social work"
	case Undergraduate:
		return "Undergraduate degree in social work"
	case Postgraduate:
		return "Postgraduate degree in social work"
	case OtherRoute:
		return "Other"
	}
	return string(r)
}
