/** The model as the processor knows it: plain immutable data, free of syntax trees. */
package dev.polyphony.processor.model;
