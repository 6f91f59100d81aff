/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import dev.polyphony.inference.Arguments;
import dev.polyphony.nn.Ensemble;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a network is made.
 *
 * @param network makes it, a new one each time
 * @param className the class that model folders know it by
 * @param arguments what it is made of; empty if nobody knows
 */
record TaskNetwork(
        Supplier<? extends Ensemble> network,
        Function<Ensemble, String> className,
        Optional<Arguments> arguments) {}
