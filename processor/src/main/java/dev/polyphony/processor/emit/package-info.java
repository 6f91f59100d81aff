/** Writes the generated types with JavaPoet: network, harness and comparison. */
package dev.polyphony.processor.emit;
