/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Files that are whole at any moment. */
package dev.polyphony.files;
