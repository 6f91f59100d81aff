/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Checkpoints on disk: the format of a file, the folder with its policy, and what tells one
 * training from another. What a training is made of is up to the package around.
 */
package dev.polyphony.train.checkpoint;
