package acme;

/** Not DJL's. */
public record Shape(int size) {}
