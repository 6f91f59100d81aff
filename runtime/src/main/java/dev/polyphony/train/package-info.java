/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Training: the recipe of each method, and the loop that keeps everything on the device. Its
 * losses, optimizers, progress and batches have packages of their own.
 */
package dev.polyphony.train;
