/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.List;

/** A piece of the class body: text as the user wrote it, or something that has a meaning to us. */
public sealed interface Piece {

    /**
     * Text that stays as it is.
     *
     * @param text the text
     */
    record Text(String text) implements Piece {}

    /**
     * A text block, whose lines move together.
     *
     * @param text the literal with its quotes
     */
    record TextBlock(String text) implements Piece {}

    /**
     * A class that is mentioned.
     *
     * @param type the class
     */
    record TypeUse(TypeRef type) implements Piece {}

    /** The model's class where a static member of it is selected: {@code Model.member}. */
    record StaticUse() implements Piece {}

    /** The generated ensemble, as the type that an entry point returns. */
    record EnsembleUse() implements Piece {}

    /**
     * What stands before a block that an entry point returns: it becomes an ensemble.
     *
     * @param columns the columns of the statement as written, large if it has several lines
     */
    record EnsembleStart(int columns) implements Piece {}

    /** What stands behind a block that an entry point returns. */
    record EnsembleEnd() implements Piece {}

    /**
     * A class of another file before one of its methods that makes a block: its ensemble stands in
     * its place.
     *
     * @param type the class
     * @param rest what follows
     */
    record Maker(TypeRef type, String rest) implements Piece {}

    /**
     * A class from another file before one of its static members: it stays itself.
     *
     * @param type the class
     */
    record Qualifier(TypeRef type) implements Piece {}

    /**
     * A class that a comment refers to: it stays itself.
     *
     * @param type the class
     */
    record DocType(TypeRef type) implements Piece {}

    /**
     * A static field of the model that is not copied.
     *
     * @param name the field
     */
    record ModelField(String name) implements Piece {}

    /**
     * A call {@code Type.builder()} on a block class.
     *
     * @param type the block class
     * @param call the text between the class and what is in the parentheses
     * @param rest the text from there to the end of the call
     */
    record BuilderCall(TypeRef type, String call, String rest) implements Piece {}

    /**
     * {@code new Type.Builder()}, which some of DJL's layers have in the place of {@code
     * builder()}.
     *
     * @param type the block class
     */
    record NewBuilder(TypeRef type) implements Piece {}

    /**
     * The parenthesis that opens the arguments of a constructor of DJL's.
     *
     * @param type the block class
     * @param hasArguments whether arguments follow
     */
    record ConstructorCall(TypeRef type, boolean hasArguments) implements Piece {}

    /**
     * A method reference {@code Type::builder} on a block class, or {@code Type.Builder::new}.
     *
     * @param type the block class
     */
    record BuilderReference(TypeRef type) implements Piece {}

    /**
     * A call or reference of a method that makes a block of DJL's without arguments.
     *
     * @param type the block class
     * @param isReference whether it is a method reference
     */
    record Made(TypeRef type, boolean isReference) implements Piece {}

    /**
     * A block class with parameters of its own, as the type of what may be the members' blocks.
     *
     * @param type the block class
     */
    record OwnType(TypeRef type) implements Piece {}

    /**
     * What stands before an expression that makes a block with parameters of its own, which may be
     * made for each member, and the beginning of the expression.
     *
     * @param factory the class whose static method makes the block; null for {@code new}
     */
    record OwnStart(TypeRef factory) implements Piece {}

    /** The parenthesis that ends an expression that makes a block with parameters of its own. */
    record OwnEnd() implements Piece {}

    /**
     * A reference to the constructor without parameters of a block class with parameters of its
     * own.
     *
     * @param type the block class
     */
    record OwnReference(TypeRef type) implements Piece {}

    /** DJL's activations, before one of those that have a twin. */
    record ActivationTwin() implements Piece {}

    /**
     * The annotation of a method whose layers are exempt from what forms add, before the rest of
     * the method.
     *
     * @param forms the annotations of the forms
     */
    record ExemptStart(List<TypeRef> forms) implements Piece {}

    /** The brace that ends a method whose layers are exempt. */
    record ExemptEnd() implements Piece {}

    /** The parenthesis that opens the parameters of a method, which may go to the next line. */
    record ParametersStart() implements Piece {}

    /** Where the chain of a layer's builder may be broken into lines: before a dot. */
    record ChainBreak() implements Piece {}
}
