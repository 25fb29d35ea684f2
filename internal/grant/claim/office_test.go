package claim_test

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/grant/claim"
)

// opener is a macro of LibreOffice that opens a workbook with a password and
// saves it as CSV, with numbers as they are shown.
const opener = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main(sFrom As String, sPassword As String, sInto As String)
  On Error GoTo Done
  Dim aLoad(1) As New com.sun.star.beans.PropertyValue
  aLoad(0).Name = "Hidden"
  aLoad(0).Value = True
  aLoad(1).Name = "Password"
  aLoad(1).Value = sPassword
  Dim aSave(1) As New com.sun.star.beans.PropertyValue
  aSave(0).Name = "FilterName"
  aSave(0).Value = "Text - txt - csv (StarCalc)"
  aSave(1).Name = "FilterOptions"
  aSave(1).Value = "44,34,76,1,,0,false,true,true"
  Dim oDoc As Object
  oDoc = StarDesktop.loadComponentFromURL(sFrom, "_blank", 0, aLoad())
  oDoc.storeToURL(sInto, aSave())
  oDoc.close(True)
Done:
  StarDesktop.terminate()
End Sub
</script:module>
`

// TestGRA30_LibreOfficeOpensIt: a program of others opens the file with the
// password, shows the same cells, and refuses it without.
func TestGRA30_LibreOfficeOpensIt(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: make office")
	}
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		all := append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--norestore"}, args...)
		within, stop := context.WithTimeout(t.Context(), 2*time.Minute)
		defer stop()
		if said, err := exec.CommandContext(within, office, all...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
	}
	run("--terminate_after_init") // it makes its profile, and Module1 with it
	check(t, os.WriteFile(filepath.Join(dir, "profile", "user", "basic", "Standard", "Module1.xba"), []byte(opener), 0o600))
	for _, size := range []int{1, 300} { // one is so small that it is written otherwise
		c, password := large(t, size), claim.NewPassword()
		file, out := filepath.Join(dir, "claim.xlsx"), filepath.Join(dir, "claim.csv")
		check(t, os.WriteFile(file, workbook(t, c, password), 0o600))
		open := func(password string) {
			t.Helper()
			run(`macro:///Standard.Module1.Main("file://` + filepath.ToSlash(file) + `","` + password + `","file://` + filepath.ToSlash(out) + `")`)
		}
		if size == 1 {
			open("wrong-" + password)
			if _, err := os.Stat(out); err == nil {
				t.Fatal("it opens with a wrong password")
			}
		}
		open(password)
		text, err := os.ReadFile(out)
		check(t, err)
		read := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
		read.LazyQuotes = true
		got, err := read.ReadAll()
		check(t, err)
		same(t, "LibreOffice", got, rowsOf(c))
		check(t, os.Remove(out))
	}
}
