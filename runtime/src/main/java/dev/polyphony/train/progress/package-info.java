/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What training tells while it runs, and the history that it leaves. */
package dev.polyphony.train.progress;
