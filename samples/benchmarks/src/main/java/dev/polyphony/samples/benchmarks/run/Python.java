/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The Python that PyTorch is measured with. */
final class Python {

    private static final String VARIABLE = "POLYPHONY_PYTHON";
    private static final int SECONDS = 60;

    private Python() {}

    /**
     * Finds a Python with PyTorch 2.
     *
     * @return the program, or null if there is none
     * @throws IllegalArgumentException if the one that is asked for has no PyTorch 2
     */
    static String find() throws IOException {
        String named = System.getenv(VARIABLE);
        String python = named == null || named.isEmpty() ? "python3" : named;
        if (hasTorch(python)) {
            return python;
        }
        if (python.equals(named)) {
            throw new IllegalArgumentException(
                    VARIABLE + ": " + named + " is no Python with PyTorch 2");
        }
        return null;
    }

    private static boolean hasTorch(String python) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(
                                    python,
                                    "-c",
                                    "import torch, sys;"
                                            + " sys.exit(int(torch.__version__.split('.')[0]) < 2)")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            return false; // no such program
        }
    }
}
