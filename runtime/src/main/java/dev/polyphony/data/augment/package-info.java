/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Augmentation of images in training: on the device, inside the step, each image by draws of its
 * own, and with soft labels where images are mixed.
 */
package dev.polyphony.data.augment;
