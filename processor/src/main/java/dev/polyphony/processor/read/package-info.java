/**
 * Reads the source of a model: the only package that knows the compiler's syntax trees.
 *
 * <p>Reading is syntactic. Trees give structure and positions; what a name means is asked of {@link
 * javax.lang.model.util.Elements}, never of the compiler's attribution, which during annotation
 * processing changes the live class. Text is sliced from the source, never printed from trees.
 */
package dev.polyphony.processor.read;
