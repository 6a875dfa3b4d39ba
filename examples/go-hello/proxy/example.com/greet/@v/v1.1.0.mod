module example.com/greet

go 1.20

require example.com/wrap v0.2.0
