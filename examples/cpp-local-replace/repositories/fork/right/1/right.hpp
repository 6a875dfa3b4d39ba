inline int right() { return 1; }
