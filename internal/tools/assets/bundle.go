package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/asye/internal/platform/sbom"
	"github.com/evanw/esbuild/pkg/api"
)

// bundle writes app-….css, app-….js and boot-….js into the folder that the
// program embeds, after taking out what an earlier run left there.
func bundle(root string) error {
	base, err := filepath.Abs(filepath.Join(root, "internal", "platform", "ui"))
	if err != nil {
		return err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     base,
		EntryPoints:       []string{"src/app.js", "src/app.css", "src/boot.js"},
		Outdir:            filepath.Join(base, "dist"),
		EntryNames:        "[name]-[hash]",
		AssetNames:        "[name]-[hash]",
		Loader:            map[string]api.Loader{".svg": api.LoaderFile},
		Bundle:            true,
		Format:            api.FormatESModule,
		Target:            api.ES2017,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelWarning,
		Plugins:           []api.Plugin{stylesheets},
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("%d errors, of which the first is: %s", len(result.Errors), result.Errors[0].Text)
	}
	if err := clear(filepath.Join(base, "dist")); err != nil {
		return err
	}
	for _, file := range result.OutputFiles {
		if err := os.WriteFile(file.Path, file.Contents, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s %d bytes\n", filepath.Base(file.Path), len(file.Contents))
	}
	return list(root, filepath.Join(base, "dist", ".packages.json"))
}

// list writes down which packages were bundled, for asye sbom: those that
// package.json depends on, as they are installed.
func list(root, to string) error {
	var wanted struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := read(filepath.Join(root, "package.json"), &wanted); err != nil {
		return err
	}
	var out []sbom.Package
	for _, name := range slices.Sorted(maps.Keys(wanted.Dependencies)) {
		var one struct {
			Version string `json:"version"`
			Licence string `json:"license"`
		}
		if err := read(filepath.Join(root, "node_modules", filepath.FromSlash(name), "package.json"), &one); err != nil {
			return err
		}
		out = append(out, sbom.Package{Name: name, Version: one.Version, Licence: one.Licence})
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(to, append(text, '\n'), 0o644)
}

func read(path string, into any) error {
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", path, err)
	}
	return nil
}

// clear empties the folder but for .keep, which holds it in version control.
func clear(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// stylesheets passes the packages' own styles through prune, as they come with
// a typeface and emblems that only GOV.UK may use.
var stylesheets = api.Plugin{Name: "stylesheets", Setup: func(b api.PluginBuild) {
	b.OnLoad(api.OnLoadOptions{Filter: `frontend\.min\.css$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		text, err := os.ReadFile(args.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		keep := keepGOVUK
		if strings.Contains(filepath.Base(args.Path), "moj") {
			keep = keepMOJ
		}
		css := prune(string(text), keep)
		// The pictures lie beside the stylesheet, not where a site would serve them.
		css = strings.ReplaceAll(css, "url(/assets/", "url(./assets/")
		return api.OnLoadResult{Contents: &css, Loader: api.LoaderCSS}, nil
	})
}}
