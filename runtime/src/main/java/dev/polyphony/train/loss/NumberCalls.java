/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls of a class combine arrays with numbers so that the backward pass reads the number,
 * and which classes it hands arrays to: both stand in the constant pool of the class file.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">The Java
 *     Virtual Machine Specification, 4.4</a>
 */
final class NumberCalls {

    private static final String ARRAY = "ai/djl/ndarray/NDArray";
    private static final Set<String> OWNERS = Set.of(ARRAY, "ai/djl/ndarray/NDArrays");
    private static final Set<String> OPERATIONS =
            Set.of("mul", "muli", "div", "divi", "pow", "powi", "maximum", "minimum");
    private static final String ACTIVATION = "ai/djl/nn/Activation";
    private static final Set<String> ACTIVATIONS =
            Set.of("relu6", "relu6Block", "swish", "swishBlock");

    private String call;
    private final Set<String> references = new LinkedHashSet<>();

    private NumberCalls() {}

    /** Reads the calls of a class; none, if its class file cannot be found. */
    static NumberCalls of(Class<?> type) {
        NumberCalls calls = new NumberCalls();
        String name = type.getName();
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in != null) {
                calls.read(new DataInputStream(in));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The class file of " + name + " cannot be read", e);
        }
        return calls;
    }

    /** Returns the method of such a call, such as {@code mul}. */
    Optional<String> getCall() {
        return Optional.ofNullable(call);
    }

    /**
     * Returns the binary names of classes whose methods take or return arrays, or that it makes.
     */
    Set<String> getReferences() {
        return references;
    }

    private void read(DataInputStream in) throws IOException {
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
                method(texts[pairs[pairs[i][0]][0]], texts[signature[0]], texts[signature[1]]);
            }
        }
    }

    private void method(String owner, String name, String descriptor) {
        if (isNumberCall(owner, name, descriptor)) {
            call = call == null ? name : call;
        }
        if (name.equals("<init>") || descriptor.contains("Lai/djl/ndarray/")) {
            references.add(owner.replace('/', '.'));
        }
        // a factory of losses
        String made = descriptor.substring(descriptor.indexOf(')') + 1);
        if (made.startsWith("Lai/djl/training/loss/")) {
            references.add(made.substring(1, made.length() - 1).replace('/', '.'));
        }
    }

    private static boolean isNumberCall(String owner, String name, String descriptor) {
        if (owner.equals(ACTIVATION)) {
            return ACTIVATIONS.contains(name);
        }
        return owner.equals(ARRAY) && name.equals("scaleGradient")
                || OWNERS.contains(owner)
                        && OPERATIONS.contains(name)
                        && descriptor.contains("Ljava/lang/Number;");
    }
}
