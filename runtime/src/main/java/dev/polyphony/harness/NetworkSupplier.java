/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Makes networks, or the plain models that they are made from, in this process or in another one: a
 * lambda of this type is written with the values that it captures, which must be {@link
 * Serializable}, shapes or devices.
 *
 * @param <T> the type of the networks
 */
@FunctionalInterface
public interface NetworkSupplier<T extends Block> extends Supplier<T>, Serializable {}
