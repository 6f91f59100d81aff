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
 * Deep sub-ensemble: one shared trunk with {@code m} copies of the layers that write the output.
 *
 * <p>All heads are trained together on the same batch; the loss is the mean over members, the
 * prediction the mean of their probabilities.
 *
 * <p>Cost: about one forward pass of the model. Members differ only in their heads, so expect less
 * diversity than from the other forms.
 *
 * @see <a href="https://arxiv.org/abs/1910.08168">Valdenegro-Toro, Deep Sub-Ensembles for Fast
 *     Uncertainty Estimation in Image Classification, 2019</a>
 */
@Documented
@Repeatable(SubEnsemble.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SubEnsemble {

    /**
     * Number of members, at least 1. One member is the model itself.
     *
     * @return the number of members
     */
    int m() default 4;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code SubEnsemble} and the model's name
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

    /** Several sub-ensemble forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        SubEnsemble[] value();
    }
}
