/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What serves a trained ensemble: making its network again when it is loaded, and its answers. */
package dev.polyphony.inference;
