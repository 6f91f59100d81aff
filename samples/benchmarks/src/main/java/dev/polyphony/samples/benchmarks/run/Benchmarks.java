/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import dev.polyphony.samples.benchmarks.step.StepTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Runs everything. The script {@code run} tells how. */
public final class Benchmarks {

    private final Path sample;
    private final Settings settings;

    private Benchmarks(Path sample, Settings settings) {
        this.sample = sample;
        this.settings = settings;
    }

    /**
     * Runs the benchmarks.
     *
     * @param args the folder of the sample, and what the script is given
     */
    public static void main(String[] args) {
        List<String> options = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        int status = 0;
        try {
            start(Path.of(args[0]), options);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            status = 2;
        } catch (IOException | RunnerException | RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        // whatever threads a failure has left
        System.exit(status);
    }

    private static void start(Path sample, List<String> options)
            throws IOException, RunnerException {
        if (!options.isEmpty() && options.get(0).equals("pair")) {
            Benchmarks benchmarks = new Benchmarks(sample, Settings.full());
            benchmarks.measure(options.subList(1, options.size()), 1);
            return;
        }
        boolean quick = options.remove("quick");
        boolean write = options.remove("--write");
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "Unknown: " + String.join(" ", options) + "; see run --help");
        }
        new Benchmarks(sample, quick ? Settings.quick() : Settings.full()).run(quick, write);
    }

    private void run(boolean quick, boolean write) throws IOException, RunnerException {
        Path target = Files.createDirectories(sample.resolve("target"));
        long start = System.nanoTime();
        Clock clock = Clock.choose();
        String python = Python.find();
        if (python == null) {
            System.out.println(
                    "No Python with PyTorch, so the comparison with it is left out: set"
                            + " POLYPHONY_PYTHON");
        }
        Map<String, StepTimes> pairs = measure(pairs(), settings.jvms());
        System.out.println("Two moons, " + settings.rounds() + " rounds of all methods, " + clock);
        MoonsResult moons =
                MoonsResult.measure(settings, clock, python, sample.resolve("moons.py"), target);
        List<MemoryResult> memory = new ArrayList<>();
        for (String method : settings.memory()) {
            MemoryResult result = MemoryResult.measure(method, target);
            System.out.printf(
                    Locale.ROOT,
                    "Memory, %s: %d steps, heap %+.2f MiB, process %+.2f MiB%n",
                    method,
                    result.steps(),
                    result.heap(),
                    result.process());
            memory.add(result);
        }
        Results results = new Results(Machine.describe(), pairs, moons, memory);
        Page page = new Page(results, quick);
        System.out.println();
        System.out.print(page.getTable());
        System.out.printf(
                "%n%s; %d s%n", results.machine(), (System.nanoTime() - start) / 1_000_000_000L);
        JsonArray json = new JsonArray();
        results.targets().forEach(each -> json.add(each.toJson()));
        Path file = target.resolve("benchmarks.json");
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
        System.out.println(file);
        if (write) {
            Path docs = sample.resolve("../../docs/benchmarks.md").normalize();
            Files.writeString(docs, page.getText());
            System.out.println(docs);
        }
    }

    private List<String> pairs() {
        List<String> pairs = new ArrayList<>();
        for (String network : settings.byHand()) {
            Settings.METHODS.forEach(method -> pairs.add(network + "/" + method));
        }
        settings.byHandPacked().forEach(network -> pairs.add(network + "/packed"));
        pairs.addAll(List.of(Results.WIDE, Results.DIGITS));
        pairs.addAll(Results.SUB_BATCHES);
        Results.SUB_BATCHES.forEach(pair -> pairs.add(pair.replace("/batch", "/hand-batch")));
        if (settings.jvms() > 1) {
            pairs.addAll(Results.FLOORS);
        }
        return pairs;
    }

    /** All pairs, each in a JVM of its own or in this one, then all of them again. */
    private Map<String, StepTimes> measure(List<String> pairs, int jvms) throws RunnerException {
        Map<String, StepTimes> all = new LinkedHashMap<>();
        for (int round = 0; round < Math.max(jvms, 1); round++) {
            for (String pair : pairs) {
                StepTimes times =
                        StepTimes.measure(
                                pair,
                                jvms > 0,
                                Settings.JVM,
                                settings.warmUp(),
                                settings.seconds());
                all.merge(pair, times, StepTimes::and);
                System.out.println(line(times));
            }
        }
        return all;
    }

    private static String line(StepTimes times) {
        return String.format(
                Locale.ROOT,
                "%-32s training %.3f (%.0f us, %.0f us), inference %.3f (%.0f us, %.0f us)",
                times.pair(),
                times.training(),
                times.median(StepTimes.Turn::firstTrains) / 1e3,
                times.median(StepTimes.Turn::secondTrains) / 1e3,
                times.inference(),
                times.median(StepTimes.Turn::firstInfers) / 1e3,
                times.median(StepTimes.Turn::secondInfers) / 1e3);
    }
}
