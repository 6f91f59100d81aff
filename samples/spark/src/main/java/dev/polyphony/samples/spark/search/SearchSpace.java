/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What may be tried: forms, times what the model is made of, times how it is trained. Each of these
 * is trained with every seed. The trials are known before any is run, and follow from the space
 * (and a seed, where they are drawn) alone.
 *
 * @param forms the forms
 * @param model choices by the names of the model's arguments
 * @param settings choices by the names of settings, without the seed
 * @param seeds the seeds
 */
record SearchSpace(
        List<Candidate> forms,
        Map<String, Choice> model,
        Map<String, Choice> settings,
        List<String> seeds) {

    /** More trials than anyone waits for: a mistake in the space. */
    private static final double MOST = 100_000;

    /** Where ranges have more values than were drawn, no more draws in a row give nothing new. */
    private static final int MOST_IN_VAIN = 100_000;

    /** Sorts the names. */
    SearchSpace {
        forms = List.copyOf(forms);
        model = new TreeMap<>(model);
        settings = new TreeMap<>(settings);
        seeds = List.copyOf(seeds);
        if (forms.isEmpty() || seeds.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is nothing to try: a search needs a form and a seed at least");
        }
    }

    /**
     * Returns all trials.
     *
     * @throws IllegalArgumentException if there is a range, or there are too many
     */
    List<Trial> getGrid() {
        choices()
                .filter(one -> one.getValue().isRange())
                .findFirst()
                .ifPresent(
                        one -> {
                            throw new IllegalArgumentException(
                                    "A grid needs values, but '%s' is the range %s: give values, or draw trials with --trials N"
                                            .formatted(one.getKey(), one.getValue().text()));
                        });
        requireFew(count());
        List<Trial> trials = new ArrayList<>();
        for (Candidate form : forms) {
            for (Map<String, String> made : product(model)) {
                for (Map<String, String> trained : product(settings)) {
                    addAll(trials, form, made, trained);
                }
            }
        }
        return trials;
    }

    private static void requireFew(double count) {
        if (count > MOST) {
            throw new IllegalArgumentException(
                    "%.0f trials are more than the %.0f that a search takes: give fewer values, or draw some with --trials N"
                            .formatted(count, MOST));
        }
    }

    private double count() {
        double count = forms.size();
        for (Choice choice : choices().map(Map.Entry::getValue).toList()) {
            count *= choice.count();
        }
        return count;
    }

    private Stream<Map.Entry<String, Choice>> choices() {
        return Stream.concat(model.entrySet().stream(), settings.entrySet().stream());
    }

    private static List<Map<String, String>> product(Map<String, Choice> choices) {
        List<Map<String, String>> product = List.of(Map.of());
        for (Map.Entry<String, Choice> choice : choices.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : product) {
                for (String value : choice.getValue().values()) {
                    Map<String, String> one = new LinkedHashMap<>(shorter);
                    one.put(choice.getKey(), value);
                    longer.add(one);
                }
            }
            product = longer;
        }
        return product;
    }

    /**
     * Draws different ones; the first of them are the same, however many there are.
     *
     * @param count how many, each with every seed
     * @param seed the seed of the draws
     * @throws IllegalArgumentException if there are not so many
     */
    List<Trial> draw(int count, long seed) {
        requireFew(count);
        if (count < 1) {
            throw new IllegalArgumentException(
                    "There must be at least 1 trial, not %d".formatted(count));
        }
        if (count > count()) {
            throw new IllegalArgumentException(
                    "There are only %.0f different ones to try, not %d: try all with --grid, or give more values"
                            .formatted(count(), count));
        }
        SplittableRandom random = new SplittableRandom(seed);
        Set<List<Trial>> drawn = new LinkedHashSet<>();
        // of values that are counted, there are enough
        int left = count() < Double.POSITIVE_INFINITY ? Integer.MAX_VALUE : MOST_IN_VAIN;
        int inVain = 0;
        while (drawn.size() < count) {
            List<Trial> one = new ArrayList<>();
            Candidate form = forms.get(random.nextInt(forms.size()));
            Map<String, String> made = draw(model, random);
            addAll(one, form, made, draw(settings, random));
            inVain = drawn.add(one) ? 0 : inVain + 1;
            if (inVain == left) {
                throw new IllegalArgumentException(
                        "The ranges have only %d different ones to try, not %d: give wider ranges, or fewer trials"
                                .formatted(drawn.size(), count));
            }
        }
        return drawn.stream().flatMap(List::stream).toList();
    }

    private static Map<String, String> draw(Map<String, Choice> choices, SplittableRandom random) {
        Map<String, String> drawn = new TreeMap<>();
        choices.forEach((name, choice) -> drawn.put(name, choice.draw(random)));
        return drawn;
    }

    private void addAll(
            List<Trial> trials,
            Candidate form,
            Map<String, String> made,
            Map<String, String> trained) {
        for (String seed : seeds) {
            Map<String, String> settingsOfOne = new TreeMap<>(trained);
            settingsOfOne.put(Trial.SEED, seed);
            trials.add(new Trial(form.row(), form.toString(), made, settingsOfOne, null));
        }
    }

    /** The name of a trial among the others: what trials of this search differ in, but the seed. */
    String getLabel(Trial trial) {
        StringJoiner label = new StringJoiner(", ");
        label.add(trial.form());
        addVaried(label, model, trial.model()::get);
        addVaried(label, settings, trial.settings()::get);
        return label.toString();
    }

    private static void addVaried(
            StringJoiner label, Map<String, Choice> choices, UnaryOperator<String> values) {
        Predicate<String> isVaried = name -> choices.get(name).isVaried();
        choices.keySet().stream()
                .filter(isVaried)
                .forEach(name -> label.add(name + "=" + values.apply(name)));
    }

    /** What tells this space from others, part by part. */
    Map<String, String> describe() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("forms", String.join("; ", forms.stream().map(Candidate::toString).toList()));
        model.forEach((name, choice) -> parts.put("model " + name, choice.text()));
        settings.forEach((name, choice) -> parts.put("setting " + name, choice.text()));
        parts.put("seeds", String.join(",", seeds));
        return parts;
    }
}
