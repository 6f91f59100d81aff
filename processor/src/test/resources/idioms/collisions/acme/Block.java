package acme;

/** Not DJL's. */
record Block(int size) {}
