package app

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/backup"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/shipping"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/rights"
)

// config is what the settings mean.
type config struct {
	values      values
	Database    string
	Addr        string
	Site        web.Site
	Account     account.Settings
	Mail        *mail.Server // nil when mail waits in the outbox
	Directories []directory  // with which people can sign in
	Catalogue   *programme.Catalogue
	Schemes     *grant.Book
	Payer       grant.Payer
	DraftsKept  time.Duration
	Rights      rights.Settings
	Backup      backup.Settings
	BackupKeys  archive.Keys
	Audit       auditConfig
	Program     string // the version of the program
	Metrics     string // where metrics are served; empty for nowhere
	LogFormat   string // text or json
	Contact     string // for whoever finds a fault in the security; empty for nobody
	Migrate     bool   // asye serve brings the schema up to date
	StopNotice  time.Duration
}

// understand checks every setting. Its error is a sentence that names the one
// that is wrong.
func understand(v values) (config, error) {
	c := config{values: v, Database: v.Text("database"), Addr: v.Text("addr")}
	c.Site.Theme = ui.Theme{ServiceName: v.Text("service_name"), Colour: v.Text("colour")}
	if err := c.Site.Theme.Check(); err != nil {
		return c, fmt.Errorf("the setting colour cannot be used: %w", err)
	}
	for _, step := range []func() error{c.address, c.directories, c.sessions, c.factors, c.mail, c.programmes, c.schemes, c.retention, c.backup, c.audit, c.running} {
		if err := step(); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (c *config) address() error {
	base := c.values.Text("base_url")
	if base == "" {
		base = "http://" + c.Addr
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("the setting base_url is %q. Write it like https://asye.example.org", base)
	}
	c.Site.Secure = u.Scheme == "https"
	c.Account = account.DefaultSettings()
	c.Account.BaseURL = strings.TrimSuffix(base, "/")
	c.Account.ServiceName = c.Site.Theme.ServiceName
	c.Account.Secure = c.Site.Secure
	c.Account.BehindProxy, err = c.yes("behind_proxy")
	return err
}

// yes reads yes or no.
func (c *config) yes(key string) (bool, error) {
	switch text := c.values.Text(key); text {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	default:
		return false, fmt.Errorf("the setting %s is %q. Write yes or no", key, text)
	}
}

// factors reads what people sign in with, and when they have to show it again.
func (c *config) factors() (err error) {
	if c.Account.StepUp, err = c.duration("step_up"); err != nil {
		return err
	}
	if c.Account.Passwords, err = c.yes("passwords"); err != nil {
		return err
	}
	for _, name := range strings.Split(c.values.Text("second_factor_for"), ",") {
		role := asye.Role(strings.TrimSpace(name))
		if role == "" {
			continue
		}
		if !slices.Contains(asye.Roles(), role) {
			return fmt.Errorf("the setting second_factor_for names %q, which is no role. The roles are %s", role, roleNames())
		}
		c.Account.SecondFor = append(c.Account.SecondFor, role)
	}
	return nil
}

func roleNames() string {
	var names []string
	for _, r := range asye.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

func (c *config) sessions() (err error) {
	if c.Account.Idle, err = c.duration("session_idle"); err != nil {
		return err
	}
	if c.Account.Absolute, err = c.duration("session_longest"); err != nil {
		return err
	}
	c.DraftsKept, err = c.duration("drafts_kept")
	return err
}

// duration reads 90d, 2h or 30m.
func (c *config) duration(key string) (time.Duration, error) {
	text := c.values.Text(key)
	wrong := fmt.Errorf("the setting %s is %q. Write a length of time like 90d, 2h or 30m", key, text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 {
			return 0, wrong
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, wrong
	}
	return d, nil
}

func (c *config) mail() (err error) {
	if c.values.Text("smtp") == "" {
		return nil
	}
	if c.Mail, err = mail.ParseServer(c.values.Text("smtp"), c.values.Text("mail_from")); err != nil {
		return fmt.Errorf("the settings smtp and mail_from cannot be used: %w", err)
	}
	return nil
}

func (c *config) retention() (err error) {
	switch c.values.Text("retention") {
	case "apply":
		c.Rights.Applies = true
	case "list":
	default:
		return fmt.Errorf("the setting retention is %q. Write list or apply", c.values.Text("retention"))
	}
	path := c.values.Text("retention_schedule")
	if path == "" {
		c.Rights.Schedule, err = rights.Standard()
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("the file of the setting retention_schedule cannot be read: %w", err)
	}
	c.Rights.Schedule, err = rights.ReadSchedule(path, text)
	return err
}

func (c *config) backup() (err error) {
	c.Backup.To = c.values.Text("backup_to")
	if c.BackupKeys, err = archive.ParseKeys(c.values.Text("backup_key")); err != nil {
		return fmt.Errorf("the setting backup_key cannot be used: %w", err)
	}
	c.Backup.Keys = c.BackupKeys.Names
	if c.Backup.IsSet() && c.BackupKeys.IsZero() {
		return errors.New("backup_to is set and backup_key is not: backups are made by the service only when they are encrypted. " +
			"asye backup key makes a pair of keys")
	}
	if err := c.shipping(); err != nil {
		return err
	}
	if c.Backup.Every, err = c.duration("backup_every"); err != nil {
		return err
	}
	if c.Backup.Keep, err = c.duration("backup_keep"); err != nil {
		return err
	}
	c.Backup.Alarm = backup.StandardAlarm(c.Backup.Every)
	if c.values.Text("backup_alarm") == "" {
		return nil
	}
	if c.Backup.Alarm, err = c.duration("backup_alarm"); err == nil && c.Backup.Alarm <= c.Backup.Every {
		err = fmt.Errorf("the setting backup_alarm is %s, which is no longer than backup_every: there would be an alarm before each backup", c.values.Text("backup_alarm"))
	}
	return err
}

func (c *config) shipping() error {
	c.Backup.Ship = c.values.Text("ship_to")
	switch {
	case c.Backup.Ship == "":
		return nil
	case db.IsPostgres(c.Database):
		return errors.New("ship_to is for SQLite. PostgreSQL ships its own log: see continuous archiving in its manual")
	case c.BackupKeys.IsZero():
		return errors.New("ship_to is set and backup_key is not: the log leaves this machine only encrypted. asye backup key makes a pair of keys")
	}
	if err := shipping.Check(c.Backup.Ship); err != nil {
		return fmt.Errorf("the setting ship_to cannot be used: %w", err)
	}
	return nil
}
