package packaging

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
	"go.yaml.in/yaml/v3"
)

func text(t *testing.T, parts ...string) string {
	t.Helper()
	whole, err := os.ReadFile(filepath.Join(append([]string{proof.Root(t), "packaging"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(whole)
}

// TestUnits holds what the service must be kept from, whatever else changes.
func TestUnits(t *testing.T) {
	unit, socket := text(t, "systemd", "asye.service"), text(t, "systemd", "asye.socket")
	for _, want := range []string{"Type=notify", "Requires=asye.socket", "ExecReload=/bin/kill -HUP $MAINPID", "User=asye", "NoNewPrivileges=yes",
		"CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "MemoryDenyWriteExecute=yes",
		"RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "SystemCallFilter=@system-service", "StateDirectory=asye", "UMask=0077"} {
		if !slices.Contains(strings.Split(unit, "\n"), want) {
			t.Errorf("asye.service lacks %s", want)
		}
	}
	if !strings.Contains(socket, "\nListenStream=127.0.0.1:8080\n") {
		t.Error("asye.socket does not listen for a proxy on this machine")
	}
}

// highest is how exposed systemd may think the service: from 0 to 10.
const highest = 1.5

var exposure = regexp.MustCompile(`Overall exposure level for asye\.service: (\d+\.\d+)`)

func TestUnitsAsSystemdSeesThem(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed: on Debian it is in the package systemd")
	}
	dir := t.TempDir()
	unit := regexp.MustCompile(`(?m)^ExecStart=\S+`).ReplaceAllString(text(t, "systemd", "asye.service"), "ExecStart=/bin/true")
	for name, content := range map[string]string{"asye.service": unit, "asye.socket": text(t, "systemd", "asye.socket")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	service := filepath.Join(dir, "asye.service")
	if out, err := exec.Command(analyze, "verify", "--man=no", service, filepath.Join(dir, "asye.socket")).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	out, err := exec.Command(analyze, "security", "--offline=yes", "--no-pager", service).CombinedOutput()
	m := exposure.FindSubmatch(out)
	if err != nil || m == nil {
		t.Skipf("this systemd-analyze judges no unit that is not installed: %v", err)
	}
	if level, _ := strconv.ParseFloat(string(m[1]), 64); level > highest {
		t.Errorf("systemd thinks the service exposed to %.1f, more than %.1f", level, highest)
	}
	t.Logf("%s", m[0])
}

// instruction is one line of a Dockerfile, continued lines joined.
type instruction struct{ word, rest string }

func dockerfile(t *testing.T) []instruction {
	t.Helper()
	var out []instruction
	for line := range strings.Lines(strings.ReplaceAll(text(t, "docker", "Dockerfile"), "\\\n", " ")) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		out = append(out, instruction{word, strings.TrimSpace(rest)})
	}
	return out
}

func TestDockerfile(t *testing.T) {
	known := []string{"FROM", "COPY", "USER", "WORKDIR", "VOLUME", "ENV", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
	said := map[string]string{}
	for i, in := range dockerfile(t) {
		if !slices.Contains(known, in.word) || i == 0 && in.word != "FROM" {
			t.Errorf("the instruction %s %s is not expected here", in.word, in.rest)
		}
		if in.word == "COPY" {
			copied(t, in.rest)
		}
		said[in.word] = in.rest
	}
	if who, group, _ := strings.Cut(said["USER"], ":"); who == "" || who == "0" || group == "0" || strings.Trim(who+group, "0123456789") != "" {
		t.Errorf("the image runs as %q: name an ordinary user by number, which Kubernetes can check", said["USER"])
	}
	if strings.HasSuffix(said["FROM"], ":latest") || !strings.Contains(said["FROM"], ":") {
		t.Errorf("the image is built on %q, which may be another tomorrow", said["FROM"])
	}
	for _, word := range []string{"ENTRYPOINT", "CMD"} {
		if !strings.HasPrefix(said[word], "[") {
			t.Errorf("%s goes through a shell, which swallows signals and is not there: %s", word, said[word])
		}
	}
	if !strings.Contains(said["HEALTHCHECK"], `CMD ["/usr/local/bin/asye", "ready"]`) {
		t.Errorf("the health check is %s", said["HEALTHCHECK"])
	}
}

// copied holds that what is copied into the image is there, but for the program.
func copied(t *testing.T, rest string) {
	t.Helper()
	fields := slices.DeleteFunc(strings.Fields(rest), func(f string) bool { return strings.HasPrefix(f, "--") })
	for _, from := range fields[:len(fields)-1] {
		if _, err := os.Stat(filepath.Join(proof.Root(t), from)); err != nil && from != "bin/asye" {
			t.Errorf("the Dockerfile copies %s, which is not there", from)
		}
	}
}

// compose is the part of a compose file that we hold.
type compose struct {
	Services map[string]struct {
		Image       string
		ReadOnly    bool              `yaml:"read_only"`
		CapDrop     []string          `yaml:"cap_drop"`
		SecurityOpt []string          `yaml:"security_opt"`
		Environment map[string]string `yaml:"environment"`
		Ports       []string
		Secrets     []string
		Privileged  bool
		Healthcheck struct{ Test []string }
	}
	Secrets map[string]struct{ File string }
}

func TestCompose(t *testing.T) {
	var c compose
	if err := yaml.Unmarshal([]byte(text(t, "docker", "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Services) != 2 {
		t.Fatalf("%d services", len(c.Services))
	}
	for name, s := range c.Services {
		if !s.ReadOnly || s.Privileged || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs: %+v", name, s)
		}
		if len(s.Healthcheck.Test) == 0 {
			t.Errorf("nobody looks whether %s is well", name)
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s is reached from outside this machine at %s", name, port)
			}
		}
		for key, value := range s.Environment {
			if strings.Contains(strings.ToLower(key), "password") && !strings.HasPrefix(value, "/run/secrets/") || strings.Contains(value, "://") && strings.Contains(value, "@") {
				t.Errorf("%s has a secret in its environment: %s", name, key)
			}
		}
		for _, secret := range s.Secrets {
			if c.Secrets[secret].File == "" {
				t.Errorf("%s needs the secret %s, which nothing gives", name, secret)
			}
		}
	}
}
