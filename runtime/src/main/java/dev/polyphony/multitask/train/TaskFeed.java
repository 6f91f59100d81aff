/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.Seeds;
import dev.polyphony.data.mixmo.Mix;
import dev.polyphony.data.mixmo.Mixer;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.Arrays;

/**
 * What the steps are given: batches, with ratios of mixing if the method is MixMo.
 *
 * @param run what is trained
 * @param data the examples
 */
record TaskFeed(TaskRun run, TaskBatches data) {

    /** Keeps what is drawn for mixing apart from the batches. */
    private static final long MIXING = 0x6d6978;

    /**
     * Returns what a step is given.
     *
     * @param epoch the batches of the epoch
     * @param number the epoch, from 0
     * @param at the step in it, from 0
     * @param shown the examples that the epoch shows
     */
    TaskStep.Given get(Epoch epoch, int number, int at, int[] shown, NDManager scope) {
        TaskBatches.Batch batch = data.get(epoch, at, shown, scope);
        NDList inputs = new NDList(batch.inputs());
        if (!(run.recipe().form() instanceof MixMoForm form) || form.getMembers() == 1) {
            return new TaskStep.Given(inputs, batch.answers(), null);
        }
        long[] places = run.ensemble().getMixingShape().getShape();
        Mixer mixer =
                new Mixer(
                        form,
                        run.ensemble().getMixingChannels(),
                        Arrays.stream(places).mapToInt(Math::toIntExact).toArray());
        double progress = (number + 1.0) / run.training().getEpochs();
        Mix mix = mixer.draw(batch.rows(), progress, Seeds.random(run.seed(), MIXING, number, at));
        Shape each = new Shape(batch.rows(), form.getMembers());
        long[] mask = Arrays.stream(mix.shape()).asLongStream().toArray();
        inputs.add(scope.create(mix.masks(), each.addAll(new Shape(mask))));
        NDArray weights = scope.create(mix.weights(), each);
        return new TaskStep.Given(inputs, batch.answers(), weights);
    }
}
