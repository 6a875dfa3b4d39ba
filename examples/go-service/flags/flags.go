// Package flags tells which features are on, in place of the module of this name.
package flags

var on = map[string]bool{"counting": true}

// On tells whether a feature is on.
func On(name string) bool { return on[name] }
