module example.com/metrics

go 1.16

require example.com/router v1.3.0
