//go:build ignore

// Says what golang.org/x/mod/modfile makes of texts: reads a JSON list of strings (base64) from standard input and
// writes a JSON list of answers. tests/unit/core/gomod builds it with the copy of the package in go's own source tree.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

type retraction struct{ Low, High, Rationale string }

type manifest struct {
	Path, Deprecated, Go, Toolchain string
	Require                         []string
	Exclude                         []module.Version
	Replace                         [][2]module.Version
	Retract                         []retraction
	Tool, Ignore                    []string
	Godebug                         [][2]string
}

type answer struct {
	Error    string
	Manifest manifest
	Format   string
}

func summarize(f *modfile.File) (m manifest) {
	if f.Module != nil {
		m.Path, m.Deprecated = f.Module.Mod.Path, f.Module.Deprecated
	}
	if f.Go != nil {
		m.Go = f.Go.Version
	}
	if f.Toolchain != nil {
		m.Toolchain = f.Toolchain.Name
	}
	for _, r := range f.Require {
		m.Require = append(m.Require, fmt.Sprint(r.Mod, " ", r.Indirect, " ", r.Syntax.Start.Line))
	}
	for _, x := range f.Exclude {
		m.Exclude = append(m.Exclude, x.Mod)
	}
	for _, r := range f.Replace {
		m.Replace = append(m.Replace, [2]module.Version{r.Old, r.New})
	}
	for _, r := range f.Retract {
		m.Retract = append(m.Retract, retraction{r.Low, r.High, r.Rationale})
	}
	for _, t := range f.Tool {
		m.Tool = append(m.Tool, t.Path)
	}
	for _, i := range f.Ignore {
		m.Ignore = append(m.Ignore, i.Path)
	}
	for _, g := range f.Godebug {
		m.Godebug = append(m.Godebug, [2]string{g.Key, g.Value})
	}
	return m
}

func ask(f *modfile.File, err error) answer {
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Manifest: summarize(f), Format: string(modfile.Format(f.Syntax))}
}

// fixOffline does what the go command does to the versions of a main module's go.mod, where it cannot query.
func fixOffline(path, version string) (string, error) {
	if strings.HasPrefix(path, "gopkg.in/") && strings.Contains(version, "-gopkgin-") {
		version = version[strings.Index(version, "-gopkgin-")+len("-gopkgin-"):]
	}
	_, major, ok := module.SplitPathVersion(path)
	if !ok {
		err := &module.InvalidVersionError{Version: version, Err: fmt.Errorf("malformed module path %q", path)}
		return "", &module.ModuleError{Path: path, Err: err}
	}
	if version != "" && module.CanonicalVersion(version) == version {
		if err := module.CheckPathMajor(version, major); err != nil {
			return "", module.VersionError(module.Version{Path: path, Version: version}, err)
		}
		return version, nil
	}
	if err := module.CheckPath(path); err != nil {
		return "", err
	}
	return "", errors.New("offline")
}

func main() {
	var texts [][]byte
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	answers := make([]map[string]answer, len(texts))
	for i, text := range texts {
		answers[i] = map[string]answer{
			"main": ask(modfile.Parse("go.mod", text, fixOffline)),
			"edit": ask(modfile.Parse("go.mod", text, nil)),
			"lax":  ask(modfile.ParseLax("go.mod", text, nil)),
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answers); err != nil {
		panic(err)
	}
}
