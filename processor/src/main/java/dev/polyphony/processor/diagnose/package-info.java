/** Problems: what is wrong, where, and what to do. The error catalogue is {@link Code}. */
package dev.polyphony.processor.diagnose;
