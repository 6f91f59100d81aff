/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import java.util.List;

/**
 * How much is measured.
 *
 * @param byHand the networks that are compared with those by hand, with all methods
 * @param byHandPacked the networks of which only Packed is
 * @param jvms the JVMs in which a pair is measured; 0 to measure all pairs in this one
 * @param warmUp seconds of a JVM that do not count
 * @param seconds seconds of a JVM that count
 * @param warmUpRounds the trainings before them, until the JVM has compiled the loop
 * @param rounds the trainings of each method on the two moons
 * @param points the points of the two moons
 * @param memory the methods whose memory is looked at
 */
record Settings(
        List<String> byHand,
        List<String> byHandPacked,
        int jvms,
        int warmUp,
        int seconds,
        int warmUpRounds,
        int rounds,
        int points,
        List<String> memory) {

    static final List<String> METHODS =
            List.of(
                    "packed",
                    "mimo",
                    "mixmo",
                    "batch-ensemble",
                    "masksembles",
                    "sub-ensemble",
                    "deep-ensemble");

    static final List<String> NETWORKS = List.of("mlp", "digits", "resnet18");

    /** One thread, of which another process on the machine takes little: see the page. */
    static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+AlwaysPreTouch",
                    "-Dai.djl.pytorch.num_threads=1",
                    "-Dai.djl.offline=true",
                    "-DOPT_OUT_TRACKING=true",
                    "-DdisableProgressBar=true");

    static Settings quick() {
        return new Settings(
                List.of("mlp", "digits"),
                List.of("resnet18"),
                0,
                2,
                2,
                2,
                3,
                6_400,
                List.of("mimo"));
    }

    static Settings full() {
        return new Settings(NETWORKS, List.of(), 3, 2, 4, 4, 9, 25_600, METHODS);
    }
}
