/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import dev.polyphony.processor.diagnose.Place;
import java.util.List;
import java.util.Optional;

/** Something that the class body does with blocks and parameters. No judgement yet. */
public sealed interface Fact {

    /**
     * Returns where it is.
     *
     * @return the place in the source
     */
    Place place();

    /**
     * A layer is built with its builder.
     *
     * @param type the block class
     * @param width the expression of its width, as written; empty if it is not in the same chain
     * @param values the widths that the expression is known to give, one after the other; empty if
     *     they are not known
     * @param place the call
     */
    record Built(TypeRef type, String width, List<Long> values, Place place) implements Fact {

        /**
         * A layer whose width is not known.
         *
         * @param type the block class
         * @param place the call
         */
        public Built(TypeRef type, Place place) {
            this(type, "", List.of(), place);
        }
    }

    /**
     * A block is made by a constructor (its own or its builder's).
     *
     * @param type the block class
     * @param isReference whether it is a method reference, and no call
     * @param place the expression
     */
    record Constructed(TypeRef type, boolean isReference, Place place) implements Fact {}

    /**
     * A block class is named, without making a block.
     *
     * @param type the block class
     * @param place the name
     */
    record Mentioned(TypeRef type, Place place) implements Fact {}

    /**
     * A nested or anonymous class extends a block class.
     *
     * @param type the superclass
     * @param place the name in the header
     */
    record Extended(TypeRef type, Place place) implements Fact {}

    /**
     * A static method of a block class is used that is not its builder.
     *
     * @param type the block class
     * @param method the method
     * @param place the call
     */
    record Called(TypeRef type, String method, Place place) implements Fact {}

    /**
     * A method of a block class from another file is called that blocks as such do not have.
     *
     * @param type the block class
     * @param method the method
     * @param place the call
     */
    record Invoked(TypeRef type, String method, Place place) implements Fact {}

    /**
     * A class that is no block gives one.
     *
     * @param type the class that declares the method
     * @param method the method
     * @param place the call
     */
    record Obtained(TypeRef type, String method, Place place) implements Fact {}

    /**
     * A static field that changes, and of which the copy would have one of its own.
     *
     * @param name the field
     * @param isFinal whether it is a collection of models that changes, and not the field itself
     * @param place its declaration
     */
    record StaticState(String name, boolean isFinal, Place place) implements Fact {}

    /**
     * A class or member is used that the package of the ensembles cannot reach.
     *
     * @param name the class, or the member with its class
     * @param place where it is named
     */
    record OutOfReach(String name, Place place) implements Fact {}

    /**
     * A method or constructor of another class takes the model.
     *
     * @param type the other class
     * @param method the method; the name of the class for a constructor
     * @param place the call
     */
    record HandedOver(TypeRef type, String method, Place place) implements Fact {}

    /**
     * The model ends in probabilities instead of scores.
     *
     * @param method the method that makes them, such as {@code softmax}
     * @param place the call
     */
    record Probabilities(String method, Place place) implements Fact {}

    /**
     * A forward pass of training takes labels besides inputs.
     *
     * @param place the method
     */
    record ReadLabels(Place place) implements Fact {}

    /**
     * Layers of a method are exempt from what a form adds.
     *
     * @param method the name of the method
     * @param isOfModel whether it is the model's own, and not of another class of the file
     * @param form the annotation of the form; empty if none is named
     * @param blocks the block classes of DJL's that the method builds itself
     * @param place where the form is named
     */
    record Exempted(
            String method,
            boolean isOfModel,
            Optional<TypeRef> form,
            List<TypeRef> blocks,
            Place place)
            implements Fact {}

    /**
     * A parameter is added to a block of the model's own.
     *
     * @param block the name of the block class
     * @param obstacle why members cannot have such a block each; empty if they can
     * @param place the call
     */
    record OwnParameter(String block, String obstacle, Place place) implements Fact {}

    /**
     * A block class whose parameters each member can have is used as only one block can be.
     *
     * @param block the name of the block class
     * @param obstacle what cannot be done with the members' blocks
     * @param wayOut what to do
     * @param place the expression
     */
    record OwnBlockUse(String block, String obstacle, String wayOut, Place place) implements Fact {}

    /**
     * An array meets a number in an operation whose backward pass reads the number.
     *
     * @param operation the operation, such as {@code mul}
     * @param isReplaced whether a twin stands for it in the copy
     * @param place the call
     */
    record NumberUse(String operation, boolean isReplaced, Place place) implements Fact {}
}
