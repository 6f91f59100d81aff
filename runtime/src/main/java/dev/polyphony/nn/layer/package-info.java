/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The layers of generated networks: each has the builder of the DJL layer that it stands for, takes
 * a {@link dev.polyphony.nn.form.Form}, and serves all members at once.
 *
 * <p>A layer works inside an {@link dev.polyphony.nn.Ensemble}, which finds the layer's role and
 * tells it, for each forward pass, what its rows are ({@link dev.polyphony.nn.layer.Pass}).
 */
package dev.polyphony.nn.layer;
