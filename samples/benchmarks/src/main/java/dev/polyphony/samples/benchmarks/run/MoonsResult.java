/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import dev.polyphony.samples.benchmarks.moons.MoonsProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param alone forward pass, loss, backward pass and optimizer without data and harness, relative
 *     to PyTorch's training, medians over the rounds
 * @param overheads the shares of a step outside of these, by method
 */
record MoonsResult(
        String python,
        Map<String, double[]> rates,
        Map<String, Double> ratios,
        double mimo,
        Clock clock,
        Map<String, Double> alone,
        Map<String, Double> overheads) {

    private static final int MIMO_MEMBERS = 3;

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
        Map<String, List<Double>> alone = new HashMap<>();
        Map<String, List<Double>> overheads = new HashMap<>();
        List<String> methods = new ArrayList<>(List.of("plain"));
        methods.addAll(Settings.METHODS);
        for (int round = -settings.warmUpRounds(); round < settings.rounds(); round++) {
            Map<String, Double> seconds = new HashMap<>();
            for (String method : methods) {
                String mine = ours.ask(method);
                seconds.put(method, clock.seconds(mine));
                // Python has nothing to compile: one round is enough
                String python = theirs == null || round < -1 ? null : theirs.ask(method);
                String bare = ours.ask(MoonsProcess.BARE + method);
                if (round >= 0) {
                    add(overheads, method, 1 - clock.seconds(bare) / clock.seconds(mine));
                    add(own, method, rate(clock, mine));
                    if (python != null) {
                        add(other, method, rate(clock, python));
                        add(ratios, method, rate(clock, mine) / rate(clock, python));
                        add(alone, method, rate(clock, bare) / rate(clock, python));
                    }
                }
            }
            if (round >= 0) {
                System.out.println("  round " + (round + 1) + " of " + settings.rounds());
                mimo.add(seconds.get("mimo") / (MIMO_MEMBERS * seconds.get("plain")));
            }
        }
        Map<String, double[]> rates = new LinkedHashMap<>();
        Map<String, Double> relative = new LinkedHashMap<>();
        Map<String, Double> steps = new LinkedHashMap<>();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String method : methods) {
            double python = theirs == null ? Double.NaN : Medians.of(other.get(method));
            rates.put(method, new double[] {Medians.of(own.get(method)), python});
            shares.put(method, Medians.of(overheads.get(method)));
            if (theirs != null) {
                relative.put(method, Medians.of(ratios.get(method)));
                steps.put(method, Medians.of(alone.get(method)));
            }
        }
        return new MoonsResult(version, rates, relative, Medians.of(mimo), clock, steps, shares);
    }

    /** The method of which the harness takes the largest share of a step. */
    Map.Entry<String, Double> mostOverhead() {
        return Collections.max(overheads.entrySet(), Map.Entry.comparingByValue());
    }

    private static void add(Map<String, List<Double>> all, String method, double value) {
        all.computeIfAbsent(method, key -> new ArrayList<>()).add(value);
    }

    private static double rate(Clock clock, String answer) {
        return Clock.samples(answer) / clock.seconds(answer);
    }
}
