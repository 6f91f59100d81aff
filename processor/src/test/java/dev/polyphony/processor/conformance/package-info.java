/**
 * The conformance suite: annotates each class of a folder of models with each method, compiles, and
 * checks the generated networks against the plain model.
 */
package dev.polyphony.processor.conformance;
