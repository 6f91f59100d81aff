/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import dev.polyphony.samples.spark.session.Sessions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where a command runs. */
public final class SparkOptions {

    @Option(
            names = "--master",
            defaultValue = Sessions.LOCAL,
            paramLabel = "URL",
            description =
                    "local[N] for N threads of this process, or a cluster such as spark://HOST:7077"
                            + " (default: ${DEFAULT-VALUE}).")
    private String master;

    @Option(
            names = "--conf",
            paramLabel = "NAME=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=4g; any number.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Creates options, as picocli does. */
    public SparkOptions() {}

    /**
     * Opens the session.
     *
     * @return the session; close it
     */
    public SparkSession open() {
        return Sessions.open(master, settings);
    }

    /**
     * Opens the session.
     *
     * @param own settings that the command needs; what the user says goes before them
     * @return the session; close it
     */
    public SparkSession open(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(own);
        all.putAll(settings);
        return Sessions.open(master, all);
    }

    /**
     * Returns the master.
     *
     * @return {@code local[N]}, or the URL of a cluster
     */
    public String getMaster() {
        return master;
    }
}
