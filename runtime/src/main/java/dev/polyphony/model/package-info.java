/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The model folder: a trained ensemble with all that is needed to use it elsewhere, and the checks
 * that it is whole.
 */
package dev.polyphony.model;
