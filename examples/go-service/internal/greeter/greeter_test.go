package greeter

import (
	"io"
	"testing"

	"example.com/assert"
	"example.com/log"
	"example.com/store/v2"
)

func TestServeGreetsByName(t *testing.T) {
	people := store.New(log.New(io.Discard))
	people.Put("ada", "Ada", "Lovelace")
	want := "Dear Ada Lovelace,\nwe have received your request."
	assert.Equal(t, New(people).Serve("/hello/ada"), want)
}
