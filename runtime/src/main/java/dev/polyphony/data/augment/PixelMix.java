/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.MixMethod;
import dev.polyphony.data.Task;
import dev.polyphony.data.mixmo.InputMix;
import dev.polyphony.data.mixmo.InputMixer;
import java.io.Serializable;
import java.util.Objects;
import java.util.Random;

/**
 * Mixes the pixels of each image with those of another one of the batch, and its target by what is
 * left to see of it: Mixup, CutMix, and the other masks of {@link MixMethod}.
 *
 * <p>Each image is mixed or left alone by its own coin, with a partner that is drawn from the
 * images that the same member sees in this batch, a ratio from {@code Beta(alpha, alpha)}, and a
 * mask of its own. Classes become soft labels. In MixMo, labels count by what the member shows of
 * the two images after its features are mixed, and the image that the member was given keeps at
 * least half, as in the reference; see {@link InputMixer}.
 *
 * @see <a href="https://arxiv.org/abs/1905.04899">CutMix</a>
 * @see <a href="https://arxiv.org/abs/1710.09412">mixup</a>
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo</a>
 */
public final class PixelMix implements Augmentation, Serializable {

    private static final long serialVersionUID = 1L;

    private final MixMethod method;
    private final double alpha;
    private final double probability;

    private PixelMix(MixMethod method, double alpha, double probability) {
        this.method = Objects.requireNonNull(method, "method");
        this.alpha = alpha;
        this.probability = probability;
        // whatever is wrong with a number is wrong for every shape
        new InputMixer(MixMethod.LINEAR, probability, alpha, 1);
    }

    /**
     * Returns a mix that always takes place.
     *
     * @param method the masks
     * @param alpha the concentration of the ratios, above 0; 1 draws them uniformly
     * @return the augmentation
     * @throws IllegalArgumentException if the concentration is negative or not finite
     */
    public static PixelMix of(MixMethod method, double alpha) {
        return new PixelMix(method, alpha, 1);
    }

    /**
     * Returns CutMix: a box of one image in another.
     *
     * @param alpha the concentration of the ratios; 1 in the paper
     * @return the augmentation, for every image; the paper's for CIFAR has a {@link #probability}
     *     of one half
     * @throws IllegalArgumentException if the concentration is negative or not finite
     */
    public static PixelMix cutMix(double alpha) {
        return of(MixMethod.CUTMIX, alpha);
    }

    /**
     * Returns Mixup: a weighted mean of two images.
     *
     * @param alpha the concentration of the ratios; 1 in the paper for CIFAR, 0.2 for ImageNet
     * @return the augmentation, for every image
     * @throws IllegalArgumentException if the concentration is negative or not finite
     */
    public static PixelMix mixup(double alpha) {
        return of(MixMethod.LINEAR, alpha);
    }

    /**
     * Returns the same mix for a part of the images.
     *
     * @param share the probability that an image is mixed, 0 to 1
     * @return the augmentation
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public PixelMix probability(double share) {
        return new PixelMix(method, alpha, share);
    }

    @Override
    public void require(Shape example, Task task) {
        Augmentation.super.require(example, task);
        if (task == Task.REGRESSION && method != MixMethod.LINEAR) {
            throw new IllegalArgumentException(
                    "Numbers to predict are no shares of pixels, so %s has no targets for regression: use PixelMix.mixup"
                            .formatted(method));
        }
        mixer(example);
    }

    private InputMixer mixer(Shape example) {
        return new InputMixer(
                method,
                probability,
                alpha,
                Math.toIntExact(example.get(0)),
                Math.toIntExact(example.get(1)),
                Math.toIntExact(example.get(2)));
    }

    @Override
    public boolean mixesTargets() {
        return true;
    }

    @Override
    public ImageBatch apply(ImageBatch batch, Random random) {
        InputMixer mixer = mixer(batch.images().getShape().slice(1));
        int members = batch.members();
        int rows = batch.size() / members;
        InputMix mix =
                batch.mix() == null
                        ? mixer.draw(rows, members, rows, random)
                        : mixer.draw(batch.mix(), rows, rows, random);
        return mix(batch, mix);
    }

    private static ImageBatch mix(ImageBatch batch, InputMix mix) {
        NDManager manager = batch.images().getManager();
        int members = batch.members();
        long[] partners = new long[batch.size()];
        float[] shares = mix.shares();
        float[] rest = new float[shares.length];
        for (int i = 0; i < partners.length; i++) {
            // a partner is a row of the batch, and of that the image of the same member
            partners[i] = (long) mix.partners()[i] * members + i % members;
            rest[i] = 1 - shares[i];
        }
        NDIndex index = new NDIndex("{}", manager.create(partners));
        Shape image = batch.images().getShape();
        Shape each = new Shape(image.get(0) / members, members).addAll(image.slice(1));
        NDArray images =
                mix.apply(batch.images().reshape(each), batch.images().get(index).reshape(each));
        Shape column = new Shape(partners.length, 1);
        NDArray own = batch.targets().mul(manager.create(shares, column));
        NDArray others = batch.targets().get(index).mul(manager.create(rest, column));
        return batch.with(images.reshape(image), own.add(others));
    }

    @Override
    public String toString() {
        String name =
                switch (method) {
                    case LINEAR -> "Mixup";
                    case CUTMIX -> "CutMix";
                    default -> "pixels mixed by " + method;
                };
        return "%s, alpha %s, probability %s".formatted(name, alpha, probability);
    }
}
