/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What it was measured on. */
final class Machine {

    private Machine() {}

    static String describe() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String processor =
                Files.exists(info)
                        ? Files.readAllLines(info).stream()
                                .filter(line -> line.startsWith("model name"))
                                .map(line -> line.replaceAll(".*: ", ""))
                                .findFirst()
                                .orElse("unknown processor")
                        : System.getProperty("os.arch");
        Engine engine = Engine.getInstance();
        return "%s, %d cores, %s, Java %s, DJL %s, PyTorch %s"
                .formatted(
                        processor,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("java.version"),
                        Engine.getDjlVersion(),
                        engine.getVersion());
    }
}
