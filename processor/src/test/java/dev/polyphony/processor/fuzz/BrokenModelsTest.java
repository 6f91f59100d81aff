/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.fuzz.MutantCheck.Result;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken models: a few always, and more with {@code -Dpolyphony.fuzz=2000}. */
class BrokenModelsTest {

    private static final String COUNT = "polyphony.fuzz";
    private static final int STEP = 100;

    static LongStream seeds() {
        // the last one names two forms alike, too
        return LongStream.concat(LongStream.rangeClosed(1, 20), LongStream.of(1949));
    }

    @Test
    void whatTheCompilerSaysStays() {
        Map<Result, Integer> results = new EnumMap<>(Result.class);
        seeds().forEach(
                        seed ->
                                results.merge(
                                        assertDoesNotThrow(
                                                () -> MutantCheck.run(Mutant.draw(seed)),
                                                () -> "seed " + seed),
                                        1,
                                        Integer::sum));
        // else the mutants test nothing
        assertTrue(results.containsKey(Result.COMPILED), results::toString);
        assertTrue(results.containsKey(Result.WRONG_JAVA), results::toString);
    }

    @Test
    void anEntryPointThatReturnsNothing() {
        String factory =
                """
                package fuzz.nothing;

                import ai.djl.nn.*;
                import ai.djl.nn.core.Linear;
                import dev.polyphony.Packed;

                @Packed
                public final class Net {

                    public static Block of(int units) {
                        SequentialBlock net = new SequentialBlock();
                        net.add(Linear.builder().setUnits(units).build());
                        return;
                    }
                }
                """;
        Mutant mutant = new Mutant(0, "fuzz.nothing.Net", factory, "nothing is returned");
        assertEquals(Result.WRONG_JAVA, MutantCheck.run(mutant));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachMistakeIsReportedOnceAtItsLine(long seed) {
        MistakesCheck.run(Mistakes.draw(seed));
    }

    @Test
    @EnabledIfSystemProperty(named = COUNT, matches = "\\d+")
    void many() {
        long from = Long.getLong(COUNT + ".from", 1);
        long end = from + Long.getLong(COUNT);
        Map<Result, Integer> results = new EnumMap<>(Result.class);
        int failures = 0;
        for (long seed = from; seed < end; seed++) {
            Mutant mutant = Mutant.draw(seed);
            Mistakes mistakes = Mistakes.draw(seed);
            try {
                results.merge(MutantCheck.run(mutant), 1, Integer::sum);
                MistakesCheck.run(mistakes);
            } catch (RuntimeException | AssertionError e) {
                failures++;
                System.out.printf("seed %d, %s%n%s%n", seed, mutant.what(), e);
            }
            if ((seed - from + 1) % STEP == 0 || seed == end - 1) {
                System.out.printf(
                        "broken models up to %d: %s, failures %d%n", seed, results, failures);
            }
        }
        assertEquals(0, failures);
    }
}
