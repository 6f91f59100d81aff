/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.Check.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws networks, compiles many in one run of the compiler, and checks each form. */
final class Fuzzer {

    private static final int BATCH = 25;

    private final int forms;
    private final Map<Result, Integer> results = new EnumMap<>(Result.class);
    private final List<Failure> failures = new ArrayList<>();

    /**
     * Creates a fuzzer.
     *
     * @param forms how many forms each network gets
     */
    Fuzzer(int forms) {
        this.forms = forms;
    }

    /**
     * What is wrong with one form of a network.
     *
     * @param net the network with this form alone
     * @param message what is wrong
     */
    record Failure(Net net, String message) {

        /** What failures of one kind have in common: the first words of the message. */
        String kind() {
            String[] words = message.replaceAll("(?s)Net\\.java:\\d+|\\n.*", "").split("[:,] ");
            return words.length > 1
                    ? words[0] + ": " + words[1].replaceAll("[\\d.E-]+", "")
                    : words[0];
        }

        @Override
        public String toString() {
            return "seed %d, %s\n%s\n%s\n%s"
                    .formatted(
                            net.seed(),
                            net.forms().get(0).text(),
                            message,
                            net,
                            NetWriter.write(net));
        }
    }

    Map<Result, Integer> getResults() {
        return results;
    }

    List<Failure> getFailures() {
        return failures;
    }

    /** Checks the networks of some seeds. */
    void run(long from, long count) {
        for (long start = from; start < from + count; start += BATCH) {
            List<Net> nets = new ArrayList<>();
            for (long seed = start; seed < Math.min(start + BATCH, from + count); seed++) {
                nets.add(NetDraw.draw(seed, forms));
            }
            run(nets);
        }
    }

    /** Checks networks that are compiled together. */
    void run(List<Net> nets) {
        CompiledNets code;
        try {
            code = CompiledNets.compile(nets);
        } catch (CompiledNets.NotCompiled e) {
            if (nets.size() == 1) {
                failures.add(new Failure(nets.get(0), e.getMessage()));
            } else {
                nets.forEach(net -> run(List.of(net)));
            }
            return;
        }
        for (Net net : nets) {
            for (FormSpec form : net.forms()) {
                try {
                    results.merge(Check.run(net, form, code), 1, Integer::sum);
                } catch (Exception | AssertionError e) {
                    failures.add(new Failure(net.with(List.of(form)), trace(e)));
                }
            }
        }
    }

    /** The smallest network found that fails in one form. */
    static Failure shrink(Failure failure) {
        Failure smallest = failure;
        boolean shrunk = true;
        while (shrunk) {
            shrunk = false;
            for (Net smaller : smallest.net().smaller()) {
                Optional<Failure> still = failure(smaller, failure.kind());
                if (still.isPresent()) {
                    smallest = still.get();
                    shrunk = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static Optional<Failure> failure(Net net, String kind) {
        Fuzzer fuzzer = new Fuzzer(1);
        fuzzer.run(List.of(net));
        return fuzzer.failures.stream().filter(failure -> failure.kind().equals(kind)).findFirst();
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString().lines().limit(25).reduce((a, b) -> a + "\n" + b).orElse("");
    }
}
