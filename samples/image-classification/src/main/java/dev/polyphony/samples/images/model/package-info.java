/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The networks of the literature, as plain DJL models. The annotations name every form that a
 * recipe trains.
 */
package dev.polyphony.samples.images.model;
