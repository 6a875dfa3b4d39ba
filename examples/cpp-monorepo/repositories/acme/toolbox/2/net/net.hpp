#include <codec.hpp>
inline int receive() { return decode(42); }
