/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Gradients of several tasks that pull the shared parameters in conflicting directions. */
package dev.polyphony.multitask.surgery;
