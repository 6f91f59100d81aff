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
 * Deep ensemble: {@code m} copies of the model with their own initial parameters and their own
 * order of the training data.
 *
 * <p>The yardstick of all other forms. Works for every model, since the model is used as it is. The
 * loss is the sum of the members' losses, so that each is trained as if alone; the prediction is
 * the mean of their probabilities.
 *
 * <p>Cost: {@code m} times the model, in all respects.
 *
 * <p>With {@code vectorized = true} one network computes all members, in layers with a group for
 * each, as {@link Packed} with {@code alpha = m}: fewer and larger operations. The members start
 * from the same parameters, see the same examples in the same order, and take the same steps, to
 * rounding, as they do one by one. The model's layers must be ones that {@link Packed} transforms.
 *
 * @see <a href="https://arxiv.org/abs/1612.01474">Lakshminarayanan, Pritzel, Blundell, Simple and
 *     Scalable Predictive Uncertainty Estimation using Deep Ensembles, NeurIPS 2017</a>
 */
@Documented
@Repeatable(DeepEnsemble.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface DeepEnsemble {

    /**
     * Number of members, at least 1. One member is the model itself.
     *
     * @return the number of members
     */
    int m() default 4;

    /**
     * Whether one network computes all members, with ensemble layers in the place of the model's
     * own; else the model is used as it is, once for each member.
     *
     * @return whether the members are computed at once
     */
    boolean vectorized() default false;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code DeepEnsemble} and the model's name
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

    /** Several deep-ensemble forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        DeepEnsemble[] value();
    }
}
