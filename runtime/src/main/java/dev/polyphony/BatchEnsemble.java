/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * BatchEnsemble: one shared network and, for each member, two vectors a layer that scale its inputs
 * and outputs.
 *
 * <p>The weights of member {@code i} are {@code W * (s_i r_i^T)}, elementwise; the batch is tiled
 * over the members, or split among them. The loss is the mean over members, the prediction the mean
 * of their probabilities. Normalisation layers are shared.
 *
 * <p>Cost: hardly more parameters than the model, {@code m} times its computation when the batch is
 * tiled.
 *
 * @see <a href="https://arxiv.org/abs/2002.06715">Wen, Tran, Ba, BatchEnsemble: an Alternative
 *     Approach to Efficient Ensemble and Lifelong Learning, ICLR 2020</a>
 */
@Documented
@Repeatable(BatchEnsemble.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BatchEnsemble {

    /**
     * Number of members, at least 1. One member is the model itself.
     *
     * @return the number of members
     */
    int m() default 4;

    /**
     * How the fast weights change the shared weights.
     *
     * @return the form of the fast weights
     */
    FastWeightForm form() default FastWeightForm.MULTIPLICATIVE;

    /**
     * The distribution that the fast weights start from.
     *
     * @return the initial distribution
     */
    FastWeightInit init() default FastWeightInit.RANDOM_SIGN;

    /**
     * Learning rate of the fast weights relative to that of the shared weights, at least 0; 0
     * leaves them as they are drawn. They have no weight decay.
     *
     * @return the relative learning rate
     */
    double fastLearningRate() default 0.5;

    /**
     * What of a training batch each member sees.
     *
     * @return the split of the training batch
     */
    BatchSplit split() default BatchSplit.TILED;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code BatchEnsemble} and the model's name
     */
    String name() default "";

    /**
     * The model, where it is another class than the annotated type, such as one of a library. Its
     * source is read from the paths that the processor option {@code polyphony.sources} names. The
     * annotated type stays as it is: it only says in which package the ensembles are, and whether
     * they are public.
     *
     * @return the model; {@code void.class} stands for the annotated type
     */
    Class<?> model() default void.class;

    /** Several BatchEnsemble forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        BatchEnsemble[] value();
    }
}
