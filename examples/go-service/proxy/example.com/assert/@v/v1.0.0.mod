module example.com/assert

go 1.21

require example.com/diff v0.1.0
