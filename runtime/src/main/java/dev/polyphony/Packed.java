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
 * Packed-Ensemble: {@code m} narrow networks side by side in one, by grouped convolutions and
 * grouped linear layers.
 *
 * <p>A hidden layer of width {@code c} becomes {@code m} layers of width {@code ceil(c * alpha /
 * m)}, one for each member; no weight is shared. {@code alpha = sqrt(m)} costs about as many
 * parameters as the model itself, {@code alpha = m} is a deep ensemble in one forward pass. Members
 * see the same batch, the loss is the mean over members, the prediction the mean of their
 * probabilities.
 *
 * <p>Cost: about {@code alpha^2 / (m * gamma)} of the model's multiply-adds in hidden layers.
 *
 * @see <a href="https://arxiv.org/abs/2210.09184">Laurent et al., Packed-Ensembles for Efficient
 *     Uncertainty Estimation, ICLR 2023</a>
 */
@Documented
@Repeatable(Packed.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Packed {

    /**
     * Number of members, at least 1. One member is the model itself, whatever {@link #alpha}.
     *
     * @return the number of members
     */
    int m() default 4;

    /**
     * Width of the whole ensemble relative to the model, above 0.
     *
     * @return the width multiplier
     */
    double alpha() default 2.0;

    /**
     * Groups within each member, at least 1: divides weights and multiply-adds of hidden layers
     * once more. A convolution whose groups would get fewer than {@link #minChannelsPerGroup}
     * channels uses fewer groups.
     *
     * @return the number of groups within a member
     */
    int gamma() default 1;

    /**
     * The fewest input channels of a group for which {@link #gamma} takes effect in a convolution,
     * at least 1.
     *
     * @return the smallest number of channels in a group
     */
    int minChannelsPerGroup() default 64;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code Packed} and the model's name
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

    /** Several packed forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        Packed[] value();
    }
}
