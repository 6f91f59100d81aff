/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.List;
import java.util.Set;

/**
 * The body of the model class, ready to be copied.
 *
 * @param pieces what the network is copied from: the text between the braces, without the nested
 *     types that are not copied; if there are statics, only the instance members, and nothing if
 *     none of them is used
 * @param statics the static members, if others need them to make the model, as a nested builder:
 *     they stand in the generated ensemble itself
 * @param beside other top-level classes of the file that are copied, as classes of the ensemble
 * @param facts what the body does with blocks, in source order
 * @param copied the directly nested types that are copied with the body, and the classes beside it
 * @param plainNames simple names of types that the body declares: they are never imported
 * @param variables names of all variables that the body declares
 * @param staticImports static imports that the body uses
 */
public record Body(
        List<Piece> pieces,
        List<Piece> statics,
        Beside beside,
        List<Fact> facts,
        Set<TypeRef> copied,
        Set<String> plainNames,
        Set<String> variables,
        List<StaticImport> staticImports) {

    /**
     * Tells whether static members stand in the generated ensemble, and instance members in the
     * network within.
     *
     * @return whether the body is split; else all of it is the network's
     */
    public boolean isSplit() {
        return !statics.isEmpty();
    }

    /**
     * The other top-level classes of the file that are copied.
     *
     * @param pieces their text
     * @param hidden those whose simple name also is that of something else in the copy
     */
    public record Beside(List<Piece> pieces, Set<TypeRef> hidden) {}

    /**
     * A statically imported member.
     *
     * @param type the class that declares it
     * @param member its name
     */
    public record StaticImport(TypeRef type, String member) {}
}
