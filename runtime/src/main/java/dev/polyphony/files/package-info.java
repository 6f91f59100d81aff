/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Files that are whole at any moment, and checksums by which they are known again. */
package dev.polyphony.files;
