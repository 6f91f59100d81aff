/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.nn.Ensemble;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Makes networks, in this process or in another one: a lambda of this type is written with the
 * values that it captures, which must be {@link Serializable}, shapes or devices.
 *
 * @param <T> the type of the networks
 */
@FunctionalInterface
public interface NetworkSupplier<T extends Ensemble> extends Supplier<T>, Serializable {}
