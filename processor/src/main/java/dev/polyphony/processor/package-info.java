/** The annotation processor, one package a stage: read, method, emit; diagnose beside them. */
package dev.polyphony.processor;
