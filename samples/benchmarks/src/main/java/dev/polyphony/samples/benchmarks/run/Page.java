/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import dev.polyphony.samples.benchmarks.step.StepTimes;
import java.util.List;
import java.util.Locale;

/** The results for people. */
final class Page {

    private final Results results;
    private final boolean quick;

    Page(Results results, boolean quick) {
        this.results = results;
        this.quick = quick;
    }

    private static String getQuickNote() {
        return "\nA quick run, in which a pair has a few seconds and all pairs one JVM: some per cent"
                + " more or less mean nothing, on a busy machine a third.\n"
                + "Load average at the start: %.1f.".formatted(Clock.getLoad());
    }

    /** The targets, for a terminal. */
    String getTable() {
        StringBuilder text = new StringBuilder();
        for (Target target : results.targets()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-90s %8s  %-14s %s%n",
                            target.name(),
                            target.getValueText(),
                            target.getBoundText(),
                            target.isReached() ? target.detail() : "MISSED: " + target.note()));
        }
        return text.toString();
    }

    /** The page of the documentation. */
    String getText() {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # Benchmarks

                Written by `samples/benchmarks/run%s --write`. How it is measured: [the sample](../samples/benchmarks).

                %s. One thread.%s

                | what | measured | target | |
                |---|---:|---:|---|
                """
                        .formatted(
                                quick ? " quick" : "",
                                results.machine(),
                                quick ? getQuickNote() : ""));
        for (Target target : results.targets()) {
            row(
                    text,
                    target.name(),
                    target.getValueText(),
                    target.getBoundText(),
                    target.getVerdict());
        }
        pairs(text);
        moons(text);
        memory(text);
        return text.toString();
    }

    private void pairs(StringBuilder text) {
        text.append(
                """

                ## Steps and batches

                Milliseconds of CPU time, medians; *relative* is the first to the second, the median of their ratios. `mlp/packed` is the
                generated network and the one by hand; `.../deep` the generated one, or that by hand, and a deep ensemble of plain models, one
                after the other; `.../plain` the same and one plain model.

                | pair | training | | relative | inference | | relative |
                |---|---:|---:|---:|---:|---:|---:|
                """);
        for (StepTimes times : results.pairs().values()) {
            row(
                    text,
                    times.pair(),
                    millis(times.median(StepTimes.Turn::firstTrains)),
                    millis(times.median(StepTimes.Turn::secondTrains)),
                    Target.text(times.training()),
                    millis(times.median(StepTimes.Turn::firstInfers)),
                    millis(times.median(StepTimes.Turn::secondInfers)),
                    Target.text(times.inference()));
        }
    }

    private void moons(StringBuilder text) {
        MoonsResult moons = results.moons();
        text.append(
                """

                ## Two moons

                Samples per second in training by the harness, 128 a batch, medians of whole epochs%s; %s. *Relative* is the median of
                the rounds' ratios, each of trainings one after the other, as the machine is faster in some rounds than in others; *alone*
                is forward pass, loss, backward pass and optimizer on one batch, without data or harness, relative to PyTorch's training; *harness*
                the share of a step that is neither.

                | method | Polyphony | PyTorch | relative | alone | harness |
                |---|---:|---:|---:|---:|---:|
                """
                        .formatted(
                                moons.python() == null
                                        ? " (no Python with PyTorch was found)"
                                        : ", and by the same in eager " + moons.python(),
                                moons.clock()));
        moons.rates()
                .forEach(
                        (method, rates) ->
                                row(
                                        text,
                                        method,
                                        "%,d".formatted(Math.round(rates[0])),
                                        Double.isNaN(rates[1])
                                                ? ""
                                                : "%,d".formatted(Math.round(rates[1])),
                                        text(moons.ratios().get(method)),
                                        text(moons.alone().get(method)),
                                        text(moons.overheads().get(method))));
    }

    private static String text(Double value) {
        return value == null ? "" : Target.text(value);
    }

    private void memory(StringBuilder text) {
        text.append(
                """

                ## Memory

                Growth between step 5,000 and the end: the Java heap after a collection, and the process without the heap.

                | method | steps | heap, MiB | process, MiB |
                |---|---:|---:|---:|
                """);
        for (MemoryResult result : results.memory()) {
            row(
                    text,
                    result.method(),
                    String.valueOf(result.steps()),
                    "%+.2f".formatted(result.heap()),
                    "%+.2f".formatted(result.process()));
        }
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
    }
}
