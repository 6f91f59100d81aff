/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.train.RunSettings;
import picocli.CommandLine.Option;

/** The options of what it is computed on. */
final class MachineOptions {

    static final String DEVICE = "--device";
    static final String THREADS = "--threads";

    @Option(
            names = DEVICE,
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description =
                    "auto (a GPU where the engine has one), cpu, gpu0, gpu1, ..., or several GPUs"
                            + " that share each batch, as gpu0,gpu1 (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = THREADS,
            paramLabel = "N",
            description =
                    "Threads of an operation on the CPU; 1 repeats bit for bit (default: what the"
                            + " system property ai.djl.pytorch.num_threads says, else half of the"
                            + " processors, at most 8).")
    private Integer threads;

    void apply(RunSettings<?> trainable) {
        trainable.optDevice(device);
        if (threads != null) {
            trainable.optThreads(threads);
        }
    }
}
