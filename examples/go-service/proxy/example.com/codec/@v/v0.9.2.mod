module example.com/codec

go 1.17

// v0.9.1 decodes what it did not encode.
retract v0.9.1
