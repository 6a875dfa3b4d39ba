//go:build ignore

// This program prints the letter as a page. It is no part of the package, so what it imports is not needed.
package main

import (
	"fmt"
	"os"

	_ "example.com/nowhere"
)

func main() {
	letter, _ := os.ReadFile("letter.txt")
	fmt.Printf("<pre>%s</pre>\n", letter)
}
