/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.bench;

import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the processor adds to a javac run over a model of 300 lines. Run by hand with one of
 *
 * <pre>
 * java ... CompileBenchmark cold   a run in a new JVM: the CPU time of its main thread
 * java ... CompileBenchmark pairs  processes in turns: without the annotation, with it, and the least
 * java ... CompileBenchmark warm   medians of runs in one JVM, with and without the annotation
 * java ... CompileBenchmark many   1 to 50 models in one compilation
 * </pre>
 *
 * <p>A second argument holds the annotations, {@code @Packed} by default; {@code none} leaves the
 * model plain. With {@code -Dpolyphony.proc=only} generated sources are written and not compiled.
 */
final class CompileBenchmark {

    private static final int RUNS = 25;
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private CompileBenchmark() {}

    public static void main(String[] args) throws IOException {
        String annotations = args.length > 1 ? args[1] : "@Packed";
        switch (args[0]) {
            case "cold" -> print("%.0f ms", milliseconds(1, annotations));
            case "pairs" -> pairs(annotations);
            case "warm" -> warm(annotations);
            case "many" -> many(annotations);
            default ->
                    throw new IllegalArgumentException("cold, pairs, warm or many, not " + args[0]);
        }
    }

    private static void pairs(String annotations) throws IOException {
        Path folder = Files.createTempDirectory("polyphony");
        try {
            ColdPairs.run(folder, model(0, "none"), model(0, annotations), RUNS);
        } finally {
            delete(folder);
        }
    }

    private static void warm(String annotations) throws IOException {
        List<Double> plain = new ArrayList<>();
        List<Double> added = new ArrayList<>();
        for (int run = 0; run < 2 * RUNS; run++) {
            double without = milliseconds(1, "none");
            double with = milliseconds(1, annotations);
            if (run >= RUNS) {
                plain.add(without);
                added.add(with - without);
            }
        }
        print("plain %.1f ms, added %.1f ms (medians)", median(plain), median(added));
    }

    private static void many(String annotations) throws IOException {
        milliseconds(50, annotations);
        milliseconds(50, annotations);
        for (int models : new int[] {1, 10, 25, 50}) {
            List<Double> plain = new ArrayList<>();
            List<Double> added = new ArrayList<>();
            for (int run = 0; run < 5; run++) {
                plain.add(milliseconds(models, "none"));
                added.add(milliseconds(models, annotations) - plain.get(run));
            }
            print(
                    "%d models: plain %.1f ms a model, added %.1f ms a model",
                    models, median(plain) / models, median(added) / models);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(format.formatted(values));
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static double milliseconds(int models, String annotations) throws IOException {
        Path folder = Files.createTempDirectory("polyphony");
        try (StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null)) {
            for (int i = 0; i < models; i++) {
                Files.writeString(folder.resolve("Net" + i + ".java"), model(i, annotations));
            }
            List<String> options =
                    new ArrayList<>(
                            List.of(
                                    "-d",
                                    folder.toString(),
                                    "-classpath",
                                    System.getProperty("java.class.path"),
                                    "-proc:" + System.getProperty("polyphony.proc", "full")));
            options.remove("-proc:full");
            if (!annotations.equals("none")) {
                options.addAll(List.of("-processor", PolyphonyProcessor.class.getName()));
            } else {
                options.remove("-proc:only");
                options.add("-proc:none");
            }
            DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
            var sources =
                    files.getJavaFileObjects(
                            IntStream.range(0, models)
                                    .mapToObj(i -> folder.resolve("Net" + i + ".java"))
                                    .toArray(Path[]::new));
            long start = CLOCK.getCurrentThreadCpuTime();
            boolean isDone = JAVAC.getTask(null, files, problems, options, null, sources).call();
            double milliseconds = (CLOCK.getCurrentThreadCpuTime() - start) / 1e6;
            if (!isDone) {
                throw new IllegalStateException(problems.getDiagnostics().toString());
            }
            return milliseconds;
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(CompileBenchmark::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A residual network in the style of DJL's zoo, with as many helpers as 300 lines take. */
    private static String model(int index, String annotations) {
        StringBuilder code =
                new StringBuilder(
                        """
                        import ai.djl.ndarray.NDArray;
                        import ai.djl.ndarray.NDList;
                        import ai.djl.ndarray.types.Shape;
                        import ai.djl.nn.Activation;
                        import ai.djl.nn.Block;
                        import ai.djl.nn.Blocks;
                        import ai.djl.nn.ParallelBlock;
                        import ai.djl.nn.SequentialBlock;
                        import ai.djl.nn.convolutional.Conv2d;
                        import ai.djl.nn.core.Linear;
                        import ai.djl.nn.norm.BatchNorm;
                        import ai.djl.nn.norm.Dropout;
                        import ai.djl.nn.pooling.Pool;
                        import dev.polyphony.*;
                        import java.util.Arrays;
                        import java.util.List;

                        /** A residual network. */
                        """);
        code.append(annotations.equals("none") ? "" : annotations + "\n");
        code.append("public final class Net").append(index);
        code.append(
                """
                 extends SequentialBlock {
                    private final int classes;

                    public NetX(int classes, float rate) {
                        this.classes = classes;
                        add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(64).build());
                """
                        .replace("NetX", "Net" + index));
        int stages = 11;
        for (int stage = 0; stage < stages; stage++) {
            code.append("        for (int i = 0; i < %d; i++) {\n".formatted(stage + 1));
            code.append("            add(unit%d(%d, i == 0 ? 2 : 1));\n".formatted(stage, 64));
            code.append("        }\n");
        }
        code.append(
                """
                        add(Pool.globalAvgPool2dBlock());
                        add(Dropout.builder().optRate(rate).build());
                        add(Linear.builder().setUnits(classes).build());
                    }
                """);
        for (int stage = 0; stage < stages; stage++) {
            code.append(
                    """

                        /** Two convolutions and a shortcut. */
                        private static Block unitX(int filters, int stride) {
                            SequentialBlock main = new SequentialBlock();
                            main.add(
                                            Conv2d.builder()
                                                    .setKernelShape(new Shape(3, 3))
                                                    .setFilters(filters)
                                                    .optStride(new Shape(stride, stride))
                                                    .optPadding(new Shape(1, 1))
                                                    .build())
                                    .add(BatchNorm.builder().optEpsilon(2E-5f).optMomentum(0.9f).build())
                                    .add(Activation.reluBlock());
                            Block shortcut = stride == 1 ? Blocks.identityBlock() : Conv2d.builder()
                                    .setKernelShape(new Shape(1, 1)).setFilters(filters).build();
                            return new ParallelBlock(
                                    list -> {
                                        NDArray sum = list.get(0).head().add(list.get(1).head());
                                        return new NDList(Activation.relu(sum));
                                    },
                                    Arrays.asList(main, shortcut));
                        }
                    """
                            .replace("unitX", "unit" + stage));
        }
        return code.append("}\n").toString();
    }
}
