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
 * Masksembles: one shared network, in which each member keeps its own fixed subset of the features.
 *
 * <p>Every layer but the first masks its input with the member's binary mask; masks are drawn once,
 * seeded, and saved with the parameters. A training batch is split among the members; the loss is
 * the mean, the prediction the mean of the members' probabilities.
 *
 * <p>Cost: no more parameters than the model; {@code m} times its computation in prediction.
 *
 * @see <a href="https://arxiv.org/abs/2012.08334">Durasov et al., Masksembles for Uncertainty
 *     Estimation, CVPR 2021</a>
 */
@Documented
@Repeatable(Masksembles.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Masksembles {

    /**
     * Number of members, at least 1. One member is the model itself.
     *
     * @return the number of members
     */
    int m() default 4;

    /**
     * Overlap of the masks, from 1 to 6: 1 makes them equal, larger values make members share fewer
     * features, about {@code 1 / (2 * scale - 1)} of those that either keeps, and in narrow layers
     * less, as a mask keeps a whole number of them.
     *
     * @return the scale
     */
    double scale() default 2.0;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code Masksembles} and the model's name
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

    /** Several Masksembles forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        Masksembles[] value();
    }
}
