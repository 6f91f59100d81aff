/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.BlockWriter.Scope;
import dev.polyphony.processor.fuzz.Node.Branches;
import dev.polyphony.processor.fuzz.Node.Chain;
import dev.polyphony.processor.fuzz.Node.Reuse;
import java.util.ArrayList;
import java.util.List;

/** Writes parts as nested block classes with code of their own. */
final class BlockClassWriter {

    private static final String FORWARD =
            """
                    @Override
                    protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            %s        }

                    @Override
                    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
            %s        }

                    @Override
                    public Shape[] getOutputShapes(Shape[] shapes) {
            %s        }
            """;

    private final ClassParts parts;
    private final BlockWriter blocks;

    BlockClassWriter(ClassParts parts, BlockWriter blocks) {
        this.parts = parts;
        this.blocks = blocks;
    }

    /** A class that extends {@code SequentialBlock}. */
    String sequential(Chain chain) {
        String name = parts.name("Part");
        StringBuilder adds = new StringBuilder();
        for (Node part : chain.parts()) {
            adds.append("add(%s);\n".formatted(blocks.added(part, Scope.STATIC)));
        }
        parts.addMethod(
                """
                    /** A part of the network. */
                    private static final class %1$s extends SequentialBlock {

                        %1$s() {
                %2$s        }
                    }
                """
                        .formatted(name, adds));
        return "new %s()".formatted(name);
    }

    /** A class that runs its children one after the other. */
    String children(Chain chain) {
        String name = parts.name("Part");
        List<String> makers =
                chain.parts().stream().map(part -> blocks.block(part, Scope.STATIC)).toList();
        String forward =
                """
                NDList y = inputs;
                for (Block child : list) {
                    y = child.forward(store, y, training, params);
                }
                return y;
                """;
        String initialize =
                """
                Shape[] at = shapes;
                for (Block child : list) {
                    child.initialize(manager, type, at);
                    at = child.getOutputShapes(at);
                }
                """;
        String shapes =
                """
                Shape[] at = shapes;
                for (int i = 0; i < list.size(); i++) {
                    at = list.get(i).getOutputShapes(at);
                }
                return at;
                """;
        parts.addMethod(
                """
                    private static class %1$s extends AbstractBlock {

                        private final List<Block> list = new ArrayList<>();

                        %1$s() {
                            super((byte) 2);
                            for (Block part : List.<Block>of(%2$s)) {
                                list.add(addChildBlock("part", part));
                            }
                        }

                %3$s    }
                """
                        .formatted(
                                name,
                                String.join(",\n", makers),
                                FORWARD.formatted(forward, initialize, shapes)));
        return "new %s()".formatted(name);
    }

    /** A class that joins what its children give. */
    String branches(Branches branches) {
        String name = parts.name("Branches");
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < branches.ways().size(); i++) {
            Node way = branches.ways().get(i);
            boolean around = way instanceof Chain chain && chain.parts().isEmpty();
            fields.add(
                    around
                            ? "private final Block way%d = null;\n".formatted(i)
                            : "private final Block way%1$d = addChildBlock(\"way%1$d\", %2$s);\n"
                                    .formatted(i, blocks.block(way, Scope.STATIC)));
        }
        StringBuilder forward = new StringBuilder("List<NDList> answers = new ArrayList<>();\n");
        StringBuilder initialize = new StringBuilder();
        StringBuilder shapes = new StringBuilder("List<Shape> each = new ArrayList<>();\n");
        for (int i = 0; i < fields.size(); i++) {
            forward.append(
                    "answers.add(way%1$d == null ? inputs : way%1$d.forward(store, inputs, training));\n"
                            .formatted(i));
            initialize.append(
                    "if (way%1$d != null) {\nway%1$d.initialize(manager, type, shapes);\n}\n"
                            .formatted(i));
            shapes.append(
                    "each.add(way%1$d == null ? shapes[0] : way%1$d.getOutputShapes(shapes)[0]);\n"
                            .formatted(i));
        }
        String join = parts.join(branches.join(), branches.axis(), branches.style());
        forward.append(
                "Function<List<NDList>, NDList> join = %s;\nreturn join.apply(answers);\n"
                        .formatted(join));
        if (branches.join() == Node.Join.CONCAT) {
            shapes.append(
                    """
                    long[] dims = each.get(0).getShape().clone();
                    dims[%1$d] = each.stream().mapToLong(shape -> shape.get(%1$d)).sum();
                    return new Shape[] {new Shape(dims)};
                    """
                            .formatted(branches.axis()));
        } else {
            shapes.append("return new Shape[] {each.get(0)};\n");
        }
        parts.addMethod(
                """
                    private static final class %s extends AbstractBlock {

                %s
                %s    }
                """
                        .formatted(
                                name,
                                String.join("", fields),
                                FORWARD.formatted(forward, initialize, shapes)));
        return "new %s()".formatted(name);
    }

    /** A class that runs one child before and behind another. */
    String reuse(Reuse reuse) {
        String name = parts.name("Reuse");
        String forward =
                """
                NDList y = shared.forward(store, inputs, training);
                y = between.forward(store, y, training);
                return shared.forward(store, y, training);
                """;
        String initialize =
                """
                shared.initialize(manager, type, shapes);
                between.initialize(manager, type, shared.getOutputShapes(shapes));
                """;
        String shapes =
                """
                Shape[] before = shared.getOutputShapes(shapes);
                return shared.getOutputShapes(between.getOutputShapes(before));
                """;
        parts.addMethod(
                """
                    static final class %1$s extends AbstractBlock {

                        private final Block shared;
                        private final Block between;

                        %1$s() {
                            shared = addChildBlock("shared", %2$s);
                            between = addChildBlock("between", %3$s);
                        }

                %4$s    }
                """
                        .formatted(
                                name,
                                blocks.block(reuse.shared(), Scope.STATIC),
                                blocks.block(reuse.between(), Scope.STATIC),
                                FORWARD.formatted(forward, initialize, shapes)));
        return "new %s()".formatted(name);
    }
}
