/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Optimizers with PyTorch's arithmetic, groups of parameters with their own rates, and schedules.
 */
package dev.polyphony.train.optimize;
