/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.TrainingOptions;
import dev.polyphony.nn.ModelSource;
import dev.polyphony.nn.WarmStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The plain models that training starts from. */
final class WarmStartOptions {

    static final String WARM_START = "--warm-start";
    private static final String SPREAD = "--spread";
    private static final String FREEZE = "--freeze-trunk";

    @Option(
            names = WARM_START,
            paramLabel = "PATH",
            description =
                    "Start from a plain model that has been trained: the folder or the file of"
                            + " parameters that DJL saved, or the model folder of a comparison's"
                            + " plain row, RUN/model/plain. Repeat it for a model of each member,"
                            + " where members share no weights.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = SPREAD,
            paramLabel = "DEVIATION",
            description =
                    "How far members start from that model: the standard deviation of a factor"
                            + " around 1 for each weight that a member has for itself.")
    private Double spread;

    @Option(
            names = FREEZE,
            description =
                    "Train the heads of a sub-ensemble alone, and leave its trunk as the model's.")
    private boolean isFrozen;

    boolean isGiven() {
        return !paths.isEmpty();
    }

    void apply(TrainingOptions<?> trainable) {
        if (!isGiven()) {
            requireAlone(SPREAD, spread != null);
            requireAlone(FREEZE, isFrozen);
            return;
        }
        WarmStart start = WarmStart.reading(sources(trainable).toArray(ModelSource[]::new));
        if (spread != null) {
            start.optSpread(spread);
        }
        trainable.optWarmStart(start.optFrozenTrunk(isFrozen));
    }

    private static void requireAlone(String option, boolean isGiven) {
        if (isGiven) {
            throw new WrongCallException(
                    "%s needs a model to start from: give it with %s"
                            .formatted(option, WARM_START));
        }
    }

    private List<ModelSource> sources(TrainingOptions<?> trainable) {
        return paths.stream().map(trainable::savedModel).toList();
    }

    /** Requires, before anything is written, that models can be read. */
    void requireModels(TrainingOptions<?> trainable) throws IOException {
        for (ModelSource source : sources(trainable)) {
            source.open().close();
        }
    }
}
