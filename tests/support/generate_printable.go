// Prints core/base/printable_ranges.inc from Go's own Unicode tables:
//
//	go run tests/support/generate_printable.go > core/base/printable_ranges.inc
package main

import (
	"fmt"
	"unicode"
)

func main() {
	fmt.Println("// Generated from Go's tables of Unicode " + unicode.Version + " by tests/support/generate_printable.go.")
	line := ""
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if !unicode.IsPrint(r) {
			continue
		}
		first := r
		for r < unicode.MaxRune && unicode.IsPrint(r+1) {
			r++
		}
		row := fmt.Sprintf("{0x%X, 0x%X},", first, r)
		if len(line)+len(row)+1 > 118 {
			fmt.Println(line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += row
	}
	fmt.Println(line)
}
