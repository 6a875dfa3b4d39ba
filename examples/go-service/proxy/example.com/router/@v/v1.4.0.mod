module example.com/router

go 1.22

require example.com/log v1.3.0
