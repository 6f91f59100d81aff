/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What settings must be, said in one way everywhere. */
package dev.polyphony.checks;
