/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.polyphony.data.Examples;
import dev.polyphony.data.MemberColumn;
import dev.polyphony.data.Seeds;
import dev.polyphony.data.Task;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.ImageBatch;
import dev.polyphony.data.mixmo.Mix;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.loss.MemberLoss;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Augments the batches of a training: makes soft labels of classes where images are mixed. */
final class Augmenter {

    /** Keeps the stream of augmentation apart from all others. */
    private static final long AUGMENTATION = 0x617567;

    /** How far the loss of a class may be from that of its soft label. */
    private static final float ROUNDING = 1e-4f;

    private final Augmentation augmentation;
    private final int members;
    private final int outputs;
    private final int seed;
    private final boolean isOfClasses;
    private final boolean isApart;
    private final long[] alone;

    private Augmenter(
            Augmentation augmentation,
            Recipe recipe,
            int members,
            int outputs,
            int seed,
            boolean isOfClasses) {
        // members of a deep ensemble draw as if each were trained by itself
        isApart = recipe.form() instanceof DeepEnsembleForm && members > 1;
        alone =
                recipe.batches() instanceof MemberColumn column
                        ? new long[] {column.member()}
                        : new long[0];
        this.augmentation = augmentation;
        this.members = members;
        this.outputs = outputs;
        this.seed = seed;
        this.isOfClasses = isOfClasses;
    }

    /**
     * Makes what augments batches.
     *
     * @param training the settings
     * @param recipe the method's recipe
     * @param data the training data
     * @param outputs what the network gives for each member
     * @param manager a manager on the device; nothing is left in it
     * @return the augmenter, or null if the settings say nothing of augmentation
     * @throws IllegalArgumentException if it does not fit the data or the loss
     */
    static Augmenter of(
            Training training, Recipe recipe, Examples data, int outputs, NDManager manager) {
        Augmentation augmentation = training.loop().augmentation;
        if (augmentation == null) {
            return null;
        }
        augmentation.require(data.getShape(), data.getTask());
        boolean isOfClasses = data.getTask() == Task.CLASSIFICATION;
        int members = recipe.form().getMembers();
        if (isOfClasses && augmentation.mixesTargets() && !(recipe.loss() instanceof MemberLoss)) {
            requireSoftLabels(recipe.loss(), members, outputs, manager);
        }
        return new Augmenter(
                augmentation, recipe, members, outputs, training.getSeed(), isOfClasses);
    }

    /** A loss that takes soft labels gives for sure ones what it gives for classes. */
    private static void requireSoftLabels(Loss loss, int members, int outputs, NDManager parent) {
        try (NDManager manager = parent.newSubManager()) {
            NDArray classes = manager.arange(members).toType(DataType.INT64, false);
            NDArray labels = classes.mod(manager.full(new Shape(), outputs, DataType.INT64));
            NDArray given =
                    manager.arange((float) members * outputs).reshape(1, members, outputs).sin();
            NDArray sure = oneHot(labels, outputs).reshape(1, members, outputs);
            float expected = evaluate(loss, labels.reshape(1, members), given);
            float soft = evaluate(loss, sure, given);
            // written so that NaN fails
            if (!(Math.abs(soft - expected) <= ROUNDING * (1 + Math.abs(expected)))) {
                throw new IllegalArgumentException(
                        "it gives %s for a class and %s for its soft label"
                                .formatted(expected, soft));
            }
        } catch (EngineException | IllegalArgumentException | IllegalStateException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IllegalArgumentException(
                    "Mixing images makes soft labels [batch, members, classes], which the loss %s does not take (%s): use MemberLoss, or train without mixing"
                            .formatted(
                                    loss.getClass().getName(),
                                    why.lines().findFirst().orElse("").strip()),
                    e);
        }
    }

    private static float evaluate(Loss loss, NDArray labels, NDArray given) {
        return loss.evaluate(new NDList(labels), new NDList(given)).getFloat();
    }

    /** Ones at the classes {@code [n]}, zeros elsewhere, {@code [n, K]}. */
    private static NDArray oneHot(NDArray labels, int outputs) {
        NDArray classes = labels.getManager().arange(0, outputs, 1, DataType.INT64);
        return labels.expandDims(1).eq(classes.expandDims(0)).toType(DataType.FLOAT32, false);
    }

    /**
     * Augments a batch.
     *
     * @param batch examples and labels, for all members or for each
     * @param mix how MixMo mixes the features, or null
     * @param epoch the epoch, from 0
     * @param step the step, from 0
     * @return likewise; labels are soft, {@code [B, 1, K]} or {@code [B, M, K]}, if images of
     *     classes are mixed; if there are several forms of each image, they are the second axis of
     *     the images
     */
    NDList apply(NDList batch, Mix mix, int epoch, int step) {
        boolean isShared = batch.get(0).getShape().dimension() == 4;
        if (!isApart || isShared) {
            return apply(batch, mix, random(epoch, step, alone));
        }
        NDList images = new NDList();
        NDList labels = new NDList();
        for (int m = 0; m < members; m++) {
            NDIndex own = new NDIndex(":, {}", m);
            NDList given = new NDList(batch.get(0).get(own), batch.get(1).get(own));
            NDList changed = apply(given, mix, random(epoch, step, m));
            images.add(changed.get(0));
            labels.add(changed.get(1));
        }
        // soft labels have the axis of members already
        boolean isSoft = labels.head().getShape().dimension() == 3;
        return new NDList(
                NDArrays.stack(images, augmentation.getForms() > 1 ? 2 : 1),
                isSoft ? NDArrays.concat(labels, 1) : NDArrays.stack(labels, 1));
    }

    private Random random(int epoch, int step, long... member) {
        long[] path = {AUGMENTATION, epoch, step};
        return Seeds.random(
                seed, LongStream.concat(LongStream.of(path), LongStream.of(member)).toArray());
    }

    private NDList apply(NDList batch, Mix mix, Random random) {
        NDArray x = batch.get(0);
        NDArray y = batch.get(1);
        Shape shape = x.getShape();
        boolean isShared = shape.dimension() == 4;
        int own = isShared ? 1 : Math.toIntExact(shape.get(1));
        Shape image = shape.slice(shape.dimension() - 3);
        long size = shape.get(0) * own;
        NDArray answers = isOfClasses ? oneHot(y.reshape(size), outputs) : y.reshape(size, outputs);
        List<ImageBatch> forms =
                augmentation.applyForms(
                        new ImageBatch(x.reshape(new Shape(size).addAll(image)), answers, own, mix),
                        random);
        NDList images = new NDList();
        forms.forEach(form -> images.add(form.images().reshape(shape)));
        return new NDList(
                images.size() == 1 ? images.head() : NDArrays.stack(images, 1),
                labels(y, forms.get(0).targets(), isShared));
    }

    private NDArray labels(NDArray before, NDArray after, boolean isShared) {
        if (!augmentation.mixesTargets()) {
            return before;
        }
        if (!isOfClasses) {
            return after.reshape(before.getShape());
        }
        return after.reshape(before.getShape().get(0), isShared ? 1 : members, outputs);
    }
}
