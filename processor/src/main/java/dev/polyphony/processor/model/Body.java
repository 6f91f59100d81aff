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
 * @param pieces the text between the braces, without the nested types that are not copied
 * @param facts what the body does with blocks, in source order
 * @param copied the directly nested types that are copied with the body
 * @param plainNames simple names of types that the body declares: they are never imported
 * @param variables names of all variables that the body declares
 * @param staticImports static imports that the body uses
 */
public record Body(
        List<Piece> pieces,
        List<Fact> facts,
        Set<TypeRef> copied,
        Set<String> plainNames,
        Set<String> variables,
        List<StaticImport> staticImports) {

    /**
     * A statically imported member.
     *
     * @param type the class that declares it
     * @param member its name
     */
    public record StaticImport(TypeRef type, String member) {}
}
