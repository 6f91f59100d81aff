/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The network of a model folder, and how it is made again.
 *
 * @param className the generated class
 * @param form the method with its settings, such as {@code Packed(m = 4, alpha = 2, gamma = 1)}
 * @param members the number of members {@code M}
 * @param outputs the numbers that each member gives for an example
 * @param parameters the number of trained numbers
 * @param arguments what the generated factory makes it of, by name: numbers, truth values or texts;
 *     empty if it was made of what no file can hold
 */
public record NetworkDescription(
        String className,
        String form,
        int members,
        int outputs,
        long parameters,
        Optional<Map<String, Object>> arguments) {

    /** Copies the arguments. */
    public NetworkDescription {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(form, "form");
        arguments = arguments.map(TreeMap::new);
    }

    /**
     * Requires that a network is made of the same values.
     *
     * @param folder the folder that this is from
     * @param now what the network is made of, by name; empty if nobody knows
     * @throws ModelFolderException if a value differs; names all of both
     */
    public void requireArguments(Path folder, Optional<Map<String, Object>> now)
            throws ModelFolderException {
        if (now.isEmpty() || arguments.isEmpty()) {
            return;
        }
        String own = now.get().toString();
        String then = arguments.get().toString();
        if (!own.equals(then)) {
            throw new ModelFolderException(
                    "The network in %s was made of %s, but this one of %s: make the harness of the same values"
                            .formatted(folder, then, own));
        }
    }
}
