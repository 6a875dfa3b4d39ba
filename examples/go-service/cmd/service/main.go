// Service answers the requests on its command line, one argument each.
package main

import (
	"fmt"
	"os"

	"example.com/flags"
	"example.com/log"
	"example.com/metrics"
	"example.com/router"
	"example.com/service/internal/greeter"
	"example.com/store/v2"
)

func main() {
	logger := log.New(os.Stderr)
	people := store.New(logger)
	people.Put("ada", "Ada", "Lovelace")

	handler := greeter.New(people).Serve
	counter := &metrics.Counter{}
	if flags.On("counting") {
		handler = counter.Wrap(handler)
	}
	routes := router.New(logger)
	routes.Handle("/hello/", handler)
	for _, path := range os.Args[1:] {
		fmt.Println(routes.Serve(path))
	}
	logger.Printf("%s", counter)
}
