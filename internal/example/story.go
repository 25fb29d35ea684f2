package example

import (
	"context"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/regulator"
)

// story is the year of one persona, acted out: each step is taken by the person
// who would take it, on the day on which they would, so that the timeline reads
// as a real one.
type story struct {
	email      string // of the persona
	someone    someone
	registered string // the day
	starts     string
	programme  string
	entry      func(*registration.Entry) // what is unlike others; nil for nothing
	acts       []act
}

// scene is a registration with everybody who can act on it.
type scene struct {
	*builder
	e      *employer
	person asye.PersonID
	id     asye.EnrolmentID
	entry  registration.Entry
}

// act is one step of a story.
type act func(ctx context.Context, s *scene) error

// tell acts out the stories, and then what happens to some who are nobody in
// particular: moves, disputes and possible duplicates.
func (b *builder) tell(ctx context.Context) error {
	if err := b.act(ctx); err != nil {
		return err
	}
	if err := b.moves(ctx); err != nil {
		return err
	}
	return b.twins(ctx)
}

// act acts out the stories.
func (b *builder) act(ctx context.Context) error {
	for _, one := range stories() {
		s, err := b.open(ctx, one)
		for _, next := range one.acts {
			if err == nil {
				err = next(ctx, s)
			}
		}
		if err != nil {
			return fmt.Errorf("the story of %s: %w", one.email, err)
		}
	}
	return nil
}

// open registers the persona of a story, by their coordinator.
func (b *builder) open(ctx context.Context, one story) (*scene, error) {
	p := personaOf(one.email)
	s := &scene{builder: b, e: b.byCode[p.Employer]}
	who := one.someone
	who.GivenName, who.FamilyName = cut(p.Name)
	who.Email = p.Email
	who.number = b.nextNumber()
	starts := asye.MustDate(one.starts)
	s.entry = b.entry(who, s.e, one.programme, starts)
	s.entry.QualifiedYear = starts.Year()
	if starts.Month() < 7 {
		s.entry.QualifiedYear--
	}
	s.entry.Team = teams[one.programme][0]
	s.entry.AssessorName = s.e.assessors[0]
	if one.entry != nil {
		one.entry(&s.entry)
	}
	s.entry.AddedToRegisterOn = earlier(s.entry.AddedToRegisterOn, asye.MustDate(one.registered))
	if err := s.register(ctx, asye.MustDate(one.registered), registration.Invite); err != nil {
		return nil, err
	}
	b.personas[p.Email] = s.person
	return s, nil
}

// register enters the scene's NQSW on a day.
func (s *scene) register(ctx context.Context, day asye.Date, inviting registration.Inviting) error {
	scope := s.coordinatorOf(s.e)
	return s.on(ctx, day, scope, func(tx *db.Tx) error {
		added, err := s.records.Enter(ctx, tx, scope, s.entry, inviting)
		s.id, s.person = added.ID, added.Person
		s.count()
		return err
	})
}

// change is a step on the record as it stands that day, by the coordinator.
func change(day string, do func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error) act {
	return func(ctx context.Context, s *scene) error {
		s.stand(asye.MustDate(day))
		scope := s.coordinatorOf(s.e)
		r, err := s.records.Get(ctx, scope, s.id)
		if err != nil {
			return err
		}
		return do(ctx, s, scope, r.Version)
	}
}

// own is the scope of the NQSW of the scene.
func (s *scene) own() tenant.Scope { return tenant.SignedIn(s.person, s.e.ID, asye.NQSW) }

// confirms is the NQSW confirming the details.
func confirms(day string) act {
	return func(ctx context.Context, s *scene) error {
		s.stand(asye.MustDate(day))
		r, err := s.records.Mine(ctx, s.own())
		if err != nil {
			return err
		}
		return s.records.ConfirmDetails(ctx, s.own(), r.NQSW.Version, r.NQSW.Details())
	}
}

// answers is the NQSW answering the equality questions.
func answers(day string, a equality.Answers) act {
	return func(ctx context.Context, s *scene) error {
		s.stand(asye.MustDate(day))
		return s.answers.Answer(ctx, s.own(), a)
	}
}

func pauses(day string, p registration.Pause) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Pause(ctx, scope, s.id, seen, p)
	})
}

func returns(day, on string) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Return(ctx, scope, s.id, seen, asye.MustDate(on))
	})
}

func works(day string, p registration.Pattern) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.WorkFrom(ctx, scope, s.id, seen, p)
	})
}

func extends(day string, e registration.Extension) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Extend(ctx, scope, s.id, seen, e)
	})
}

// assessed is another assessor of the same employer taking over.
func assessed(day string) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Allocate(ctx, scope, s.id, seen, registration.Allocate{Team: s.entry.Team,
			AssessorName: s.e.assessors[1], From: asye.MustDate(day)})
	})
}

func decides(day string, o registration.Outcome) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Decide(ctx, scope, s.id, seen, o)
	})
}

// checked is a look at the simulated register, which finds the recorded name.
func checked(day string) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, _ int) error {
		register, err := regulator.NewSimulator(nil)
		if err != nil {
			return err
		}
		return s.records.CheckRegister(ctx, scope, s.id, registration.RegisterCheck{Number: s.entry.Number,
			CheckedOn: asye.MustDate(day), Result: string(regulator.Registered), RegisteredName: s.entry.Identity.Known(),
			Source: register.Source()})
	})
}

// leaves is the losing employer reporting a move; to is a code, or empty.
func leaves(day, to, on string) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		var org asye.OrganisationID
		if to != "" {
			org = s.orgOf(to)
		}
		return s.records.Leaving(ctx, scope, s.id, seen, org, asye.MustDate(on))
	})
}

// claimed is the gaining employer claiming the NQSW.
func claimed(day, by, on string) act {
	return func(ctx context.Context, s *scene) error {
		s.stand(asye.MustDate(day))
		return s.records.Claim(ctx, s.coordinatorOf(s.byCode[by]), registration.Wanted{Number: s.entry.Number,
			DateOfBirth: s.entry.DateOfBirth, JoinsOn: asye.MustDate(on)})
	}
}

// objects is the losing employer's objection to a claim.
func objects(day, why string) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Object(ctx, scope, s.id, seen, why)
	})
}

func cancels(day string) act {
	return change(day, func(ctx context.Context, s *scene, scope tenant.Scope, seen int) error {
		return s.records.Cancel(ctx, scope, s.id, seen)
	})
}

// agrees is the NQSW confirming a move, and denies is the NQSW questioning it.
func agrees(day string) act { return answersMove(day, "") }

func denies(day, why string) act { return answersMove(day, why) }

func answersMove(day, why string) act {
	return func(ctx context.Context, s *scene) error {
		s.stand(asye.MustDate(day))
		r, err := s.records.Mine(ctx, s.own())
		if err != nil {
			return err
		}
		if why != "" {
			return s.records.Deny(ctx, s.own(), r.OpenTransfer().ID, why)
		}
		move := *r.OpenTransfer()
		if err := s.records.Confirm(ctx, s.own(), move.ID); err != nil || move.JoinsOn.After(AsOf) {
			return err
		}
		s.stand(later(asye.MustDate(day), move.JoinsOn))
		_, err = s.records.CompleteDue(ctx)
		return err
	}
}

func personaOf(email string) Persona {
	for _, p := range Personas() {
		if p.Email == email {
			return p
		}
	}
	panic("there is no persona " + email)
}

func cut(name string) (given, family string) {
	given, family, _ = strings.Cut(name, " ")
	return given, family
}
