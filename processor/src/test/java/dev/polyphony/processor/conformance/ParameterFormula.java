/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import dev.polyphony.processor.method.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * How many numbers an ensemble trains, from the plain model's shapes and wiring and the methods'
 * definitions.
 */
final class ParameterFormula {

    private static final double ROUNDING = 1e-9;

    private final Wiring wiring;
    private final Method method;
    private final Map<String, String> attributes;
    private final long members;

    /**
     * Prepares the formula.
     *
     * @param wiring the plain model's wiring
     * @param method the method
     * @param attributes the attributes of the annotation
     */
    ParameterFormula(Wiring wiring, Method method, Map<String, String> attributes) {
        this.wiring = wiring;
        this.method = method;
        this.attributes = attributes;
        members = Long.parseLong(attributes.get("m"));
    }

    /**
     * Returns the number of trainable numbers.
     *
     * @return the number
     * @throws IllegalStateException if no formula covers the model
     */
    long count() {
        if (method == Method.PACKED && members > 1) {
            return packed();
        }
        long count = 0;
        for (Leaf leaf : wiring.getLeaves()) {
            if (members == 1 || method == Method.DEEP_ENSEMBLE) {
                count += members * leaf.trained();
            } else if (leaf.isNormalisation()) {
                count += (isBehindHeads(leaf) ? members : 1) * leaf.trained();
            } else {
                count += shared(leaf);
            }
        }
        return count;
    }

    /** Normalisation behind the layers that write the output works for each member. */
    private boolean isBehindHeads(Leaf leaf) {
        return wiring.writesOutput(leaf)
                && (method == Method.MIMO
                        || method == Method.MIX_MO
                        || method == Method.SUB_ENSEMBLE);
    }

    private long shared(Leaf leaf) {
        requireMap(leaf);
        long in = wiring.readsInput(leaf) ? members : 1;
        long out = wiring.writesOutput(leaf) ? members : 1;
        long bias = leaf.hasBias() ? leaf.units() : 0;
        long weight = leaf.units() * leaf.inputs() / leaf.groups() * leaf.kernel();
        return switch (method) {
            case MIMO -> in * out * weight + out * bias;
            case MIX_MO -> Math.max(in, out) * (weight + bias);
            case SUB_ENSEMBLE -> out * (weight + bias);
            case MASKSEMBLES -> weight + bias;
            case BATCH_ENSEMBLE -> {
                boolean additive = attributes.getOrDefault("form", "").endsWith("ADDITIVE");
                long fast = members * (leaf.inputs() + leaf.units());
                yield weight + fast + (additive ? 1 : members) * bias;
            }
            default -> throw new IllegalStateException("No formula for " + method);
        };
    }

    /** Every member has layers of its own, {@code ceil(c * alpha / m)} wide. */
    private long packed() {
        double alpha = Double.parseDouble(attributes.getOrDefault("alpha", "2"));
        long gamma = Long.parseLong(attributes.getOrDefault("gamma", "1"));
        long fewest = Long.parseLong(attributes.getOrDefault("minChannelsPerGroup", "64"));
        Map<Leaf, Long> widths = new HashMap<>();
        long count = 0;
        for (Leaf leaf : wiring.getLeaves()) {
            long inputs = wiring.features(leaf, widths::get);
            if (leaf.isNormalisation()) {
                count += members * leaf.trainedPerFeature() * inputs;
                continue;
            }
            requireMap(leaf);
            boolean depthwise = leaf.groups() > 1 && leaf.groups() == leaf.inputs();
            long groups = depthwise ? inputs : leaf.groups();
            long width = leaf.units();
            if (!wiring.writesOutput(leaf)) {
                long multiple = gamma * groups;
                width =
                        depthwise
                                ? leaf.units() / leaf.groups() * inputs
                                : roundUp(leaf.units() * alpha / members, multiple);
            }
            long own = 1;
            for (long g = wiring.readsInput(leaf) ? 1 : gamma; g > 1 && own == 1; g--) {
                boolean fits = inputs % (g * groups) == 0 && width % (g * groups) == 0;
                boolean wide = !leaf.isConvolution() || inputs / (g * groups) >= fewest;
                own = fits && wide ? g : 1;
            }
            widths.put(leaf, width);
            count += members * width * (inputs / (own * groups)) * leaf.kernel();
            count += leaf.hasBias() ? members * width : 0;
        }
        return count;
    }

    private static long roundUp(double width, long multiple) {
        long whole = Math.max(1, (long) Math.ceil(width - ROUNDING));
        return (whole + multiple - 1) / multiple * multiple;
    }

    private static void requireMap(Leaf leaf) {
        if (!leaf.isMap()) {
            throw new IllegalStateException(
                    "No formula for " + leaf.block().getClass().getSimpleName());
        }
    }
}
