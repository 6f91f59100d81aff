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
 * MixMo: MIMO whose inputs are mixed by a mask after the first layer.
 *
 * <p>Each member has its own first layer (its encoder) and its own last layer. In training the
 * encoders' features are mixed, by interpolation or by a binary patch as in CutMix, and a member's
 * loss is weighted by its share of the mix, {@code w_r(kappa)}. In prediction all members see the
 * same example and their features are added. The loss is the sum over members, the prediction the
 * softmax of the mean logits, as in the authors' code.
 *
 * <p>Cost: about one forward pass of the model.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">Rame, Sun, Cord, MixMo: Mixing Multiple Inputs
 *     for Multiple Outputs via Deep Subnetworks, ICCV 2021</a>
 */
@Documented
@Repeatable(MixMo.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MixMo {

    /**
     * Number of members, at least 1. One member is the model itself.
     *
     * @return the number of members
     */
    int m() default 2;

    /**
     * How the features of the members are mixed.
     *
     * @return the mixing method
     */
    MixMethod method() default MixMethod.CUTMIX;

    /**
     * Probability, from 0 to 1, that a batch is mixed by {@link #method}; the others are mixed
     * linearly. In the last twelfth of the training it falls linearly to 0. {@link
     * MixMethod#LINEAR} has no use for it.
     *
     * @return the probability of the mixing method
     */
    double probability() default 0.5;

    /**
     * Concentration of the symmetric Dirichlet distribution (Beta for two members) from which
     * mixing ratios are drawn, at least 0; 0 mixes all members evenly.
     *
     * @return the concentration
     */
    double alpha() default 2.0;

    /**
     * Root {@code r} of the loss weights {@code m * kappa^(1/r) / sum(kappa^(1/r))}, above 0: 1
     * weighs a member by its share of the mix, a large root weighs all members alike.
     *
     * @return the root of the loss weights
     */
    double weightRoot() default 3.0;

    /**
     * How often each example of a batch stands in it, at least 1 and a divisor of the batch size.
     *
     * @return the number of repetitions
     */
    int batchRepetitions() default 4;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code MixMo} and the model's name
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

    /** Several MixMo forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        MixMo[] value();
    }
}
