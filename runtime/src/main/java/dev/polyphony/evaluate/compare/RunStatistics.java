/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of all rows over all seeds: mean, deviation and intervals of each, and how each row
 * differs from a reference.
 *
 * <p>With several seeds, all of it is over seeds, and rows are paired by seed. With one seed,
 * intervals and tests are over test examples, for the figures that are a mean over these (those of
 * {@link ExampleScores}). The two answer different questions: seeds tell what training anew would
 * change, examples what another test set would.
 */
public final class RunStatistics {

    /** The level that notes speak of. */
    private static final double LEVEL = 0.05;

    private final String reference;
    private final List<Integer> seeds;
    private final Map<String, Map<Figure, Spread>> spreads = new LinkedHashMap<>();
    private final Map<String, Map<Figure, Difference>> differences = new LinkedHashMap<>();
    private final Bootstrap bootstrap;
    private final int others;

    private RunStatistics(Builder builder) {
        reference = builder.reference;
        seeds = List.copyOf(builder.seeds());
        bootstrap = seeds.size() > 1 ? builder.overSeeds : builder.overExamples;
        others = builder.runs.size() - 1;
        builder.runs.forEach(
                (row, runs) -> {
                    Map<Figure, Spread> own = new LinkedHashMap<>();
                    for (Figure figure : runs.get(seeds.get(0)).values().keySet()) {
                        spread(runs, figure).ifPresent(spread -> own.put(figure, spread));
                    }
                    spreads.put(row, own);
                });
        for (Figure figure : getFigures()) {
            compare(figure, builder.runs);
        }
    }

