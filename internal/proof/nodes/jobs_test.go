package nodes

import (
	"fmt"
	"math/rand/v2"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
)

// queue asks for a link for each of so many people, and gives their addresses.
func (p *pair) queue(n int) ([]string, error) {
	var emails []string
	for i := range n {
		emails = append(emails, fmt.Sprintf("number%d@example.org", i))
	}
	if err := p.hire(emails...); err != nil {
		return nil, err
	}
	q := jobs.NewQueue(p.d)
	return emails, p.d.Keep(p.t.Context(), func(tx *db.Tx) error {
		for _, email := range emails {
			job := jobs.New{Kind: account.KindMailLink, Payload: map[string]string{"email": email, "next": "/home"}}
			if err := q.Enqueue(p.t.Context(), tx, job); err != nil {
				return err
			}
		}
		return nil
	})
}

// effects is what became of jobs that ask for one link each.
type effects struct {
	jobs          int
	none, twice   int // people with no link, and with more than one
	letters       int
	unsent, again int            // people with no letter, and with more than one
	ran, sent     map[string]int // by node
	kills         int
}

func (e effects) String() string {
	return fmt.Sprintf("%d jobs, %d without effect, %d twice (run %d and %d by the two nodes); %d letters, %d people without one, %d with two; %d kills",
		e.jobs, e.none, e.twice, e.ran[names[0]], e.ran[names[1]], e.letters, e.unsent, e.again, e.kills)
}

// settle waits until every job and message is done, and looks at what came of
// them.
func (p *pair) settle(emails []string) effects {
	p.until("every job is done", func() bool {
		return p.count(`select count(*) from jobs where kind = $1 and finished_at is null and failed_at is null`, account.KindMailLink) == 0
	})
	p.until("every message is sent", func() bool {
		return p.count(`select count(*) from mail_outbox where sent_at is null and failed_at is null`) == 0
	})
	e := effects{jobs: len(emails), ran: map[string]int{}, sent: p.post.sent()}
	for _, email := range emails {
		links := p.count(`select count(*) from sign_in_links l join people p on p.id = l.person_id where p.email = $1`, email)
		letters := p.post.of(email)
		e.letters += len(letters)
		if links == 0 {
			e.none++
		}
		if links > 1 {
			e.twice++
		}
		if len(letters) == 0 {
			e.unsent++
		}
		if len(letters) > 1 {
			e.again++
		}
		for _, name := range names {
			if len(letters) > 0 && letters[0].heading == "Your link to sign in to "+name {
				e.ran[name]++
			}
		}
	}
	return e
}

// once lets two living nodes do jobs.
func (p *pair) once(n int) (effects, error) {
	emails, err := p.queue(n)
	if err != nil {
		return effects{}, err
	}
	return p.settle(emails), nil
}

// underKills lets two nodes do jobs of which one dies again and again.
func (p *pair) underKills(n, kills int) (effects, error) {
	emails, err := p.queue(n)
	if err != nil {
		return effects{}, err
	}
	for i := range kills {
		time.Sleep(200*time.Millisecond + time.Duration(rand.IntN(200))*time.Millisecond)
		p.nodes[i%2].Kill()
		if err := p.start(i % 2); err != nil {
			return effects{}, err
		}
	}
	e := p.settle(emails)
	e.kills = kills
	return e, nil
}

// takenOver lets a node die in the middle of a job, and gives how long it took
// until the other did it.
func (p *pair) takenOver() (time.Duration, error) {
	const email = "taken.over@example.org"
	if err := p.hire(email); err != nil {
		return 0, err
	}
	p.nodes[1].Kill()
	free, err := p.block("sign_in_links")
	if err != nil {
		return 0, err
	}
	defer free()
	q := jobs.NewQueue(p.d)
	if err := p.d.Keep(p.t.Context(), func(tx *db.Tx) error {
		return q.Enqueue(p.t.Context(), tx, jobs.New{Kind: account.KindMailLink, Payload: map[string]string{"email": email, "next": "/home"}})
	}); err != nil {
		return 0, err
	}
	const claimed = `select count(*) from jobs where kind = $1 and attempts = 1 and finished_at is null`
	if !p.until("the node has the job", func() bool { return p.count(claimed, account.KindMailLink) == 1 }) {
		return 0, nil
	}
	if err := p.start(1); err != nil {
		return 0, err
	}
	time.Sleep(time.Second)
	if n := p.count(claimed, account.KindMailLink); n != 1 {
		return 0, fmt.Errorf("the job of a living node was taken from it")
	}
	p.nodes[0].Kill()
	died := time.Now()
	free()
	p.until("the other node does the job", func() bool {
		return p.count(`select count(*) from jobs where kind = $1 and finished_at is null`, account.KindMailLink) == 0
	})
	took := time.Since(died)
	if n := p.count(`select count(*) from sign_in_links l join people p on p.id = l.person_id where p.email = $1`, email); n != 1 {
		return took, fmt.Errorf("the job has had %d effects", n)
	}
	return took, p.start(0)
}

// block keeps everybody else from a table until the function that it gives is
// called.
func (p *pair) block(table string) (free func(), err error) {
	locked, release, ended := make(chan error, 1), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		err := p.d.Keep(p.t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec(p.t.Context(), `lock table `+table+` in access exclusive mode`); err != nil {
				return err
			}
			locked <- nil
			<-release
			return nil
		})
		if err != nil {
			locked <- err
		}
	}()
	done := false
	return func() {
		if !done {
			done = true
			close(release)
			<-ended
		}
	}, <-locked
}
