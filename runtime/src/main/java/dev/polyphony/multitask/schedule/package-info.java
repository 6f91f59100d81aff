/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Which tasks and which examples have their turn, as training goes on. */
package dev.polyphony.multitask.schedule;
