module example.com/hello

go 1.22

require example.com/greet v1.1.0

require example.com/wrap v0.2.0 // indirect
