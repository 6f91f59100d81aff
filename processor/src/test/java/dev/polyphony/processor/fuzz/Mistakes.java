/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * A model class that is Java, but has something in it that cannot be transformed, at known lines.
 *
 * @param typeName the qualified name of the class
 * @param source the source file
 * @param expected the problems, as {@code line code}, such as {@code 12 PLY031}
 */
record Mistakes(String typeName, String source, TreeSet<String> expected) {

    /** Another class of the package, which mistakes make use of. */
    static final String OTHER =
            """
            final class Other extends ai.djl.nn.LambdaBlock {

                Other() {
                    super(list -> list);
                }

                /** A nested class makes the blocks. */
                static final class Maker {

                    static ai.djl.nn.Block make() {
                        return new Other();
                    }
                }
            }
            """;

    private static final String UNSUPPORTED =
            "ai.djl.nn.convolutional.Conv2dTranspose.builder().setKernelShape(new Shape(2, 2))"
                    + ".setFilters(4).build()";

    private static final List<String[]> STATEMENTS =
            List.of(
                    new String[] {"PLY031", "Block mistake = " + UNSUPPORTED + ";"},
                    new String[] {"PLY031", "Supplier<Block> mistake = () -> " + UNSUPPORTED + ";"},
                    new String[] {
                        "PLY031",
                        "var mistake = ai.djl.nn.transformer.BertBlock.builder().nano()"
                                + ".setTokenDictionarySize(9).build();"
                    },
                    new String[] {"PLY032", "final Block mistake = new Other();"},
                    new String[] {"PLY033", "Block mistake = Other.Maker.make();"},
                    new String[] {"PLY033", "Supplier<Block> mistake = Other.Maker::make;"},
                    new String[] {
                        "PLY035",
                        "BinaryOperator<NDArray> mistake = (a, b) -> Linear.linear(a, b).get(0);"
                    },
                    new String[] {
                        "PLY036",
                        "class Mistake extends Linear { Mistake(Builder b) { super(b); } }"
                    });

    private static final String OWN_PARAMETER =
            "addParameter(Parameter.builder().setName(\"mistake\")"
                    + ".setType(Parameter.Type.WEIGHT).build());";

    private static final String CONSTRUCTOR = " *(public Net|Part\\d+|Reuse\\d+)\\(.*";

    private static final List<String[]> MEMBERS =
            List.of(
                    new String[] {"PLY038", "    private static int mistake%d = 1;"},
                    new String[] {
                        "PLY031", "    private final Block mistake%d = " + UNSUPPORTED + ";"
                    },
                    new String[] {
                        "PLY031",
                        "    private static Block mistake%d() { return " + UNSUPPORTED + "; }"
                    },
                    new String[] {
                        "PLY036",
                        "    static class Mistake%1$d extends Linear { Mistake%1$d(Builder b) { super(b); } }"
                    });

    private static final List<String> ATTRIBUTES = List.of("m = 0", "m = -1", "name = \"1\"");

    /** Puts up to four mistakes into a network. */
    static Mistakes draw(long seed) {
        Net net = NetDraw.draw(seed, 1);
        for (long other = seed; net.forms().get(0).is("DeepEnsemble"); other += 1_000_000) {
            // takes every layer
            net = NetDraw.draw(other, 1);
        }
        Random random = new Random(seed * 31 + 5);
        List<String> lines = new ArrayList<>(NetWriter.write(net).lines().toList());
        String mark = "/* mistake ";
        for (int i = 0; i <= random.nextInt(4); i++) {
            insert(lines, random, i, mark, net.forms().get(0));
        }
        if (random.nextInt(4) == 0) {
            String attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
            String code = attribute.startsWith("m") ? "PLY021" : "PLY022";
            int at = indexOf(lines, net.forms().get(0).annotation());
            String key = attribute.substring(0, attribute.indexOf(' '));
            String value = key.equals("m") ? "m = \\d+" : "name = \"\\w+\"";
            lines.set(at, lines.get(at).replaceFirst(value, attribute) + mark + code + " */");
        }
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            int found = lines.get(i).indexOf(mark);
            if (found >= 0) {
                int code = found + mark.length();
                expected.add(i + 1 + " " + lines.get(i).substring(code, code + 6));
            }
        }
        String source = String.join("\n", lines) + "\n";
        return new Mistakes(net.packageName() + ".Net", source, expected);
    }

    private static int indexOf(List<String> lines, String annotation) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("@" + annotation)) {
                return i;
            }
        }
        throw new IllegalStateException(annotation);
    }

    private static void insert(
            List<String> lines, Random random, int number, String mark, FormSpec form) {
        List<Integer> bodies = new ArrayList<>();
        int header = 0;
        for (int i = 0; i < lines.size(); i++) {
            boolean isBody =
                    lines.get(i)
                                    .matches(
                                            "    (public Net\\(int|public static Block of|private [^=]*\\().* \\{")
                            || lines.get(i).matches("        (Part|Reuse)\\d+\\(\\) \\{");
            if (isBody && !lines.get(i + 1).matches(" *super.*|.*mistake.*")) {
                bodies.add(i);
            }
            if (lines.get(i).startsWith("public final class")) {
                header = i;
            }
        }
        List<Integer> constructors =
                bodies.stream().filter(i -> lines.get(i).matches(CONSTRUCTOR)).toList();
        // one member, and forms that share a trunk, can have parameters of the model's own
        boolean isApart = form.is("Packed") && form.members() > 1;
        if (isApart && !constructors.isEmpty() && random.nextInt(3) == 0) {
            int at = constructors.get(random.nextInt(constructors.size()));
            lines.add(at + 1, OWN_PARAMETER + mark + "PLY034 */");
            return;
        }
        boolean inBody = random.nextInt(3) > 0 && !bodies.isEmpty();
        String[] mistake =
                inBody
                        ? STATEMENTS.get(random.nextInt(STATEMENTS.size()))
                        : MEMBERS.get(random.nextInt(MEMBERS.size()));
        int at = inBody ? bodies.get(random.nextInt(bodies.size())) : header;
        lines.add(at + 1, mistake[1].formatted(number) + mark + mistake[0] + " */");
    }
}
