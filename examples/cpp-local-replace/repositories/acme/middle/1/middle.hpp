inline int middle() { return 0; }
