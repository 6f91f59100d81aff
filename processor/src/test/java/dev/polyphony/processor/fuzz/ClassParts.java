/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.BlockWriter.Scope;
import dev.polyphony.processor.fuzz.Node.Join;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The members that a class gets besides its constructor. */
final class ClassParts {

    private final List<String> fields = new ArrayList<>();
    private final List<String> methods = new ArrayList<>();
    private final Set<String> common = new LinkedHashSet<>();
    private int names;

    /** A name that no other member has. */
    String name(String prefix) {
        return prefix + names++;
    }

    void addField(String field) {
        fields.add(field);
    }

    /** A method or a nested class. */
    void addMethod(String method) {
        methods.add(method);
    }

    List<String> getFields() {
        return fields;
    }

    List<String> getMethods() {
        List<String> all = new ArrayList<>(common);
        all.addAll(methods);
        return all;
    }

    /** A number as people write it. */
    String number(int n, int style, Scope scope) {
        switch (style % 13) {
            case 1 -> {
                String name = "WIDTH_" + name("");
                fields.add("    private static final int %s = %d;".formatted(name, n));
                return name;
            }
            case 2 -> {
                return "%d + %d".formatted(n - 1, 1);
            }
            case 3 -> {
                common.add(
                        """
                            /** Widths by size. */
                            record Config(int width, boolean deep) {

                                Config {
                                    width = Math.max(1, width);
                                }

                                static Config of(int width) {
                                    return new Config(width, false);
                                }
                            }
                        """);
                return "Config.of(%d).width()".formatted(n);
            }
            case 4 -> {
                common.add(
                        """
                            enum Scale {
                                SMALL(1),
                                LARGE(2);

                                final int factor;

                                Scale(int factor) {
                                    this.factor = factor;
                                }
                            }
                        """);
                return n % 2 == 0
                        ? "%d * Scale.LARGE.factor".formatted(n / 2)
                        : "Scale.SMALL.factor * " + n;
            }
            case 5 -> {
                return scope.classes() ? "classes > 1 ? %d : %d".formatted(n, n + 1) : "" + n;
            }
            case 6 -> {
                return scope.classes()
                        ? "switch (classes) { case 0 -> %d; default -> { int n = %d; yield n; } }"
                                .formatted(n + 2, n)
                        : "Integer.parseInt(\"%d\")".formatted(n);
            }
            default -> {
                return "" + n;
            }
        }
    }

    /** A function that joins the answers of branches. */
    String join(Join join, int axis, int style) {
        if (join == Join.CONCAT && style % 4 == 0) {
            common.add(
                    """
                        private static NDList beside(List<NDList> answers, int axis) {
                            NDList all = new NDList();
                            for (NDList answer : answers) {
                                all.addAll(answer);
                            }
                            return new NDList(NDArrays.concat(all, axis));
                        }
                    """);
            return "list -> beside(list, %d)".formatted(axis);
        } else if (join == Join.CONCAT) {
            return "list -> new NDList(NDArrays.concat(new NDList(list.stream()"
                    + ".map(NDList::head).toList()), %d))".formatted(axis);
        }
        String operation = join == Join.ADD ? "add" : "mul";
        if (style % 4 == 0) {
            common.add(
                    """
                        private static NDList fold(List<NDList> list, BinaryOperator<NDArray> join) {
                            NDArray y = list.get(0).singletonOrThrow();
                            for (NDList other : list.subList(1, list.size())) {
                                y = join.apply(y, other.head());
                            }
                            return new NDList(y);
                        }
                    """);
            return "list -> fold(list, (a, b) -> a.%s(b))".formatted(operation);
        }
        return "list -> new NDList(list.stream().map(NDList::singletonOrThrow)"
                + ".reduce((a, b) -> a.%s(b)).orElseThrow())".formatted(operation);
    }
}
