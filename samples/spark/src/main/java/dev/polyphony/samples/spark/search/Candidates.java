/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.harness.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The forms of a model that are annotated, of which a search takes some. */
final class Candidates {

    private final List<Candidate> all;

    private Candidates(List<Candidate> all) {
        this.all = all;
    }

    static Candidates of(Comparison comparison) {
        List<Candidate> all = new ArrayList<>();
        comparison.getHarnesses().forEach((row, harness) -> all.add(Candidate.of(row, harness)));
        return new Candidates(all);
    }

    /**
     * Chooses forms.
     *
     * @param methods the methods; all if there are none
     * @param asked values by the names of forms' settings. Of a method that is named, each
     *     combination of its settings must be annotated, and settings that it has not leave it
     *     alone. If none is named, it is those forms that have one of the values in each setting of
     *     theirs, and each value must be there once at least
     * @return the forms, in the order of the comparison
     * @throws IllegalArgumentException if a method, a setting or a combination is not there; says
     *     which are, or what to annotate
     */
    List<Candidate> choose(List<String> methods, Map<String, List<String>> asked) {
        requireMethods(methods);
        Map<String, List<String>> byName = new LinkedHashMap<>();
        asked.forEach((name, values) -> byName.put(Candidate.settingName(name), values));
        requireSettings(byName.keySet());
        if (methods.isEmpty()) {
            List<Candidate> chosen = all.stream().filter(one -> matches(one, byName)).toList();
            requireValues(chosen, byName);
            return chosen;
        }
        Set<Candidate> chosen = new LinkedHashSet<>();
        all.stream()
                .filter(one -> methods.stream().anyMatch(one::isOf))
                .map(Candidate::method)
                .distinct()
                .forEach(method -> chosen.addAll(ofMethod(method, byName)));
        return all.stream().filter(chosen::contains).toList();
    }

    private static boolean matches(Candidate one, Map<String, List<String>> asked) {
        boolean isAny = asked.isEmpty();
        for (Map.Entry<String, List<String>> setting : asked.entrySet()) {
            if (one.settings().containsKey(setting.getKey())) {
                isAny = true;
                if (setting.getValue().stream()
                        .noneMatch(value -> one.has(setting.getKey(), value))) {
                    return false;
                }
            }
        }
        return isAny;
    }

    private void requireValues(List<Candidate> chosen, Map<String, List<String>> asked) {
        asked.forEach(
                (name, values) -> {
                    for (String value : values) {
                        if (chosen.stream().noneMatch(one -> one.has(name, value))) {
                            throw new IllegalArgumentException(
                                    "No form of the model has %s = %s beside what else is asked for: annotate the model with one that has, and with a name, or take one of: %s"
                                            .formatted(name, value, text(all)));
                        }
                    }
                });
    }

    private static String text(List<Candidate> forms) {
        return forms.stream().map(Candidate::toString).collect(Collectors.joining("; "));
    }

    private void requireMethods(List<String> methods) {
        for (String method : methods) {
            if (all.stream().noneMatch(one -> one.isOf(method))) {
                throw new IllegalArgumentException(
                        "No form of the model is called '%s': annotate the model with it, or take %s"
                                .formatted(
                                        method,
                                        all.stream()
                                                .map(Candidate::method)
                                                .distinct()
                                                .collect(Collectors.joining(", "))));
            }
        }
    }

    private void requireSettings(Set<String> names) {
        Set<String> known = new TreeSet<>();
        all.forEach(one -> known.addAll(one.settings().keySet()));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "No form of the model has a setting '%s'. Their settings are: %s"
                                .formatted(name, String.join(", ", known)));
            }
        }
    }

    private List<Candidate> ofMethod(String method, Map<String, List<String>> asked) {
        List<Candidate> forms = all.stream().filter(one -> one.method().equals(method)).toList();
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<String>> one : asked.entrySet()) {
            if (forms.stream().anyMatch(form -> form.settings().containsKey(one.getKey()))) {
                combinations = times(combinations, one.getKey(), one.getValue());
            }
        }
        List<Candidate> chosen = new ArrayList<>();
        for (Map<String, String> combination : combinations) {
            List<Candidate> found =
                    forms.stream()
                            .filter(
                                    form ->
                                            combination.entrySet().stream()
                                                    .allMatch(
                                                            each ->
                                                                    form.has(
                                                                            each.getKey(),
                                                                            each.getValue())))
                            .toList();
            if (found.isEmpty()) {
                throw missing(method, combination, forms);
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    private static List<Map<String, String>> times(
            List<Map<String, String>> combinations, String name, List<String> values) {
        List<Map<String, String>> product = new ArrayList<>();
        for (Map<String, String> combination : combinations) {
            for (String value : values) {
                Map<String, String> longer = new LinkedHashMap<>(combination);
                longer.put(name, value);
                product.add(longer);
            }
        }
        return product;
    }

    private static IllegalArgumentException missing(
            String method, Map<String, String> combination, List<Candidate> forms) {
        String values =
                combination.entrySet().stream()
                        .map(each -> each.getKey() + " = " + each.getValue())
                        .collect(Collectors.joining(", "));
        String annotation = method.equals("MIMO") ? "Mimo" : method;
        return new IllegalArgumentException(
                "No form of the model is %s with %s: annotate the model with @%s(%s, name = \"...\"), or take one of: %s"
                        .formatted(method, values, annotation, values, text(forms)));
    }
}
