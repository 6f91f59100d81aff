/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.nn.DropoutEnsemble;
import java.util.Optional;
import java.util.function.Supplier;

/** The row of MC dropout: the plain model as it was trained, asked with its dropout on. */
final class DropoutRow {

    static final String NAME = "MC dropout";

    private final Supplier<? extends Block> model;
    private int passes = 20;
    private Optional<String> obstacle;

    DropoutRow(Supplier<? extends Block> model) {
        this.model = model;
    }

    void setPasses(int passes) {
        this.passes = passes;
    }

    int getPasses() {
        return passes;
    }

    boolean isThere() {
        return passes > 0 && getObstacle().isEmpty();
    }

    /** What the model has against it; found once, as a model must be made for it. */
    private Optional<String> getObstacle() {
        if (obstacle == null) {
            obstacle = DropoutEnsemble.findObstacle(model.get());
        }
        return obstacle;
    }

    /** Says why there is such a row, or none; empty where none was asked for. */
    Optional<String> describe() {
        if (passes == 0) {
            return Optional.empty();
        }
        return Optional.of(
                getObstacle()
                        .map(why -> "no row: " + why)
                        .orElse(
                                "the plain model as it was trained, asked %d times with dropout on and normalisation as in prediction; what its training cost is that of the plain row"
                                        .formatted(passes)));
    }
}
