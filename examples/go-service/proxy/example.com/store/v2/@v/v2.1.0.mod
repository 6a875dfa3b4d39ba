module example.com/store/v2

go 1.21

require (
	example.com/codec v0.9.1
	example.com/log v1.2.0
)
