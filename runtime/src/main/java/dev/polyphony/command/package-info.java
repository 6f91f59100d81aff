/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The command lines of generated harnesses and comparisons: {@code train}, {@code resume}, {@code
 * evaluate} and {@code describe}.
 */
package dev.polyphony.command;
