inline int decode(int x) { return x ^ 1; }
