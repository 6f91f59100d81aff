/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sets of named values of which something can be made: one for each of its constructors. */
final class Ways {

    private final List<Set<String>> ways = new ArrayList<>();
    private final Set<String> optional = new LinkedHashSet<>();
    private final Map<String, String> wanted = new LinkedHashMap<>();

    private Ways() {}

    /** Finds out by asking, with each set of values that it looks for, and with none. */
    static Ways of(Function<Arguments, ?> maker) {
        Ways found = new Ways();
        Inquiry last = ask(maker, Set.of());
        for (Set<String> group : last.groups) {
            Inquiry one = ask(maker, group);
            found.wanted.putAll(one.wanted);
            group.forEach(name -> found.wanted.putIfAbsent(name, "given"));
            if (one.wanted.keySet().containsAll(last.wanted.keySet())
                    && !last.wanted.isEmpty()
                    && !group.containsAll(last.wanted.keySet())) {
                found.optional.addAll(group);
            } else {
                found.ways.add(group);
            }
        }
        found.wanted.putAll(last.wanted);
        found.ways.add(last.wanted.keySet());
        return found;
    }

    private static Inquiry ask(Function<Arguments, ?> maker, Set<String> granted) {
        Inquiry inquiry = new Inquiry(granted);
        try {
            maker.apply(new Arguments(Map.of(), inquiry));
        } catch (RuntimeException e) {
            // it minds the values: what it asked for before is known
        }
        return inquiry;
    }

    /** Is asked for values. */
    static final class Inquiry {

        private final Set<String> granted;
        private final Set<Set<String>> groups = new LinkedHashSet<>();
        private final Map<String, String> wanted = new LinkedHashMap<>();

        private Inquiry(Set<String> granted) {
            this.granted = granted;
        }

        boolean has(String... names) {
            Set<String> group = new LinkedHashSet<>(Arrays.asList(names));
            groups.add(group);
            return group.equals(granted);
        }

        void get(String name, String what) {
            wanted.put(name, what);
        }
    }

    /** All names, sorted. */
    Set<String> getNames() {
        return Collections.unmodifiableSet(new TreeSet<>(wanted.keySet()));
    }

    /**
     * Requires that something asks for these names.
     *
     * @throws IllegalArgumentException if nothing does; names those that are known
     */
    void requireKnown(Collection<String> names, String where) {
        for (String name : names) {
            if (!wanted.containsKey(name)) {
                String known =
                        wanted.isEmpty()
                                ? "this model takes no values"
                                : "this model knows: " + String.join(", ", getNames());
                throw new IllegalArgumentException(
                        "Unknown name '%s' in %s; %s".formatted(name, where, known));
            }
        }
    }

    /**
     * Says what is missing of the way that most of the given names belong to.
     *
     * @param given the given names
     * @param otherwise what to say if all of it is given
     */
    String missing(Set<String> given, String otherwise) {
        Set<String> best = ways.get(ways.size() - 1);
        for (Set<String> way : ways) {
            best = count(way, given) > count(best, given) ? way : best;
        }
        String what =
                best.stream()
                        .filter(name -> !given.contains(name))
                        .findFirst()
                        .map(name -> missing(name, wanted.get(name)))
                        .orElse(otherwise);
        return ways.size() == 1 ? what : what + "; " + this;
    }

    static String missing(String name, String wanted) {
        return "The value of '" + name + "' is missing; it must be " + wanted;
    }

    private static long count(Set<String> way, Set<String> given) {
        return way.stream().filter(given::contains).count();
    }

    /** Returns a sentence: which values go together. */
    @Override
    public String toString() {
        String all =
                ways.stream()
                        .map(way -> "(" + String.join(", ", way) + ")")
                        .collect(Collectors.joining(" or "));
        return "this model takes "
                + all
                + (optional.isEmpty()
                        ? ""
                        : ", each with or without " + String.join(", ", optional));
    }
}
