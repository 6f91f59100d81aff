/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Training: the recipe of each method, losses over members, optimizers with PyTorch's arithmetic,
 * and the loop that keeps everything on the device.
 */
package dev.polyphony.train;
