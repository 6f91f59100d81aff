/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.fuzz.Check.Result;
import dev.polyphony.processor.fuzz.Fuzzer.Failure;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Random models in random forms keep the contract: a few always, and as many as one likes with
 * {@code -Dpolyphony.fuzz=2000}, from the seed {@code -Dpolyphony.fuzz.from=1}.
 */
class RandomModelsTest {

    private static final String COUNT = "polyphony.fuzz";
    private static final int STEP = 100;

    @Test
    void fiftyModels() {
        Fuzzer fuzzer = new Fuzzer(2);
        fuzzer.run(1, 50);
        assertNone(fuzzer.getFailures());
        // else the models test nothing
        assertTrue(fuzzer.getResults().get(Result.TRANSFORMED) > 50, fuzzer.getResults()::toString);
        assertTrue(fuzzer.getResults().get(Result.REFUSED) > 10, fuzzer.getResults()::toString);
    }

    @Test
    void theSameSeedIsTheSameModel() {
        assertEquals(NetWriter.write(NetDraw.draw(3, 2)), NetWriter.write(NetDraw.draw(3, 2)));
    }

    @Test
    @EnabledIfSystemProperty(named = COUNT, matches = "\\d+")
    void manyModels() {
        long from = Long.getLong(COUNT + ".from", 1);
        long end = from + Long.getLong(COUNT);
        Fuzzer fuzzer = new Fuzzer(3);
        for (long start = from; start < end; start += STEP) {
            int before = fuzzer.getFailures().size();
            fuzzer.run(start, Math.min(STEP, end - start));
            List<Failure> failures = fuzzer.getFailures();
            failures.subList(before, failures.size()).forEach(System.out::println);
            System.out.printf(
                    "models up to %d: %s, failures %d%n",
                    Math.min(start + STEP, end) - 1, fuzzer.getResults(), failures.size());
        }
        assertNone(fuzzer.getFailures());
    }

    private static void assertNone(List<Failure> failures) {
        String text =
                failures.stream()
                        .collect(Collectors.toMap(Failure::kind, failure -> failure, (a, b) -> a))
                        .values()
                        .stream()
                        .map(failure -> Fuzzer.shrink(failure).toString())
                        .collect(Collectors.joining("\n"));
        assertEquals(0, failures.size(), text);
    }
}
