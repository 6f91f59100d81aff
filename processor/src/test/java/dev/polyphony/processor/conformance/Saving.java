/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.polyphony.nn.Ensemble;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saved parameters, loaded into a network that was never initialised, give the same answers. */
final class Saving {

    private static final int EXAMPLES = 2;

    private Saving() {}

    static void verify(Exhibit exhibit) {
        try (NDManager scope = exhibit.manager().newSubManager()) {
            Path file = Files.createTempFile("conformance", ".params");
            try {
                NDList x = exhibit.base().randomInputs(scope, EXAMPLES);
                NDList expected = Exhibit.predict(exhibit.network(), x);
                try (DataOutputStream out =
                        new DataOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(file)))) {
                    exhibit.network().saveParameters(out);
                }
                Ensemble loaded = exhibit.another();
                try (DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                    loaded.loadParameters(scope, in);
                }
                NDList found = Exhibit.predict(loaded, x);
                for (int i = 0; i < expected.size(); i++) {
                    assertTrue(
                            expected.get(i).contentEquals(found.get(i)),
                            "the loaded network gives another output " + i);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException(e);
        }
    }
}
