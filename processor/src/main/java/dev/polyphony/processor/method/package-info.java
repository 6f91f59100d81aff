/**
 * The methods: their annotations and valid attributes, which layer becomes what, and the check that
 * turns a model into a plan.
 */
package dev.polyphony.processor.method;
