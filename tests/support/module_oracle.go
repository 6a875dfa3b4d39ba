//go:build ignore

// Answers questions about versions, names and module zips with Go's own packages: reads a JSON list of questions from
// standard input, each a list of a function's name and its arguments (base64), and writes a JSON list of answers.
// tests/unit/core/module builds it with the copy of golang.org/x/mod in go's own source tree.
package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"path"
	"strings"
	"unicode"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	modzip "golang.org/x/mod/zip"
)

func text(err error) string {
	if err != nil {
		return err.Error()
	}
	return ""
}

func valueOr(value string, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return "value: " + value
}

// pseudo takes a pseudo-version apart; the time as it is written, valid or not.
func pseudo(v string) string {
	rev, err := module.PseudoVersionRev(v)
	if err != nil {
		return "none"
	}
	before, _ := strings.CutSuffix(strings.TrimSuffix(v, semver.Build(v)), "-"+rev)
	return before[len(before)-14:] + " " + rev
}

// checkZip makes a zip of empty files and checks it.
func checkZip(path, v string, names []string) string {
	file, err := os.CreateTemp("", "oracle-*.zip")
	if err != nil {
		panic(err)
	}
	defer os.Remove(file.Name())
	defer file.Close()
	archive := zip.NewWriter(file)
	for _, name := range names {
		if _, err := archive.Create(name); err != nil {
			panic(err)
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	checked, err := modzip.CheckZip(module.Version{Path: path, Version: v}, file.Name())
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprint("value: ", len(checked.Valid))
}

// fileRunes lists the runes that a file name may be made of, as ranges.
func fileRunes() string {
	var ranges strings.Builder
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if module.CheckFilePath("x"+string(r)+"x") != nil {
			continue
		}
		first := r
		for r < unicode.MaxRune && module.CheckFilePath("x"+string(r+1)+"x") == nil {
			r++
		}
		fmt.Fprintf(&ranges, "%x-%x ", first, r)
	}
	return ranges.String()
}

var functions = map[string]func(a []string) string{
	"compare_versions":      func(a []string) string { return fmt.Sprint(semver.Compare(a[0], a[1])) },
	"canonical_version":     func(a []string) string { return semver.Canonical(a[0]) },
	"version_major":         func(a []string) string { return semver.Major(a[0]) },
	"version_major_minor":   func(a []string) string { return semver.MajorMinor(a[0]) },
	"version_prerelease":    func(a []string) string { return semver.Prerelease(a[0]) },
	"version_build":         func(a []string) string { return semver.Build(a[0]) },
	"pseudo":                func(a []string) string { return pseudo(a[0]) },
	"compare_go_versions":   func(a []string) string { return fmt.Sprint(version.Compare("go"+a[0], "go"+a[1])) },
	"is_valid_go_version":   func(a []string) string { return fmt.Sprint(version.IsValid("go" + a[0])) },
	"go_language_version":   func(a []string) string { return strings.TrimPrefix(version.Lang("go"+a[0]), "go") },
	"check_path":            func(a []string) string { return text(module.CheckPath(a[0])) },
	"check_import_path":     func(a []string) string { return text(module.CheckImportPath(a[0])) },
	"check_file_path":       func(a []string) string { return text(module.CheckFilePath(a[0])) },
	"check":                 func(a []string) string { return text(module.Check(a[0], a[1])) },
	"check_path_major":      func(a []string) string { return text(module.CheckPathMajor(a[0], a[1])) },
	"escape_path":           func(a []string) string { return valueOr(module.EscapePath(a[0])) },
	"escape_version":        func(a []string) string { return valueOr(module.EscapeVersion(a[0])) },
	"unescape_path":         func(a []string) string { return valueOr(module.UnescapePath(a[0])) },
	"unescape_version":      func(a []string) string { return valueOr(module.UnescapeVersion(a[0])) },
	"match_prefix_patterns": func(a []string) string { return fmt.Sprint(module.MatchPrefixPatterns(a[0], a[1])) },
	"equal_fold":            func(a []string) string { return fmt.Sprint(strings.EqualFold(a[0], a[1])) },
	"check_zip_entries":     func(a []string) string { return checkZip(a[0], a[1], a[2:]) },
	"file_runes":            func(a []string) string { return fileRunes() },
	"match_glob": func(a []string) string {
		matched, err := path.Match(a[0], a[1])
		return fmt.Sprint(matched, err != nil)
	},
	"split_path_major": func(a []string) string {
		prefix, major, ok := module.SplitPathVersion(a[0])
		if !ok {
			return "error"
		}
		return prefix + " " + major
	},
}

func main() {
	var questions [][][]byte
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := make([][]byte, len(questions))
	for i, question := range questions {
		var arguments []string
		for _, argument := range question[1:] {
			arguments = append(arguments, string(argument))
		}
		answers[i] = []byte(functions[string(question[0])](arguments))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
