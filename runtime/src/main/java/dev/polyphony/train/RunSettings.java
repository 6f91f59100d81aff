/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import dev.polyphony.checks.Checks;
import java.util.List;

/**
 * The settings that every training has: how long it is, what is drawn, and on what it is computed.
 *
 * @param <T> what has the settings
 */
public abstract class RunSettings<T extends RunSettings<T>> {

    int epochs = 10;
    int batchSize = 128;
    int seed;
    List<Device> devices = List.of();
    int threads;

    /** Creates the settings of 10 epochs in batches of 128. */
    protected RunSettings() {}

    /**
     * Returns this.
     *
     * @return what has the settings
     */
    protected abstract T self();

    /** Takes over the settings of another. */
    final void setRun(RunSettings<?> other) {
        epochs = other.epochs;
        batchSize = other.batchSize;
        seed = other.seed;
        devices = other.devices;
        threads = other.threads;
    }

    /**
     * Sets how often training goes through the data.
     *
     * @param epochs the number of epochs, at least 1; 10 if it is not set
     * @return this
     */
    public T optEpochs(int epochs) {
        this.epochs = epochs;
        return self();
    }

    /**
     * Sets the rows that a member sees in a step; of batches that are divided among members, the
     * rows of all.
     *
     * @param batchSize the batch size, at least 1; 128 if it is not set
     * @return this
     */
    public T optBatchSize(int batchSize) {
        this.batchSize = batchSize;
        return self();
    }

    /**
     * Sets the seed of parameters, batches and everything else that is drawn.
     *
     * @param seed the seed; 0 if it is not set
     * @return this
     */
    public T optSeed(int seed) {
        this.seed = seed;
        return self();
    }

    /**
     * Sets the device.
     *
     * @param device the device, or null for the engine's default
     * @return this
     */
    public T optDevice(Device device) {
        devices = device == null ? List.of() : List.of(device);
        return self();
    }

    /**
     * Sets the device by its name.
     *
     * @param name {@code auto}, {@code cpu}, {@code gpu}, {@code gpu1}, or several as {@code
     *     gpu0,gpu1}; see {@link Devices#parse}
     * @return this
     * @throws IllegalArgumentException if it is no such name
     */
    public T optDevice(String name) {
        devices = Devices.parse(name);
        return self();
    }

    /**
     * Sets several devices, among which each batch is divided for one update.
     *
     * @param several the devices, each once; none for the engine's default
     * @return this
     */
    public T optDevices(Device... several) {
        devices = List.of(several);
        return self();
    }

    /**
     * Sets how many threads an operation on the CPU may use. It holds for the process.
     *
     * @param count the number of threads, at least 1; 0, if it is not set, for a choice: what the
     *     system property {@code ai.djl.pytorch.num_threads} or the environment variable {@code
     *     OMP_NUM_THREADS} says, else half of the processors, at most 8
     * @return this
     */
    public T optThreads(int count) {
        threads = count;
        return self();
    }

    /** Requires settings that make sense. */
    final void requireRun() {
        Checks.require("epochs", epochs, epochs >= 1, "at least 1");
        Checks.require("batch size", batchSize, batchSize >= 1, "at least 1");
        Checks.require("number of threads", threads, threads >= 0, "at least 1, or 0 for a choice");
        requireDistinctDevices();
    }

    private void requireDistinctDevices() {
        if (devices.stream().distinct().count() < devices.size()) {
            throw new IllegalArgumentException(
                    "Each device may be given once, but the devices are " + devices);
        }
        if (devices.size() > 1 && devices.stream().anyMatch(device -> !device.isGpu())) {
            throw new IllegalArgumentException(
                    "A batch is divided among GPUs alone, but the devices are " + devices);
        }
    }
}
