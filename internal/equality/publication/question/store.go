package question

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps the log of questions, and answers them.
type Store struct {
	db       *db.DB
	counts   *equality.Store
	releases *publication.Store
}

// NewStore keeps questions in a database; counts counts the records, and
// releases knows what was published.
func NewStore(d *db.DB, counts *equality.Store, releases *publication.Store) *Store {
	return &Store{d, counts, releases}
}

// works lets in those who ask.
func works(scope tenant.Scope) error {
	if scope.Role() == asye.Analyst || scope.Role() == asye.National || scope.Actor() == tenant.BySystem {
		return nil
	}
	return fault.New(fault.Forbidden, "Only analysts and the national team ask questions of the figures")
}

// Asked is one question of the log.
type Asked struct {
	ID       string
	Question Question
	By       string // who asked
	At       asye.Instant
	Refusal  string // why it was not answered; empty when it was
}

// Ask asks a question. Answered or refused, it stands in the log and counts for
// the budget of whoever asked; a second time it costs nothing (PUB-11). What
// cannot be asked at all comes back as problems, and is not logged.
func (s *Store) Ask(ctx context.Context, scope tenant.Scope, q Question) (string, error) {
	if err := works(scope); err != nil {
		return "", err
	}
	have, err := s.counts.Cohorts(ctx, scope, q.Programme)
	if err != nil {
		return "", err
	}
	if q, err = Sensible(q, publication.Texts(have)); err != nil {
		return "", err
	}
	text, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	if err := s.afford(ctx, scope, string(text)); err != nil {
		return "", err
	}
	if err := s.releases.Key(ctx, scope, q.Programme); err != nil {
		return "", err
	}
	refusal, err := s.judge(ctx, scope, q)
	if err != nil {
		return "", err
	}
	id := ""
	return id, s.db.Write(ctx, scope, func(tx *db.Tx) error {
		id = tx.NewID()
		if _, err := tx.Exec(ctx, `
			insert into asked_questions (id, org_id, person_id, asked_at, programme, question, refusal) values ($1, $2, $3, $4, $5, $6, $7)`,
			id, string(scope.Org()), string(scope.Person()), tx.Now(), q.Programme, string(text), refusal); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "question.asked", Kind: "question", ID: id, After: map[string]any{"question": q.Words(), "refused": refusal != ""}})
	})
}

// judge is why a question is refused; empty when it can be answered.
func (s *Store) judge(ctx context.Context, scope tenant.Scope, q Question) (string, error) {
	m, err := s.micro(ctx, scope, q.Programme)
	if err != nil {
		return "", err
	}
	past, err := s.releases.Published(ctx, scope)
	if err != nil {
		return "", err
	}
	var contents []publication.Content
	for _, r := range past {
		if r.Content.Programme == q.Programme {
			contents = append(contents, r.Content)
		}
	}
	before, err := s.answered(ctx, q.Programme)
	if err != nil {
		return "", err
	}
	err = guarded(m, q, contents, before)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return err.Error(), nil
	}
	return "", err
}

// micro reads the records of a programme.
func (s *Store) micro(ctx context.Context, scope tenant.Scope, programme string) (*micro, error) {
	cube, err := s.counts.Cube(ctx, scope, equality.Query{Programme: programme}, publication.Columns()...)
	if err != nil {
		return nil, err
	}
	return newMicro(cube), nil
}

// answered are the questions of a programme that were answered.
func (s *Store) answered(ctx context.Context, programme string) ([]Question, error) {
	rows, err := s.db.Query(ctx, `select distinct question from asked_questions where programme = $1 and refusal = '' order by question`, programme)
	return db.Rows(rows, err, func(rows *sql.Rows) (q Question, err error) { return scanQuestion(rows) })
}

func scanQuestion(rows *sql.Rows) (q Question, err error) {
	var text string
	if err := rows.Scan(&text); err != nil {
		return q, err
	}
	return q, json.Unmarshal([]byte(text), &q)
}

// afford refuses a question beyond the budget of whoever asks.
func (s *Store) afford(ctx context.Context, scope tenant.Scope, text string) error {
	asked, err := s.mine(ctx, scope)
	if err != nil {
		return err
	}
	return spends(asked, text)
}

// mine are the different questions of the person at work in the last year.
func (s *Store) mine(ctx context.Context, scope tenant.Scope) ([]string, error) {
	since := asye.InstantOf(s.db.Clock().Now().Time().AddDate(-1, 0, 0))
	rows, err := s.db.Query(ctx, `select distinct question from asked_questions where person_id = $1 and asked_at > $2 order by question`,
		string(scope.Person()), since)
	return db.Rows(rows, err, func(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) })
}

// Left is how many different questions the person at work may still ask.
func (s *Store) Left(ctx context.Context, scope tenant.Scope) (int, error) {
	if err := works(scope); err != nil {
		return 0, err
	}
	asked, err := s.mine(ctx, scope)
	return max(0, Budget-len(asked)), err
}

const askedColumns = `
	select a.id, a.question, p.given_name || ' ' || p.family_name, a.asked_at, a.refusal
	from   asked_questions a join people p on p.id = a.person_id`

func scanAsked(row interface{ Scan(...any) error }) (a Asked, err error) {
	var text string
	if err := row.Scan(&a.ID, &text, &a.By, &a.At, &a.Refusal); err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(text), &a.Question)
}

// logged is how many questions the log shows.
const logged = 200

// Asked is the log of questions, everybody's, the latest first.
func (s *Store) Asked(ctx context.Context, scope tenant.Scope) ([]Asked, error) {
	if err := works(scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, askedColumns+` order by a.asked_at desc, a.id desc limit $1`, logged)
	return db.Rows(rows, err, func(rows *sql.Rows) (Asked, error) { return scanAsked(rows) })
}

// Answer is a question of the log with its answer, from the records as they are
// now; a refused one has none.
func (s *Store) Answer(ctx context.Context, scope tenant.Scope, id string) (Asked, publication.Content, error) {
	if err := works(scope); err != nil {
		return Asked{}, publication.Content{}, err
	}
	a, err := scanAsked(s.db.QueryRow(ctx, askedColumns+` where a.id = $1`, id))
	if err != nil || a.Refusal != "" {
		return a, publication.Content{}, db.NotFound(err, "question")
	}
	m, err := s.micro(ctx, scope, a.Question.Programme)
	if err != nil {
		return a, publication.Content{}, err
	}
	return a, a.Question.answer(m), nil
}
