/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.BlockWriter.Scope;
import java.util.ArrayList;
import java.util.List;

/** Writes networks as model classes. */
final class NetWriter {

    private static final String IMPORTS =
            """
            import ai.djl.ndarray.*;
            import ai.djl.ndarray.types.*;
            import ai.djl.nn.*;
            import ai.djl.nn.convolutional.*;
            import ai.djl.nn.core.*;
            import ai.djl.nn.norm.*;
            import ai.djl.nn.pooling.*;
            import ai.djl.training.ParameterStore;
            import ai.djl.util.PairList;
            import dev.polyphony.*;
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;
            """;

    private final Net net;
    private final ClassParts parts = new ClassParts();
    private final BlockWriter blocks = new BlockWriter(parts);

    private NetWriter(Net net) {
        this.net = net;
    }

    /**
     * Writes a class that takes a number which it does not need.
     *
     * @param net the network
     * @return the source file
     */
    static String write(Net net) {
        return new NetWriter(net).file();
    }

    private String file() {
        String superclass =
                switch (net.style()) {
                    case COMPOSED -> " extends AbstractBlock";
                    case SEQUENTIAL -> " extends SequentialBlock";
                    case FACTORY, BUILDER -> "";
                };
        String body =
                switch (net.style()) {
                    case COMPOSED -> composed();
                    case SEQUENTIAL -> sequential();
                    case FACTORY -> factory();
                    case BUILDER -> builder();
                };
        StringBuilder file = new StringBuilder("package " + net.packageName() + ";\n\n" + IMPORTS);
        file.append("\n/** A network. */\n");
        for (FormSpec form : net.forms()) {
            file.append(form.text()).append('\n').append(form.single().text()).append('\n');
        }
        file.append("@SuppressWarnings(\"polyphony:PLY054\")\n");
        file.append("public final class Net").append(superclass).append(" {\n\n");
        parts.getFields().forEach(field -> file.append(field).append("\n\n"));
        file.append(body).append('\n');
        parts.getMethods().forEach(method -> file.append(method).append('\n'));
        return file.append("}\n").toString();
    }

    private String sequential() {
        return """
                    /** Creates a network. */
                    public Net(int classes) {
                %s    }

                    /** Creates a network for two classes. */
                    public Net() {
                        this(2);
                    }
                """
                .formatted(adds("add", new Scope(true, true)));
    }

    private String factory() {
        return """
                    private Net() {}

                    /** Creates a network. */
                    public static Block of(int classes) {
                        SequentialBlock net = new SequentialBlock();
                %s        return net;
                    }
                """
                .formatted(adds("net.add", new Scope(false, true)));
    }

    private String builder() {
        return """
                    private Net() {}

                    private static SequentialBlock assemble(Builder builder) {
                        int classes = builder.classes;
                        SequentialBlock net = new SequentialBlock();
                %s        return net;
                    }

                    /** Creates a builder. */
                    public static Builder builder() {
                        return new Builder();
                    }

                    /** The builder of a network. */
                    public static final class Builder {

                        private int classes;

                        private Builder() {}

                        /** Sets the number of classes. */
                        public Builder setClasses(int classes) {
                            this.classes = classes;
                            return this;
                        }

                        /** Creates the network. */
                        public SequentialBlock build() {
                            return assemble(this);
                        }
                    }
                """
                .formatted(adds("net.add", new Scope(false, true)));
    }

    private String adds(String add, Scope scope) {
        StringBuilder adds = new StringBuilder();
        for (Node node : List.of(net.stems().get(0), net.trunk(), net.heads().get(0))) {
            adds.append("%s(%s);\n".formatted(add, blocks.added(node, scope)));
        }
        return adds.toString();
    }

