// Prints core/module/unicode_tables.cpp from Go's own Unicode tables:
//
//	go run tests/support/generate_unicode_tables.go > core/module/unicode_tables.cpp
package main

import (
	"fmt"
	"strings"
	"unicode"
)

type foldRange struct{ first, last, stride, to rune }

func isSurrogate(r rune) bool { return 0xD800 <= r && r < 0xE000 }

func letterRanges() []string {
	var rows []string
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if !unicode.IsLetter(r) {
			continue
		}
		first := r
		for r < unicode.MaxRune && unicode.IsLetter(r+1) {
			r++
		}
		rows = append(rows, fmt.Sprintf("{0x%X, 0x%X}", first, r))
	}
	return rows
}

// foldOf is the least rune of the orbit of unicode.SimpleFold, and a to z for the ASCII letters.
func foldOf(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if 'A' <= least && least <= 'Z' {
		least += 'a' - 'A'
	}
	return least
}

// extends says whether r → to continues the range, and with which stride.
func (f foldRange) extends(r, to rune) (rune, bool) {
	stride := r - f.last
	sameShift := to-r == f.to-f.first
	return stride, sameShift && stride <= 2 && (f.first == f.last || f.stride == stride)
}

func foldRanges() []string {
	var ranges []foldRange
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		to := foldOf(r)
		if isSurrogate(r) || to == r {
			continue
		}
		if n := len(ranges); n > 0 {
			if stride, ok := ranges[n-1].extends(r, to); ok {
				ranges[n-1].last, ranges[n-1].stride = r, stride
				continue
			}
		}
		ranges = append(ranges, foldRange{r, r, 1, to})
	}
	var rows []string
	for _, f := range ranges {
		rows = append(rows, fmt.Sprintf("{0x%X, 0x%X, %d, 0x%X}", f.first, f.last, f.stride, f.to))
	}
	return rows
}

func printTable(kind, name string, rows []string) {
	fmt.Printf("\nconstexpr %s %s[] = {\n", kind, name)
	line := "   "
	for _, row := range rows {
		if len(line)+len(row)+2 > 118 {
			fmt.Println(line)
			line = "   "
		}
		line += " " + row + ","
	}
	fmt.Println(line)
	fmt.Println("};")
}

func main() {
	fmt.Println("// Generated from Go's tables of Unicode " + unicode.Version + "; to make it anew:")
	fmt.Println("//     go run tests/support/generate_unicode_tables.go > core/module/unicode_tables.cpp")
	fmt.Println("// clang-format off")
	fmt.Println(strings.TrimSpace(`
#include "core/module/unicode_tables.hpp"

namespace modtool::module {
namespace {`))
	printTable("RuneRange", "kLetters", letterRanges())
	printTable("FoldRange", "kFolds", foldRanges())
	fmt.Print(`
}  // namespace

std::span<const RuneRange> letter_ranges() { return kLetters; }
std::span<const FoldRange> fold_ranges() { return kFolds; }

}  // namespace modtool::module
`)
}
