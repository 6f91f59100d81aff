/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleConv1d;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.EnsembleLinear;

/** The settings of a packed layer, and the sizes that follow. */
record Sizes(
        int in,
        int out,
        int members,
        double alpha,
        int gamma,
        int groups,
        int minChannels,
        boolean first,
        boolean last,
        boolean convolution) {

    PackedForm form() {
        return PackedForm.of(members).alpha(alpha).gamma(gamma).minChannelsPerGroup(minChannels);
    }

    Role role() {
        return Role.of(first, last);
    }

    /**
     * Returns all members' input channels, output channels and groups, as the reference counts
     * them: a layer that reads the input counts its channels once and as one group.
     *
     * @throws IllegalArgumentException if the layer's own groups do not divide a member's channels
     */
    double[] derive() {
        // one member is the base model's layer
        long input = first || members == 1 ? in : form().getWidth(in, 1);
        EnsembleLayer layer =
                convolution
                        ? EnsembleConv1d.builder(form())
                                .setKernelShape(new Shape(1))
                                .setFilters(out)
                                .optGroups(groups)
                                .build()
                        : EnsembleLinear.builder(form()).setUnits(out).build();
        Shape tail = convolution ? new Shape(4) : new Shape();
        Shape output =
                layer.fit(
                                role(),
                                new Shape(1, in).addAll(tail),
                                new Shape(members, input).addAll(tail))[0];
        Shape weight = layer.getDirectParameters().get("weight").getShape();
        assertEquals(members * output.get(1), weight.get(0));
        long joined = first ? input : members * input;
        return new double[] {joined, weight.get(0), (double) joined / weight.get(1)};
    }

    /**
     * Returns what the reference makes of the settings: input channels, output channels, groups,
     * and whether the layer runs.
     */
    double[] reference() {
        int joined = (int) (in * (first ? 1 : alpha));
        int outputs = (int) (out * (last ? members : alpha));
        int own = convolution ? groups : 1;
        int each = gamma;
        while (convolution
                && !first
                && each > 1
                && (joined % (each * own * members) != 0
                        || joined / (each * own * members) < minChannels)) {
            each--;
        }
        int all = first ? 1 : each * own * members;
        if (joined % all != 0) {
            joined += members - joined % all;
        }
        if (convolution) {
            outputs += outputs % all == 0 ? 0 : members - outputs % all;
        } else if (outputs % members * gamma != 0) {
            outputs += members - outputs % (members * gamma);
        }
        boolean runs = joined % all == 0 && outputs % all == 0;
        return new double[] {joined, outputs, all, runs ? 1 : 0};
    }

    /** Holds sizes against the rule, in exact fractions. */
    void requireRule(double[] derived) {
        boolean packs = members > 1;
        if (!first) {
            long width = packs ? ExactWidth.of(in, alpha, members, gamma) : in;
            assertEquals(members * width, derived[0]);
        }
        long width = last || !packs ? out : ExactWidth.of(out, alpha, members, gamma * groups);
        assertEquals(members * width, derived[1]);
    }

    /** Returns whether the base model can have the layer, and what reaches a member fits it. */
    boolean exists() {
        boolean base = in % groups == 0 && out % groups == 0;
        return base && (first || members == 1 || form().getWidth(in, 1) % groups == 0);
    }

    /** Returns whether the reference may have other sizes: see {@code Difference.PACKED_WIDTHS}. */
    boolean mayDiffer() {
        return first
                || members == 1
                || gamma > 1
                || !ExactWidth.isWhole(in, alpha)
                || !ExactWidth.isWhole(out, alpha);
    }
}
