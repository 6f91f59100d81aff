/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.bench;

import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * What the annotation adds to a javac of its own, and what of that no processor can save. Four
 * compilations take turns, so that what else the machine does meets all of them:
 *
 * <ul>
 *   <li>the model without the annotation;
 *   <li>the model and what is generated for it, without a processor;
 *   <li>the annotated model with a processor that only writes these files, as they are;
 *   <li>the annotated model with this processor.
 * </ul>
 */
final class ColdPairs {

    private static final String GENERATED = "generated";

    private final Path folder;
    private final Map<String, List<String>> commands = new LinkedHashMap<>();

    private ColdPairs(Path folder, String plain, String annotated) throws IOException {
        this.folder = folder;
        Path model = Files.createDirectory(folder.resolve("plain")).resolve("Net0.java");
        Files.writeString(model, plain);
        Path net = Files.createDirectory(folder.resolve("annotated")).resolve("Net0.java");
        Files.writeString(net, annotated);
        Path generated = Files.createDirectory(folder.resolve(GENERATED));
        Files.createDirectory(folder.resolve("classes"));

        List<String> ours = javac("-processor", PolyphonyProcessor.class.getName(), net.toString());
        List<String> once = new ArrayList<>(ours);
        once.addAll(List.of("-s", generated.toString()));
        milliseconds(once);

        commands.put("plain", javac("-proc:none", model.toString()));
        List<String> floor = javac("-proc:none", model.toString());
        try (Stream<Path> files = Files.list(generated)) {
            files.map(Path::toString).forEach(floor::add);
        }
        commands.put("no processor", floor);
        commands.put(
                "writes only",
                javac(
                        "-processor",
                        Copier.class.getName(),
                        "-A" + GENERATED + "=" + generated,
                        net.toString()));
        commands.put("Polyphony", ours);
    }

    /**
     * Prints medians of wall times.
     *
     * @param runs how often to run each compilation
     */
    static void run(Path folder, String plain, String annotated, int runs) throws IOException {
        ColdPairs pairs = new ColdPairs(folder, plain, annotated);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int run = 0; run <= runs; run++) {
            for (Map.Entry<String, List<String>> one : pairs.commands.entrySet()) {
                double time = pairs.milliseconds(one.getValue());
                if (run > 0) { // the first fills the caches of the disk
                    times.computeIfAbsent(one.getKey(), key -> new ArrayList<>()).add(time);
                }
            }
        }
        List<Double> without = times.get("plain");
        times.forEach(
                (name, all) -> {
                    List<Double> added = new ArrayList<>();
                    for (int run = 0; run < runs; run++) {
                        added.add(all.get(run) - without.get(run));
                    }
                    System.out.printf(
                            "%-12s %5.0f ms, added %5.0f ms%n",
                            name, CompileBenchmark.median(all), CompileBenchmark.median(added));
                });
    }

    private List<String> javac(String... arguments) {
        Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
        List<String> command = new ArrayList<>(List.of(javac.toString()));
        command.addAll(List.of("-d", folder.resolve("classes").toString()));
        command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return command;
    }

    private double milliseconds(List<String> command) throws IOException {
        CompileBenchmark.delete(folder.resolve("classes"));
        Files.createDirectory(folder.resolve("classes"));
        Path log = folder.resolve("log");
        long start = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** Writes files that are there already, as a processor writes them. */
    @SupportedAnnotationTypes("dev.polyphony.*")
    @SupportedOptions(GENERATED)
    public static final class Copier extends AbstractProcessor {

        /** Creates the processor; the compiler calls this. */
        public Copier() {}

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (annotations.isEmpty()) {
                return false;
            }
            Path generated = Path.of(processingEnv.getOptions().get(GENERATED));
            try (Stream<Path> files = Files.list(generated)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    var source = processingEnv.getFiler().createSourceFile(name);
                    try (Writer writer = source.openWriter()) {
                        writer.write(Files.readString(file));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        }
    }
}
