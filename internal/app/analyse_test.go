package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnalyse_NamesTheFileAsItIsCalled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "years.csv")
	if err := os.WriteFile(file, []byte("gender,outcome\nF,pass\nM,fail\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(file))
	code, _, told := program(t, nil, "analyse", "years.csv", "--outcome=outcom=fail", "--by=gender")
	if code != 3 || !strings.Contains(told, `years.csv: the file has no column "outcom"`) {
		t.Errorf("%d %s", code, told)
	}
}
