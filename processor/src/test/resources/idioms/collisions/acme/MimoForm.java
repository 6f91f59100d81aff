package acme;

/** Not ours. */
public class MimoForm {}
