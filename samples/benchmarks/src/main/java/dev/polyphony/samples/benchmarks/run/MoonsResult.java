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
 * @param overhead the share of a step outside of forward pass, loss, backward pass and optimizer
 */
record MoonsResult(
        String python,
        Map<String, double[]> rates,
        Map<String, Double> ratios,
        double mimo,
        double overhead) {

    private static final int MIMO_MEMBERS = 3;

    static MoonsResult measure(Settings settings, String python, Path script, Path logs)
            throws IOException {
        String points = String.valueOf(settings.points());
        try (Child ours = Child.java(MoonsProcess.class, logs, points);
                Child theirs =
                        python == null
                                ? null
                                : Child.program(logs, python, script.toString(), points)) {
            ours.read();
            String version = theirs == null ? null : theirs.read().replace("ready ", "");
            return turns(settings, ours, theirs, version);
        }
    }

    private static MoonsResult turns(Settings settings, Child ours, Child theirs, String version)
            throws IOException {
        Map<String, List<Double>> own = new HashMap<>();
        Map<String, List<Double>> other = new HashMap<>();
        Map<String, List<Double>> ratios = new HashMap<>();
        List<Double> mimo = new ArrayList<>();
        List<Double> overheads = new ArrayList<>();
        List<String> methods = new ArrayList<>(List.of("plain"));
        methods.addAll(Settings.METHODS);
        for (int round = 0; round <= settings.rounds(); round++) {
            Map<String, Double> seconds = new HashMap<>();
            for (String method : methods) {
                double[] mine = parse(ours.ask(method));
                seconds.put(method, mine[0]);
                double[] python = theirs == null ? null : parse(theirs.ask(method));
                if (round > 0) { // the first warms up
                    add(own, method, mine[1] / mine[0]);
                    if (python != null) {
                        add(other, method, python[1] / python[0]);
                        add(ratios, method, mine[1] / mine[0] / (python[1] / python[0]));
                    }
                }
            }
            double bare = parse(ours.ask(MoonsProcess.BARE))[0];
            double plain = parse(ours.ask("plain"))[0];
            if (round > 0) {
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
        return new MoonsResult(version, rates, relative, Medians.of(mimo), Medians.of(overheads));
    }

    private static void add(Map<String, List<Double>> all, String method, double value) {
        all.computeIfAbsent(method, key -> new ArrayList<>()).add(value);
    }

    private static double[] parse(String line) {
        String[] parts = line.split(" ");
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
    }
}