    /**
     * Starts with no runs.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private Optional<Spread> spread(Map<Integer, Run> runs, Figure figure) {
        if (seeds.size() == 1) {
            Run run = runs.get(seeds.get(0));
            Optional<double[]> examples = run.examples().flatMap(all -> all.get(figure));
            if (examples.isPresent()) {
                return Optional.of(Spread.ofExamples(examples.get(), bootstrap));
            }
        }
        return values(runs, figure).map(values -> Spread.of(values, bootstrap));
    }

    /** The values of all seeds, if each has one. */
    private Optional<double[]> values(Map<Integer, Run> runs, Figure figure) {
        double[] values = new double[seeds.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = runs.get(seeds.get(i)).values().getOrDefault(figure, Double.NaN);
            if (!Double.isFinite(values[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private void compare(Figure figure, Map<String, Map<Integer, Run>> runs) {
        Map<String, PairedTest> tests = new LinkedHashMap<>();
        Map<String, PairedTest> students = new LinkedHashMap<>();
        for (String row : runs.keySet()) {
            if (row.equals(reference)) {
                continue;
            }
            if (seeds.size() == 1) {
                overExamples(figure, runs.get(row), runs.get(reference))
                        .ifPresent(test -> tests.put(row, test));
                continue;
            }
            Optional<double[]> own = values(runs.get(row), figure);
            Optional<double[]> other = values(runs.get(reference), figure);
            if (own.isPresent() && other.isPresent()) {
                tests.put(row, PairedTest.signFlip(own.get(), other.get(), bootstrap));
                students.put(row, PairedTest.student(own.get(), other.get(), bootstrap.getLevel()));
            }
        }
        double[] adjusted =
                Holm.adjust(tests.values().stream().mapToDouble(PairedTest::pValue).toArray());
        int next = 0;
        for (Map.Entry<String, PairedTest> test : tests.entrySet()) {
            Optional<PairedTest> student = Optional.ofNullable(students.get(test.getKey()));
            differences
                    .computeIfAbsent(test.getKey(), key -> new LinkedHashMap<>())
                    .put(figure, new Difference(test.getValue(), adjusted[next++], student));
        }
    }

    private Optional<PairedTest> overExamples(
            Figure figure, Map<Integer, Run> row, Map<Integer, Run> ofReference) {
        Optional<ExampleScores> own = row.get(seeds.get(0)).examples();
        Optional<ExampleScores> other = ofReference.get(seeds.get(0)).examples();
        if (own.isEmpty() || other.isEmpty() || own.get().get(figure).isEmpty()) {
            return Optional.empty();
        }
        if (figure.isAccuracy()) {
            return Optional.of(
                    PairedTest.mcNemar(own.get().correct(), other.get().correct(), bootstrap));
        }
        return Optional.of(
                PairedTest.bootstrap(
                        own.get().get(figure).orElseThrow(),
                        other.get().get(figure).orElseThrow(),
                        bootstrap));
    }

    /**
     * Returns the row that the others are compared with.
     *
     * @return its name
     */
    public String getReference() {
        return reference;
    }

    /**
     * Returns the seeds.
     *
     * @return the seeds, in the order of values
     */
    public List<Integer> getSeeds() {
        return seeds;
    }

    /**
     * Returns the rows.
     *
     * @return the names, in the order of tables
     */
    public Set<String> getRows() {
        return Collections.unmodifiableSet(spreads.keySet());
    }

    /**
     * Returns the figures that at least one row has.
     *
     * @return the figures, in the order of tables
     */
    public Set<Figure> getFigures() {
        Set<Figure> figures = new LinkedHashSet<>();
        spreads.values().forEach(own -> figures.addAll(own.keySet()));
        return figures;
    }

    /**
     * Returns what a row comes to in a figure.
     *
     * @param row the row
     * @param figure the figure
     * @return the spread; empty if a seed has no value
     */
    public Optional<Spread> getSpread(String row, Figure figure) {
        return Optional.ofNullable(spreads.getOrDefault(row, Map.of()).get(figure));
    }

    /**
     * Returns how a row differs from the reference in a figure.
     *
     * @param row the row
     * @param figure the figure
     * @return the difference; empty for the reference itself, and where nothing can be tested
     */
    public Optional<Difference> getDifference(String row, Figure figure) {
        return Optional.ofNullable(differences.getOrDefault(row, Map.of()).get(figure));
    }

    /**
     * Returns whether intervals and tests are over seeds.
     *
     * @return false if there is one seed, and they are over test examples
     */
    public boolean isOverSeeds() {
        return seeds.size() > 1;
    }

    /**
     * Says how intervals and tests came about, and what they cannot say.
     *
     * @return sentences
     */
    public List<String> getNotes() {
        List<String> notes = new ArrayList<>();
        String level = percent(bootstrap.getLevel());
        if (!isOverSeeds()) {
            notes.add(
                    ("One seed (%d). Intervals (%s, %s) and p-values are over the test examples: they"
                                    + " say what another test set would change, and nothing about"
                                    + " training anew.")
                            .formatted(seeds.get(0), level, bootstrap));
            notes.add(
                    "Differences from '%s': %s; p-values corrected for %d rows with Holm's method."
                            .formatted(
                                    reference,
                                    getFigures().stream().anyMatch(Figure::isAccuracy)
                                            ? "McNemar's exact test for the accuracy, a paired bootstrap for the others"
                                            : "a paired bootstrap",
                                    others));
            return notes;
        }
        int count = seeds.size();
        notes.add(
                ("%d seeds (%s), each with all rows on the same splits. Mean and standard deviation"
                                + " (n - 1); intervals of the mean (%s): %s.")
                        .formatted(
                                count,
                                String.join(", ", seeds.stream().map(String::valueOf).toList()),
                                level,
                                bootstrap));
        notes.add(
                ("Differences from '%s' are paired by seed; sign-flip test, p-values corrected for %d"
                                + " rows with Holm's method.")
                        .formatted(reference, others));
        double smallest = smallest(count);
        if (!canTellApart()) {
            notes.add(
                    ("With %d seeds no sign-flip test gives less than p = %s, which for %d rows becomes"
                                    + " %s: too few seeds to call any row different at %s. %d seeds"
                                    + " would do.")
                            .formatted(
                                    count,
                                    number(smallest),
                                    others,
                                    number(Math.min(1, smallest * others)),
                                    number(LEVEL),
                                    getEnoughSeeds()));
        }
        return notes;
    }

    /** The smallest p-value of a sign-flip test that tries all patterns: both signs are extreme. */
    private static double smallest(int count) {
        return Math.scalb(2.0, -count);
    }

    /**
     * Returns whether the tests over seeds can call a row different at 0.05 at all: with few seeds
     * even the largest difference has a p-value above that.
     *
     * @return true also if there is one seed, and tests are over examples
     */
    public boolean canTellApart() {
        return !isOverSeeds() || seeds.size() >= getEnoughSeeds();
    }

    /**
     * Returns from how many seeds on a row can be called different at 0.05, after the correction
     * for all rows.
     *
     * @return the number of seeds
     */
    public int getEnoughSeeds() {
        int count = 2;
        while (smallest(count) * Math.max(1, others) > LEVEL) {
            count++;
        }
        return count;
    }

    private static String percent(double level) {
        return String.format(Locale.ROOT, "%.3g %%", 100 * level).replaceAll("\\.?0+ ", " ");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value).replaceAll("\\.?0+$", "");
    }

    /** A row trained with a seed. */
    private record Run(Map<Figure, Double> values, Optional<ExampleScores> examples) {}

    /** Collects runs. */
    public static final class Builder {

        private String reference;
        private final Map<String, Map<Integer, Run>> runs = new LinkedHashMap<>();
        private Bootstrap overSeeds = Bootstrap.seeded(0);
        private Bootstrap overExamples = Bootstrap.seeded(0).optResamples(2000);

        private Builder() {}

        /**
         * Sets the row that the others are compared with.
         *
         * @param row its name
         * @return this
         */
        public Builder setReference(String row) {
            reference = row;
            return this;
        }

        /**
         * Sets how intervals are made.
         *
         * @param overSeeds of several seeds; 10,000 resamples if it is not set
         * @param overExamples of the test examples of one seed; 2,000 resamples if it is not set
         * @return this
         */
        public Builder optBootstrap(Bootstrap overSeeds, Bootstrap overExamples) {
            this.overSeeds = Objects.requireNonNull(overSeeds, "overSeeds");
            this.overExamples = Objects.requireNonNull(overExamples, "overExamples");
            return this;
        }

        /**
         * Adds what a row came to with a seed.
         *
         * @param row the row; rows stand in the order in which they are added
         * @param seed the seed
         * @param values the figures; NaN for one without a value
         * @param examples the scores of the test examples; may be null
         * @return this
         */
        public Builder add(
                String row, int seed, Map<Figure, Double> values, ExampleScores examples) {
            Run run =
                    new Run(
                            Collections.unmodifiableMap(new LinkedHashMap<>(values)),
                            Optional.ofNullable(examples));
            if (runs.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(seed, run) != null) {
                throw new IllegalArgumentException(
                        "the row '%s' was added twice with the seed %d".formatted(row, seed));
            }
            return this;
        }

        private Set<Integer> seeds() {
            return runs.values().iterator().next().keySet();
        }

        /**
         * Computes the statistics.
         *
         * @return the statistics
         * @throws IllegalArgumentException if the reference is not among the rows, or a row lacks a
         *     seed that another one has
         */
        public RunStatistics build() {
            if (!runs.containsKey(reference)) {
                throw new IllegalArgumentException(
                        "the reference '%s' is not among the rows %s"
                                .formatted(reference, runs.keySet()));
            }
            runs.forEach(
                    (row, own) -> {
                        if (!own.keySet().equals(seeds())) {
                            throw new IllegalArgumentException(
                                    "the row '%s' has the seeds %s, but others %s: rows are paired by seed"
                                            .formatted(row, own.keySet(), seeds()));
                        }
                    });
            return new RunStatistics(this);
        }
    }
}
