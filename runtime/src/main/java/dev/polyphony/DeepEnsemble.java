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
