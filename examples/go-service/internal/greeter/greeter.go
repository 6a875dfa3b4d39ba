// Package greeter writes letters to the people it knows.
package greeter

import (
	_ "embed"
	"path"
	"strings"

	"example.com/legacy"
	"example.com/store/v2"
)

//go:embed letter.txt
var letter string

// Greeter greets who is in its store.
type Greeter struct{ people *store.Store }

// New makes a greeter.
func New(people *store.Store) *Greeter { return &Greeter{people: people} }

// Serve answers a path with the letter for its last element.
func (g *Greeter) Serve(request string) string {
	name := strings.Join(g.people.Get(path.Base(request)), " ")
	if name == "" {
		name = "Sir or Madam"
	}
	return legacy.Greeting + name + ",\n" + strings.TrimSpace(letter)
}
