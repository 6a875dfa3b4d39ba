module example.com/gen

go 1.22

require example.com/codec v0.9.0
