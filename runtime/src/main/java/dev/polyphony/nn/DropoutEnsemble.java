/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import dev.polyphony.nn.dropout.DropoutForm;
import java.util.List;
import java.util.Optional;

/**
 * MC dropout: a trained model as an ensemble whose members are passes with dropout on, and
 * everything else as in prediction; normalisation by running statistics, above all.
 *
 * <p>Pass {@code s} draws from a stream of its own, which follows from the seed and {@code s}
 * alone, so the same batch gets the same answers. Layers before the first that draws are computed
 * once for all passes. The model's parameters are shared with it and not copied. The streams are
 * the engine's own, which all threads share: unlike other ensembles, ask it in one thread at a
 * time.
 *
 * <p>Dropout is on where a layer {@link ai.djl.nn.norm.Dropout} is among a block's children, at any
 * depth. A call of {@code Dropout.dropout} in code of the model's own is seen only if its block has
 * such a layer, too.
 *
 * @see DropoutForm
 */
public final class DropoutEnsemble extends Ensemble {

    private DropoutEnsemble(DropoutForm form, Block model, DropoutPasses passes) {
        super(form, passes, List.of(model));
    }

    /**
     * Makes an ensemble of a trained model.
     *
     * @param model the model, initialised for one array of inputs {@code [B, x...]} or several
     * @param passes the number of passes, at least 1
     * @param seed what the passes draw from
     * @param manager a manager on the model's device
     * @return the ensemble, ready for predictions
     * @throws IllegalArgumentException if the model has no dropout, or it cannot be turned on
     *     alone; says why
     */
    public static DropoutEnsemble of(Block model, int passes, long seed, NDManager manager) {
        findObstacle(model)
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(
                                    "MC dropout is not possible: " + why);
                        });
        DropoutEnsemble ensemble =
                new DropoutEnsemble(
                        DropoutForm.of(passes), model, new DropoutPasses(model, passes, seed));
        ensemble.initialize(manager, DataType.FLOAT32, model.getInputShapes());
        return ensemble;
    }

    /**
     * Finds out whether a model can be asked with its dropout on.
     *
     * @param model the model; need not be initialised
     * @return what stands in the way; empty if nothing does
     */
    public static Optional<String> findObstacle(Block model) {
        return DropoutWalk.findObstacle(model);
    }

    /**
     * Returns the blocks that run once for all passes.
     *
     * @return the blocks before the first that draws
     */
    public List<Block> getSharedBlocks() {
        return ((DropoutPasses) body).getSharedBlocks();
    }

    /**
     * Returns the blocks that run once for each pass.
     *
     * @return the first block that draws, and those behind it
     */
    public List<Block> getRepeatedBlocks() {
        return ((DropoutPasses) body).getRepeatedBlocks();
    }
}
