/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import dev.polyphony.data.Examples;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.WarmStart;
import dev.polyphony.train.MemberParameters;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.progress.Progress;
import java.util.List;

/** Puts members that were trained as models of their own into the network of a harness. */
final class MemberPlacement {

    private MemberPlacement() {}

    /**
     * Sets the parameters of all members.
     *
     * @param ensemble the network, initialised
     * @param copies makes what a vectorized network is, taken apart; null for a network of copies
     * @param parameters the parameters of each member in order, as its model saves them
     */
    static void load(Ensemble ensemble, PlainCopies copies, List<byte[]> parameters) {
        if (copies == null) {
            MemberParameters.load(ensemble, parameters);
            return;
        }
        try (Model model = Model.newInstance("members", Device.cpu())) {
            ModelEnsemble apart = copies.get();
            model.setBlock(apart);
            apart.initialize(model.getNDManager(), DataType.FLOAT32, ensemble.getInputShapes());
            MemberParameters.load(apart, parameters);
            set(ensemble, apart);
        }
    }

    private static void set(Ensemble vectorized, Ensemble copies) {
        vectorized.startFrom(WarmStart.of(copies.getChildren().values().toArray(new Block[0])));
    }

    /**
     * Makes a vectorized network of copies that were trained, and closes these.
     *
     * @param harness the harness of the network
     * @param recipe its recipe, for the task of the data
     */
    static Trained vectorize(
            HarnessOptions harness,
            Recipe recipe,
            Training training,
            Examples train,
            Trained copies) {
        try (copies) {
            return new TrainingLoop(recipe, training, Progress.none())
                    .assemble(
                            copies.model().getName(),
                            harness.getNetwork(),
                            train,
                            ensemble -> {
                                set(ensemble, copies.ensemble());
                                return copies.history();
                            });
        }
    }
}
