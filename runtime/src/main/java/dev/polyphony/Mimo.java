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
 * MIMO: {@code m} independent members inside one network of the model's own width.
 *
 * <p>Only the layers that read the input and those that write the output grow: the first takes the
 * inputs of all members, the last gives the outputs of all. In training each member gets its own
 * examples, independent permutations of the batch, and learns to ignore the others' inputs. In
 * prediction all see the same example, and one forward pass gives {@code m} answers, of which the
 * mean probabilities are the prediction. The loss is the sum over members.
 *
 * <p>Cost: about one forward pass of the model. The trunk is shared, so its width bounds how many
 * members fit; two to four are usual.
 *
 * @see <a href="https://arxiv.org/abs/2010.06610">Havasi et al., Training independent subnetworks
 *     for robust prediction, ICLR 2021</a>
 */
@Documented
@Repeatable(Mimo.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Mimo {

    /**
     * Number of members, at least 1. One member is the model itself.
     *
     * @return the number of members
     */
    int m() default 3;

    /**
     * How often each example of a batch stands in it, at least 1 and a divisor of the batch size: 4
     * in batches of 128 makes 32 different examples. Repetition lowers the noise of large ensembles
     * and makes an epoch as many times longer.
     *
     * @return the number of repetitions
     */
    int batchRepetitions() default 4;

    /**
     * Fraction of a batch, from 0 to 1, in which all members get the same example. 0 keeps members
     * independent; 1 makes a network with several heads.
     *
     * @return the fraction of shared inputs
     */
    double inputRepetition() default 0.0;

    /**
     * Simple name of the generated network.
     *
     * @return the name; empty stands for {@code Mimo} and the model's name
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

    /** Several MIMO forms of one model. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {

        /**
         * The forms.
         *
         * @return the forms
         */
        Mimo[] value();
    }
}
