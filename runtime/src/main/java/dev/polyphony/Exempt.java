/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Exempts layers of a model from what a form adds to each of them.
 *
 * <pre>{@code
 * @Packed(m = 4, alpha = 2, gamma = 2)
 * public final class Net extends SequentialBlock {
 *     ...
 *     @Exempt(Packed.class)
 *     private static Linear head(int classes) {
 *         return Linear.builder().setUnits(classes).build();
 *     }
 * }
 * }</pre>
 *
 * <p>The layers are those whose {@code builder()} or constructor the annotated method of the model
 * calls itself, not those of methods that it calls. In a form that is named they are
 *
 * <ul>
 *   <li>{@link Packed}: without groups within a member, whatever {@link Packed#gamma}; the width
 *       stays
 *   <li>{@link BatchEnsemble}: shared by all members, without fast weights
 *   <li>{@link Masksembles}: without masks
 * </ul>
 *
 * <p>All forms of that kind that the model has are meant. Other forms have nothing to exempt layers
 * from, and naming one is an error.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Exempt {

    /**
     * The forms: any of {@link Packed}, {@link BatchEnsemble} and {@link Masksembles}.
     *
     * @return the annotations, of which the model has all
     */
    Class<? extends Annotation>[] value();
}
