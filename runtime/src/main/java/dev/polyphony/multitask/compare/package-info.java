/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Compares ways to train one model in several tasks, and its ensembles, with models that learnt one
 * task each.
 */
package dev.polyphony.multitask.compare;
