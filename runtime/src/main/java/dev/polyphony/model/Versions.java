/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import ai.djl.engine.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * The versions of what a model folder was written with.
 *
 * @param polyphony the version of Polyphony
 * @param djl the version of DJL
 * @param engine the engine's name and version
 * @param java the version of Java
 */
public record Versions(String polyphony, String djl, String engine, String java) {

    private static final String UNPACKED = "development";

    /**
     * Returns the versions of this process.
     *
     * @return the versions
     */
    public static Versions now() {
        Engine engine = Engine.getInstance();
        // from the manifest of the library; without one it is run from its classes
        String own = Versions.class.getPackage().getImplementationVersion();
        return new Versions(
                own == null ? UNPACKED : own,
                Engine.getDjlVersion(),
                engine.getEngineName() + " " + engine.getVersion(),
                Runtime.version().toString());
    }

    /** Those of the libraries that differ, as {@code DJL 0.35.1, now 0.36.0}. */
    List<String> getDifferences(Versions now) {
        List<String> differences = new ArrayList<>();
        add(differences, "Polyphony", polyphony, now.polyphony);
        add(differences, "DJL", djl, now.djl);
        add(differences, "engine", engine, now.engine);
        return differences;
    }

    private static void add(List<String> differences, String name, String then, String now) {
        if (!then.equals(now)) {
            differences.add("%s %s, now %s".formatted(name, then, now));
        }
    }
}
