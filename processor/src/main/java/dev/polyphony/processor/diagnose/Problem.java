/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.diagnose;

import java.util.regex.Pattern;

/**
 * One mistake in the user's source, and what to do about it.
 *
 * @param code the entry of the error catalogue
 * @param what what is wrong, in one line, naming the thing
 * @param wayOut what to do, in full sentences
 * @param place where it is
 */
public record Problem(Code code, String what, String wayOut, Place place) {

    private static final Pattern DEEP_ENSEMBLE =
            Pattern.compile("\\b(?:put the model behind|use) @DeepEnsemble");
    private static final String ONLY_DEEP_ENSEMBLE = "remove the annotations but @DeepEnsemble";

    /**
     * A problem with the way out that the catalogue gives.
     *
     * @param code the entry of the error catalogue
     * @param what what is wrong, in one line, naming the thing
     * @param place where it is
     */
    public Problem(Code code, String what, Place place) {
        this(code, what, code.getWayOut(), place);
    }

    /**
     * Returns the problem of a model that has a deep ensemble already, which needs no changes of
     * the model: other forms are what is in the way.
     *
     * @return the problem, with a way out that does not advise what is there
     */
    public Problem besideDeepEnsemble() {
        return new Problem(
                code, what, DEEP_ENSEMBLE.matcher(wayOut).replaceAll(ONLY_DEEP_ENSEMBLE), place);
    }

    /**
     * Returns the problem of a model whose deep ensemble is to be vectorized: without that, it
     * needs no changes of the model.
     *
     * @return the problem, with a way out that tells the two apart
     */
    public Problem besideVectorized() {
        String better = wayOut.replace("@DeepEnsemble", "@DeepEnsemble without 'vectorized'");
        return new Problem(code, what, better, place);
    }

    /**
     * Returns the problem as it can be shown where the model is not compiled, but named.
     *
     * @param name where the model is named
     * @return the problem
     */
    public Problem seenFrom(Place name) {
        return new Problem(code, what, wayOut, place.seenFrom(name));
    }

    /**
     * Returns the message for the compiler's output: the code and what is wrong; below, what to do,
     * which javac indents further.
     *
     * @return the message, two lines
     */
    public String message() {
        return "[%s] %s\n  %s See docs/errors.md#%s"
                .formatted(code.getId(), what, wayOut.replace('`', '\''), code.getId());
    }
}
