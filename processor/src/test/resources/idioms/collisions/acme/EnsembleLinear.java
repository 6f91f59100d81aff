package acme;

/** Not ours. */
public class EnsembleLinear {}
