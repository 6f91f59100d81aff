/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps track of the names of types in the compilation, so that none is generated twice. */
public final class NameClaims {

    private final Set<String> sources = new HashSet<>();
    private final Map<String, String> owners = new HashMap<>();

    /**
     * Notes a class that the user wrote.
     *
     * @param qualifiedName its name
     */
    public void addSource(String qualifiedName) {
        if (!owners.containsKey(qualifiedName)) {
            sources.add(qualifiedName);
        }
    }

    /**
     * Claims a name for a generated type.
     *
     * @param qualifiedName the name
     * @param model the model for which it is generated
     * @return who has the name already, in words; empty if it was free
     */
    public Optional<String> claim(String qualifiedName, String model) {
        if (sources.contains(qualifiedName)) {
            return Optional.of("a class of yours");
        }
        String owner = owners.putIfAbsent(qualifiedName, model);
        if (owner == null) {
            return Optional.empty();
        }
        return Optional.of(
                owner.equals(model)
                        ? "another form of '%s'".formatted(model)
                        : "a form of '%s'".formatted(owner));
    }

    /**
     * Gives a name back that was claimed before its type was planned.
     *
     * @param qualifiedName the name
     */
    void release(String qualifiedName) {
        owners.remove(qualifiedName);
    }
}
