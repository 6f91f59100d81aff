/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Test-time augmentation: {@link dev.polyphony.evaluate.tta.TestTimeAugmentation} asks an ensemble
 * about several {@linkplain dev.polyphony.evaluate.tta.View views} of each image.
 */
package dev.polyphony.evaluate.tta;