    /** The children are fields, set in the constructor or where they are declared. */
    private String composed() {
        boolean inFields = net.seed() % 3 == 0;
        List<String> fields = new ArrayList<>();
        StringBuilder assigned = new StringBuilder();
        Scope scope = inFields ? Scope.STATIC : new Scope(true, true);
        List<String> names = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < net.stems().size(); i++) {
            names.add("stem" + i);
            nodes.add(net.stems().get(i));
        }
        names.add("trunk");
        nodes.add(net.trunk());
        for (int i = 0; i < net.heads().size(); i++) {
            names.add("head" + i);
            nodes.add(net.heads().get(i));
        }
        for (int i = 0; i < names.size(); i++) {
            String made =
                    "addChildBlock(\"%s\", %s)"
                            .formatted(names.get(i), blocks.block(nodes.get(i), scope));
            String field = "    private final Block " + names.get(i);
            fields.add(inFields ? field + " = " + made + ";\n" : field + ";\n");
            assigned.append(inFields ? "" : "this.%s = %s;\n".formatted(names.get(i), made));
        }
        return String.join("", fields)
                + """

                    public Net(int classes) {
                %s    }

                    @Override
                    protected NDList forwardInternal(
                            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
                %s    }

                    @Override
                    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
                %s    }

                    @Override
                    public Shape[] getOutputShapes(Shape[] inputs) {
                %s    }
                """
                        .formatted(assigned, forward(), initialize(), shapes());
    }

    private String stem(int input) {
        return "stem" + Math.min(input, net.stems().size() - 1);
    }

    private String forward() {
        StringBuilder code = new StringBuilder("NDList features = new NDList();\n");
        for (int i = 0; i < net.inputs().size(); i++) {
            code.append(
                    "features.addAll(%s.forward(parameterStore, new NDList(inputs.get(%d)), training));\n"
                            .formatted(stem(i), i));
        }
        code.append(
                "NDArray joined = features.size() == 1 ? features.head() : NDArrays.concat(features, 1);\n");
        code.append(
                "NDList x = trunk.forward(parameterStore, new NDList(joined), training, params);\n");
        code.append("NDList answers = new NDList();\n");
        for (int i = 0; i < net.heads().size(); i++) {
            code.append(
                    "answers.addAll(head%d.forward(parameterStore, x, training));\n".formatted(i));
        }
        return code.append("return answers;\n").toString();
    }

    private String initialize() {
        StringBuilder code = new StringBuilder("long[] width = null;\n");
        for (int i = 0; i < net.inputs().size(); i++) {
            code.append(
                    """
                    %1$s.initialize(manager, dataType, inputs[%2$d]);
                    width = sum(width, %1$s.getOutputShapes(new Shape[] {inputs[%2$d]})[0]);
                    """
                            .formatted(stem(i), i));
        }
        code.append(
                """
                Shape joined = new Shape(width);
                trunk.initialize(manager, dataType, joined);
                Shape[] shapes = trunk.getOutputShapes(new Shape[] {joined});
                """);
        for (int i = 0; i < net.heads().size(); i++) {
            code.append("head%d.initialize(manager, dataType, shapes);\n".formatted(i));
        }
        parts.addMethod(
                """
                    private static long[] sum(long[] width, Shape more) {
                        long[] dims = more.getShape().clone();
                        if (width != null) {
                            dims[1] += width[1];
                        }
                        return dims;
                    }
                """);
        return code.toString();
    }

    private String shapes() {
        StringBuilder code = new StringBuilder("long[] width = null;\n");
        for (int i = 0; i < net.inputs().size(); i++) {
            code.append(
                    "width = sum(width, %s.getOutputShapes(new Shape[] {inputs[%d]})[0]);\n"
                            .formatted(stem(i), i));
        }
        code.append("Shape[] x = trunk.getOutputShapes(new Shape[] {new Shape(width)});\n");
        code.append("List<Shape> all = new ArrayList<>();\n");
        for (int i = 0; i < net.heads().size(); i++) {
            code.append("Collections.addAll(all, head%d.getOutputShapes(x));\n".formatted(i));
        }
        return code.append("return all.toArray(new Shape[0]);\n").toString();
    }
}
