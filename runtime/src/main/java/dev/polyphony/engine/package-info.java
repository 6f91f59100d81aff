/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Whether the engine can be trusted on this machine. */
package dev.polyphony.engine;
