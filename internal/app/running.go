package app

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"example.org/asye/internal/platform/disclosure"
	"example.org/asye/internal/platform/logs"
	"example.org/asye/internal/platform/metrics"
)

// running is the settings of how the service runs: what it tells, to whom, and
// how it stops.
func (c *config) running() (err error) {
	if c.LogFormat = c.values.Text("log_format"); c.LogFormat != logs.Text && c.LogFormat != logs.JSON {
		return fmt.Errorf("the setting log_format is %q. Write text or json", c.LogFormat)
	}
	migrate := c.values.Text("migrate")
	if c.Migrate = migrate == "yes"; !c.Migrate && migrate != "no" {
		return fmt.Errorf("the setting migrate is %q. Write yes or no", migrate)
	}
	if c.Metrics, err = metrics.Address(c.values.Text("metrics_addr")); err != nil {
		return fmt.Errorf("the setting metrics_addr cannot be used: %w", err)
	}
	if c.Contact, err = disclosure.ParseContact(c.values.Text("security_contact")); err != nil {
		return fmt.Errorf("the setting security_contact cannot be used: %w", err)
	}
	notice := c.values.Text("stop_notice")
	if c.StopNotice, err = time.ParseDuration(notice); err != nil || c.StopNotice < 0 || c.StopNotice > time.Minute {
		return fmt.Errorf("the setting stop_notice is %q. Write a length of time up to a minute, like 5s; 0s is none", notice)
	}
	return nil
}

func (c config) logger(to io.Writer) *slog.Logger { return logs.New(to, c.LogFormat) }
