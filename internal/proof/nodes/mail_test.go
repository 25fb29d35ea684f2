package nodes

import (
	"fmt"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/mail"
)

// write puts a message into the outbox.
func (p *pair) write(to string) error {
	return p.d.Keep(p.t.Context(), func(tx *db.Tx) error {
		return mail.NewOutbox(p.d, nil).Queue(p.t.Context(), tx, mail.Message{To: to, Subject: "A letter", Body: "To " + to})
	})
}

// oneConversation keeps a node in the middle of a conversation with the mail
// server, and looks whether the other begins one about the same message.
func (p *pair) oneConversation() error {
	const to = "slow@example.org"
	release := p.post.wait()
	if err := p.write(to); err != nil {
		release()
		return err
	}
	<-p.post.held
	time.Sleep(5 * time.Second) // each node looks into the outbox every two seconds
	second := len(p.post.held)
	release()
	p.until("the message is sent", func() bool { return len(p.post.of(to)) > 0 })
	if n := len(p.post.of(to)); second > 0 || n != 1 {
		return fmt.Errorf("%d others began to send the same message, and %d came", second, n)
	}
	return nil
}
