/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a run that may be others where it goes on or is judged. */
final class OtherMachineOptions {

    @Option(
            names = MachineOptions.DEVICE,
            paramLabel = "DEVICE",
            description = "Another device; the last bits may then differ.")
    private String device;

    @Option(
            names = MachineOptions.THREADS,
            paramLabel = "N",
            description = "Another number of threads; the last bits may then differ.")
    private Integer threads;

    /** Adds what is given to the options of the run. */
    void addTo(Map<String, String> options) {
        if (device != null) {
            options.put(MachineOptions.DEVICE, device);
        }
        if (threads != null) {
            options.put(MachineOptions.THREADS, threads.toString());
        }
    }
}
