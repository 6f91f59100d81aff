/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Models with several outputs, each of a task of its own: what the tasks are, how a model does in
 * each, how sure its members are, and what one task costs or gives the others.
 */
package dev.polyphony.multitask;
