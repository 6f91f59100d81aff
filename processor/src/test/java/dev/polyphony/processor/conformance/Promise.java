/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import java.util.function.Consumer;

/** What every generated network must hold, in the order in which it is looked at. */
enum Promise {
    ROLES(
            "the layers that read the input and write the output are those of the plain model, found"
                    + " there by changing numbers",
            Structure::verifyRoles),
    COUNT(
            "as many parameters are trained as the method's formula gives for the plain model's"
                    + " shapes",
            Structure::verifyCount),
    LEARNING("ten steps of SGD lower the loss", Learning::verify),
    SHAPES(
            "the output is `[B, M, ...]`, for one input for all members and for one for each, alike"
                    + " for equal inputs and different between members",
            Answers::verifyShapes),
    LEAKS(
            "members move each other's outputs where the method says so, and nowhere else",
            Answers::verifyLeaks),
    SAVING("saved and loaded parameters give the same outputs", Saving::verify),
    SINGLE(
            "with `m = 1` the network has the plain model's parameters and gives its outputs, bit for"
                    + " bit",
            Answers::verifySingle),
    MEMBERS(
            "members with the plain model's parameters give its outputs (for `@Packed`, with `alpha ="
                    + " m`)",
            Answers::verifyMembers);

    private final String text;
    private final Consumer<Exhibit> check;

    Promise(String text, Consumer<Exhibit> check) {
        this.text = text;
        this.check = check;
    }

    String getText() {
        return text;
    }

    boolean isLast() {
        return ordinal() == values().length - 1;
    }

    /**
     * Looks at a network.
     *
     * @param exhibit the network
     * @throws AssertionError if the promise does not hold
     */
    void verify(Exhibit exhibit) {
        try {
            check.accept(exhibit);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(name() + ": " + e.getMessage(), e);
        }
    }
}
