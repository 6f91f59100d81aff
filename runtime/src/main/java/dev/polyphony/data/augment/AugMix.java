/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import dev.polyphony.data.mixmo.Ratios;
import dev.polyphony.nn.form.Scalars;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Mixes each image with mixtures of itself, changed by short chains of operations: {@code (1 - m) x
 * + m (w_1 c_1(x) + w_2 c_2(x) + w_3 c_3(x))}, {@code w} from a Dirichlet and {@code m} from a Beta
 * distribution.
 *
 * <p>A chain is one to three operations of nine: auto-contrast, equalise, posterise, rotate,
 * solarise, and shear and translate along each axis; their strengths are those of the paper's code.
 * They do not overlap the corruptions of CIFAR-C. Targets stay.
 *
 * <p>With {@link #consistency} a network sees three forms of each image: as it is, and two
 * mixtures. To the loss of the first, as it would be without, comes the Jensen-Shannon divergence
 * of what each member says of the three. A step then takes three times the work and memory.
 *
 * <p>Operations need to know what is black and what is white: what lies beyond counts as such.
 *
 * @see <a href="https://arxiv.org/abs/1912.02781">AugMix</a>
 */
public final class AugMix implements Augmentation, Serializable {

    private static final long serialVersionUID = 1L;

    private static final int LARGEST_SEVERITY = 10;

    /** The image and two mixtures. */
    private static final int FORMS = 3;

    private final float[] black;
    private final float[] white;
    private final int severity;
    private final int width;
    private final double alpha;
    private final double consistency;

    private AugMix(
            float[] black,
            float[] white,
            int severity,
            int width,
            double alpha,
            double consistency) {
        this.black = black;
        this.white = white;
        this.severity = severity;
        this.width = width;
        this.alpha = alpha;
        this.consistency = consistency;
        boolean valid = black.length == white.length && black.length > 0;
        for (int c = 0; valid && c < black.length; c++) {
            // written so that NaN fails
            valid = black[c] < white[c];
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "Black must be less than white in each channel, but they are %s and %s"
                            .formatted(Arrays.toString(black), Arrays.toString(white)));
        }
        if (severity < 1 || severity > LARGEST_SEVERITY || width < 1 || !(alpha > 0)) {
            throw new IllegalArgumentException(
                    "AugMix needs a severity from 1 to 10, a chain, and a concentration above 0, not %d, %d and %s"
                            .formatted(severity, width, alpha));
        }
        if (!(consistency >= 0 && Double.isFinite(consistency))) {
            throw new IllegalArgumentException(
                    "The factor of AugMix's Jensen-Shannon loss must be at least 0, but is "
                            + consistency);
        }
    }

    /**
     * Returns the paper's AugMix for images with a common range: severity 3, three chains,
     * concentration 1.
     *
     * @param black the value of black, 0 for images from 0 to 1
     * @param white the value of white
     * @return the augmentation
     * @throws IllegalArgumentException if black is not less than white
     */
    public static AugMix of(double black, double white) {
        return of(new float[] {(float) black}, new float[] {(float) white});
    }

    /**
     * Returns the paper's AugMix for images whose channels are normalised: severity 3, three
     * chains, concentration 1.
     *
     * @param black the value of black in each channel, {@code (0 - mean) / deviation}
     * @param white the value of white in each channel, {@code (1 - mean) / deviation}
     * @return the augmentation
     * @throws IllegalArgumentException if black is not less than white
     */
    public static AugMix of(float[] black, float[] white) {
        return new AugMix(black.clone(), white.clone(), 3, 3, 1, 0);
    }

    /**
     * Returns the same for another severity.
     *
     * @param level how strong operations are, 1 to 10
     * @return the augmentation
     * @throws IllegalArgumentException if it is out of range
     */
    public AugMix severity(int level) {
        return new AugMix(black, white, level, width, alpha, consistency);
    }

    /**
     * Returns the same with another number of chains.
     *
     * @param chains the chains that are mixed, at least 1
     * @return the augmentation
     * @throws IllegalArgumentException if there is none
     */
    public AugMix width(int chains) {
        return new AugMix(black, white, severity, chains, alpha, consistency);
    }

    /**
     * Returns the same with weights from another distribution.
     *
     * @param concentration the concentration of the weights of chains and of the mix, above 0
     * @return the augmentation
     * @throws IllegalArgumentException if it is not above 0
     */
    public AugMix alpha(double concentration) {
        return new AugMix(black, white, severity, width, concentration, consistency);
    }

    /**
     * Returns the same with a loss of what is said of an image and of two mixtures of it, the
     * paper's equation 3. It is for classes, and comes last among augmentations.
     *
     * @param factor the factor of the Jensen-Shannon divergence, the paper's lambda, there 12; 0
     *     for mixtures in the place of images
     * @return the augmentation
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public AugMix consistency(double factor) {
        return new AugMix(black, white, severity, width, alpha, factor);
    }

    /** {@inheritDoc} */
    @Override
    public int getForms() {
        return consistency > 0 ? FORMS : 1;
    }

    /** {@inheritDoc} */
    @Override
    public double getConsistency() {
        return consistency;
    }

    /** {@inheritDoc} */
    @Override
    public List<ImageBatch> applyForms(ImageBatch batch, Random random) {
        return consistency > 0
                ? List.of(batch, apply(batch, random), apply(batch, random))
                : List.of(apply(batch, random));
    }

    /** {@inheritDoc} */
    @Override
    public void require(Shape example, Task task) {
        Augmentation.super.require(example, task);
        if (consistency > 0 && task != Task.CLASSIFICATION) {
            throw new IllegalArgumentException(
                    "AugMix's Jensen-Shannon loss compares probabilities of classes, but the task is %s: leave consistency out"
                            .formatted(task));
        }
        if (black.length > 1 && example.get(0) != black.length) {
            throw new IllegalArgumentException(
                    "Black and white are given for %d channels, but the examples are %s"
                            .formatted(black.length, example));
        }
    }

    /** {@inheritDoc} */
    @Override
    public ImageBatch apply(ImageBatch batch, Random random) {
        NDArray images = batch.images();
        NDManager manager = images.getManager();
        int size = batch.size();
        float[] shares = new float[size];
        float[] rest = new float[size];
        float[] weights = new float[width * size];
        for (int i = 0; i < size; i++) {
            double[] ratios = Ratios.draw(width, alpha, random);
            for (int chain = 0; chain < width; chain++) {
                weights[chain * size + i] = (float) ratios[chain];
            }
            shares[i] = (float) Ratios.draw(2, alpha, random)[0];
            rest[i] = 1 - shares[i];
        }
        Shape each = new Shape(size, 1, 1, 1);
        NDArray low = manager.create(black, new Shape(1, black.length, 1, 1));
        NDArray range = manager.create(white, new Shape(1, white.length, 1, 1)).sub(low);
        NDArray unit = Scalars.minimum(Scalars.maximum(images.sub(low).div(range), 0f), 1f);
        NDArray chains =
                AugMixChains.run(unit.tile(new long[] {width, 1, 1, 1}), random, severity)
                        .reshape(new Shape(width).addAll(images.getShape()))
                        .mul(manager.create(weights, new Shape(width).addAll(each)))
                        .sum(new int[] {0});
        NDArray mixed = chains.mul(range).add(low).mul(manager.create(shares, each));
        return batch.withImages(images.mul(manager.create(rest, each)).add(mixed));
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        String text =
                "AugMix, severity %d, %d chains, alpha %s, black %s, white %s"
                        .formatted(
                                severity,
                                width,
                                alpha,
                                Arrays.toString(black),
                                Arrays.toString(white));
        return consistency > 0 ? text + ", Jensen-Shannon loss times " + consistency : text;
    }
}
