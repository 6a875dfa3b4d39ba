module example.com/service

go 1.24

require (
	example.com/assert v1.0.0
	example.com/flags v1.0.0
	example.com/legacy v3.0.0+incompatible
	example.com/log v1.3.0
	example.com/metrics v0.0.0-20240115103000-6f1ed002ab55
	example.com/router v1.4.0
	example.com/store/v2 v2.1.0
)

require (
	example.com/codec v0.9.2 // indirect
	example.com/diff v0.1.0 // indirect
	example.com/gen v1.5.0 // indirect
)

tool example.com/gen/cmd/gen

// It decodes what it did not encode.
exclude example.com/codec v0.9.1

// Our own features, in the checkout.
replace example.com/flags => ./flags
