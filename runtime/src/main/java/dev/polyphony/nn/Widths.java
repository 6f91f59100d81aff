/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Holds the widths of a member against those of the model, to find code that cuts features at a
 * constant.
 *
 * <p>What reaches a layer is put together from what other layers give, so its width relative to the
 * model's lies between theirs. A slice to a constant is cut where a member is narrower, and leaves
 * that range. Features of the same width in both, as a mean over channels has, are in order.
 */
final class Widths {

    private static final double ROUNDING = 1e-9;

    private final Form form;
    private final List<EnsembleLayer> maps;
    private final Function<EnsembleLayer, Shape> bases;

    Widths(Form form, List<EnsembleLayer> layers, Function<EnsembleLayer, Shape> bases) {
        this.form = form;
        this.bases = bases;
        maps = layers.stream().filter(EnsembleLayer::mixesFeatures).toList();
    }

    /**
     * Checks the layers that are given features alone.
     *
     * @param readers the layers that are given raw inputs, alone or with features
     * @param readsOutput whether a layer is given what another also writes to the output, which
     *     keeps its width in a member
     * @throws UnsupportedModelException if a layer is given a width that no layers make up
     */
    void check(List<EnsembleLayer> readers, Predicate<EnsembleLayer> readsOutput) {
        List<EnsembleLayer> hidden =
                maps.stream().filter(map -> !map.getRole().writesOutput()).toList();
        for (EnsembleLayer map : maps) {
            if (!map.hasFeatureAxis()) {
                continue;
            }
            double ratio = ratio(map, map.getMemberInputShape(), bases.apply(map));
            if (ratio != 1
                    && !readers.contains(map)
                    && !isMadeUp(ratio, hidden)
                    && !(isMadeUp(ratio, maps) && readsOutput.test(map))) {
                throw new UnsupportedModelException(
                        "%s: %s is given %d features of a member where the model has %d, which no layers before it make up. Code between the layers counts on a width, as a slice to a constant does; with @Packed, alpha = m keeps the model's widths"
                                .formatted(
                                        form,
                                        map.getBaseName(),
                                        width(map, map.getMemberInputShape()),
                                        width(map, bases.apply(map))));
            }
        }
    }

    private boolean isMadeUp(double ratio, List<EnsembleLayer> makers) {
        DoubleSummaryStatistics given =
                makers.stream().mapToDouble(this::outputRatio).summaryStatistics();
        return ratio >= given.getMin() - ROUNDING && ratio <= given.getMax() + ROUNDING;
    }

    private double outputRatio(EnsembleLayer map) {
        Shape base = map.getBaseOutputShapes(bases.apply(map))[0];
        return ratio(map, map.getMemberOutputShape(), base);
    }

    private static double ratio(EnsembleLayer layer, Shape member, Shape base) {
        return (double) width(layer, member) / width(layer, base);
    }

    private static long width(EnsembleLayer layer, Shape shape) {
        return shape.get(layer.getFeatureAxis(shape));
    }
}
