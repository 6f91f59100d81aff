/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import dev.polyphony.samples.benchmarks.moons.MoonsProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trainings on the two moons, of ours and of PyTorch's in turns.
 *
 * @param python the version of PyTorch, or null if there is no Python with it
 * @param rates samples per second, by method: ours and PyTorch's, medians
 * @param ratios ours relative to PyTorch's, medians over the rounds
 * @param mimo the time of MIMO relative to that of three plain networks
 * @param clock what the times are taken by
 * @param overhead the share of a step outside of forward pass, loss, backward pass and optimizer
 */
record MoonsResult(
        String python,
        Map<String, double[]> rates,
        Map<String, Double> ratios,
        double mimo,
        Clock clock,
        double overhead) {

    private static final int MIMO_MEMBERS = 3;
    private static final double NANOS = 1e9;

    static MoonsResult measure(
            Settings settings, Clock clock, String python, Path script, Path logs)
            throws IOException {
        String points = String.valueOf(settings.points());
        try (Child ours = Child.java(MoonsProcess.class, logs, points);
                Child theirs =
                        python == null
                                ? null
                                : Child.program(
                                        "moons.py", logs, python, script.toString(), points)) {
            ours.read();
            String version = theirs == null ? null : theirs.read().replace("ready ", "");
            return turns(settings, clock, ours, theirs, version);
        }
    }

    private static MoonsResult turns(
            Settings settings, Clock clock, Child ours, Child theirs, String version)
            throws IOException {
        Map<String, List<Double>> own = new HashMap<>();
        Map<String, List<Double>> other = new HashMap<>();
        Map<String, List<Double>> ratios = new HashMap<>();
        List<Double> mimo = new ArrayList<>();
        List<Double> overheads = new ArrayList<>();
        List<String> methods = new ArrayList<>(List.of("plain"));
        methods.addAll(Settings.METHODS);
        for (int round = -settings.warmUpRounds(); round < settings.rounds(); round++) {
            Map<String, Double> seconds = new HashMap<>();
            for (String method : methods) {
                String mine = ours.ask(method);
                seconds.put(method, clock.seconds(mine));
                // Python has nothing to compile: one round is enough
                String python = theirs == null || round < -1 ? null : theirs.ask(method);
                if (round >= 0) {
                    add(own, method, rate(clock, mine));
                    if (python != null) {
                        add(other, method, rate(clock, python));
                        add(ratios, method, rate(clock, mine) / rate(clock, python));
                    }
                }
            }
            double bare = clock.seconds(ours.ask(MoonsProcess.BARE));
            double plain = clock.seconds(ours.ask("plain"));
            if (round >= 0) {
                System.out.println("  round " + (round + 1) + " of " + settings.rounds());
                mimo.add(seconds.get("mimo") / (MIMO_MEMBERS * seconds.get("plain")));
                overheads.add(1 - bare / plain);
            }
        }
        Map<String, double[]> rates = new LinkedHashMap<>();
        Map<String, Double> relative = new LinkedHashMap<>();
        for (String method : methods) {
            double python = theirs == null ? Double.NaN : Medians.of(other.get(method));
            rates.put(method, new double[] {Medians.of(own.get(method)), python});
            if (theirs != null) {
                relative.put(method, Medians.of(ratios.get(method)));
            }
        }
        return new MoonsResult(
                version, rates, relative, Medians.of(mimo), clock, Medians.of(overheads));
    }

    /** What a step of so many nanoseconds comes to, relative to PyTorch's samples per second. */
    double relative(String method, double nanoseconds) {
        return MoonsProcess.BATCH * NANOS / nanoseconds / rates.get(method)[1];
    }

    private static void add(Map<String, List<Double>> all, String method, double value) {
        all.computeIfAbsent(method, key -> new ArrayList<>()).add(value);
    }

    private static double rate(Clock clock, String answer) {
        return Clock.samples(answer) / clock.seconds(answer);
    }
}
