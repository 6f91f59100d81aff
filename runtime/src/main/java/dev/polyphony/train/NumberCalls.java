/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls of a class combine arrays with numbers so that the backward pass reads the number: it
 * stands in the constant pool of the class file.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">The Java
 *     Virtual Machine Specification, 4.4</a>
 */
final class NumberCalls {

    private static final Set<String> OWNERS =
            Set.of("ai/djl/ndarray/NDArray", "ai/djl/ndarray/NDArrays");
    private static final Set<String> OPERATIONS =
            Set.of("mul", "muli", "div", "divi", "pow", "powi", "maximum", "minimum");

    private NumberCalls() {}

    /** Finds such a call; empty if there is none, or the class file cannot be found. */
    static Optional<String> find(Class<?> type) {
        String name = type.getName();
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : find(new DataInputStream(in));
        } catch (IOException e) {
            throw new IllegalStateException("The class file of " + name + " cannot be read", e);
        }
    }

    private static Optional<String> find(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        int[] tags = new int[count];
        String[] texts = new String[count];
        int[][] pairs = new int[count][2];
        for (int i = 1; i < count; i++) {
            tags[i] = in.readUnsignedByte();
            switch (tags[i]) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> pairs[i][0] = in.readUnsignedShort();
                case 10, 11, 12 -> {
                    pairs[i][0] = in.readUnsignedShort();
                    pairs[i][1] = in.readUnsignedShort();
                }
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    // takes two places
                    i++;
                }
                default -> in.skipNBytes(4);
            }
        }
        for (int i = 1; i < count; i++) {
            if (tags[i] == 10 || tags[i] == 11) {
                int[] signature = pairs[pairs[i][1]];
                String method = texts[signature[0]];
                if (OWNERS.contains(texts[pairs[pairs[i][0]][0]])
                        && OPERATIONS.contains(method)
                        && texts[signature[1]].contains("Ljava/lang/Number;")) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }
}
