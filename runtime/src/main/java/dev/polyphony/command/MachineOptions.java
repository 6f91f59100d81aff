/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.Device;
import dev.polyphony.harness.TrainingOptions;
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
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Threads of an operation on the CPU; 1 repeats bit for bit (default:"
                            + " ${DEFAULT-VALUE}).")
    private int threads;

    void apply(TrainingOptions<?> trainable) {
        // until the loop takes them by name
        if (!device.equals("auto")) {
            trainable.optDevice(Device.fromName(device));
        }
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    }
}
