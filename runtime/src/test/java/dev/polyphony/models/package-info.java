/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Small networks and data for tests, written as the processor writes them. */
package dev.polyphony.models;
