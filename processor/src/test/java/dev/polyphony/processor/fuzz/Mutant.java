/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model class with something broken in it, by accident: tokens and lines are lost, doubled,
 * exchanged or renamed, as they are while people type.
 *
 * @param seed the number that it was drawn from
 * @param typeName the qualified name of the class
 * @param source the source file
 * @param what what was done to it
 */
record Mutant(long seed, String typeName, String source, String what) {

    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"\n]*\"|//[^\n]*|[\\p{L}_$][\\w$]*|\\d+(?:\\.\\d+)?f?|->|::|\\S");

    /** Breaks a network in one place or in two. */
    static Mutant draw(long seed) {
        Net net = NetDraw.draw(seed, 1);
        Random random = new Random(seed * 31 + 17);
        String source = NetWriter.write(net);
        StringBuilder what = new StringBuilder();
        for (int i = 0; i <= random.nextInt(2); i++) {
            int before = source.length();
            source = random.nextInt(3) == 0 ? line(source, random) : token(source, random, what);
            what.append(what.length() == 0 ? "lines, " + before : "").append("; ");
        }
        return new Mutant(seed, net.packageName() + ".Net", source, what.toString());
    }

    private static String line(String source, Random random) {
        List<String> lines = new ArrayList<>(source.lines().toList());
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(at));
            case 2 -> lines.add(at, lines.get(other));
            default -> Collections.swap(lines, at, other);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String token(String source, Random random, StringBuilder what) {
        List<int[]> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source);
        while (matcher.find()) {
            tokens.add(new int[] {matcher.start(), matcher.end()});
        }
        int[] at = tokens.get(random.nextInt(tokens.size()));
        int[] other = tokens.get(random.nextInt(tokens.size()));
        String text = source.substring(at[0], at[1]);
        String instead =
                switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> text + " " + text;
                    case 2 -> text + "x";
                    case 3 -> source.substring(other[0], other[1]);
                    case 4 -> "(" + text;
                    default -> "null";
                };
        what.append("'%s' is '%s'".formatted(text, instead));
        return source.substring(0, at[0]) + instead + source.substring(at[1]);
    }
}
