// Package providertest starts a real OpenID provider for tests: a program of its
// own, on this machine only, written by others than what is tested with it.
package providertest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// By what the directory knows the service.
const ClientID, ClientSecret = "asye", "a-secret-for-tests-only-0123456789"

// Claims are what the directory says of one of its accounts.
type Claims map[string]any

// Directory is a directory that is running.
type Directory struct {
	Issuer string
	t      testing.TB
	wish   wish
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
}

type wish struct {
	Client    string            `json:"client"`
	Secret    string            `json:"secret"`
	Redirects []string          `json:"redirects"`
	Accounts  map[string]Claims `json:"accounts"`
	InToken   bool              `json:"claimsInToken"`
	Port      int               `json:"port"`
}

// Start starts a directory that sends browsers back to an address, with accounts
// by what people type to sign in there; that is also their subject. It asks for
// no particular password. What it says of somebody it says when asked once more,
// or in the token: directories differ.
func Start(t testing.TB, redirect string, accounts map[string]Claims, inToken bool) *Directory {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a program of its own")
	}
	d := &Directory{t: t, wish: wish{Client: ClientID, Secret: ClientSecret, Redirects: []string{redirect}, Accounts: accounts, InToken: inToken}}
	d.Rise()
	d.Issuer = fmt.Sprintf("http://localhost:%d", d.wish.Port)
	return d
}

// Port is the port on which it listens, now and after it has risen again.
func (d *Directory) Port() string { return fmt.Sprint(d.wish.Port) }

// Rise starts the program, where it was before if it has fallen.
func (d *Directory) Rise() {
	d.t.Helper()
	_, here, _, _ := runtime.Caller(0)
	script := filepath.Join(filepath.Dir(here), "directory.mjs")
	if _, err := os.Stat(filepath.Join(filepath.Dir(here), "../../../../node_modules/oidc-provider")); err != nil {
		d.t.Fatal("the npm package oidc-provider is not installed: run make setup")
	}
	d.cmd = exec.Command("node", script)
	d.cmd.Stderr = d.t.Output()
	var err error
	if d.in, err = d.cmd.StdinPipe(); err != nil {
		d.t.Fatal(err)
	}
	out, err := d.cmd.StdoutPipe()
	if err == nil {
		err = d.cmd.Start()
	}
	if err != nil {
		d.t.Fatal("the directory does not start; it needs Node: ", err)
	}
	d.t.Cleanup(d.Fall)
	d.out = bufio.NewReader(out)
	line, err := json.Marshal(d.wish)
	if err != nil {
		d.t.Fatal(err)
	}
	fmt.Fprintf(d.in, "%s\n", line)
	if _, err := fmt.Sscanf(d.said(), "ready %d", &d.wish.Port); err != nil {
		d.t.Fatal("the directory does not start: ", err)
	}
}

// Fall ends the program, as a machine that falls over does.
func (d *Directory) Fall() {
	if d.cmd.ProcessState == nil {
		d.cmd.Process.Kill()
		d.cmd.Wait()
	}
}

// Rotate has it sign with a new key, and publish that alone.
func (d *Directory) Rotate() { d.t.Helper(); d.do("rotate") }

// Hang has it answer nothing below a path any more, until it goes on.
func (d *Directory) Hang(path string) { d.t.Helper(); d.do("hang " + path) }

// GoOn has it answer again.
func (d *Directory) GoOn() { d.t.Helper(); d.do("go on") }

func (d *Directory) do(word string) {
	d.t.Helper()
	fmt.Fprintln(d.in, word)
	if said := d.said(); said != "done" {
		d.t.Fatalf("the directory says %q to %q", said, word)
	}
}

func (d *Directory) said() string {
	line := make(chan string, 1)
	go func() {
		text, _ := d.out.ReadString('\n')
		line <- strings.TrimSpace(text)
	}()
	select {
	case text := <-line:
		return text
	case <-time.After(30 * time.Second):
		return "nothing for thirty seconds"
	}
}
