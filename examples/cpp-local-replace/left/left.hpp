inline int left() { return -1; }
