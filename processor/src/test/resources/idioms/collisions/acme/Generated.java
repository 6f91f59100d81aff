package acme;

/** Not the compiler's. */
public class Generated {}
