/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.processor.ModelCompiler;
import dev.polyphony.processor.PolyphonyProcessor;
import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * The networks of one method for many models, from as few runs of the compiler as can be: one, and
 * another for each time that models are refused.
 */
final class Generation {

    /** Is about code of the model, which says that of itself in no other way. */
    private static final String NUMBERS = "[PLY054]";

    private final Path sources;
    private final Method method;
    private final Map<ModelEntry, List<Variant>> variants = new LinkedHashMap<>();
    private final Map<ModelEntry, List<Finding>> findings = new HashMap<>();
    private final Map<ModelEntry, List<String>> faults = new HashMap<>();
    private final Map<ModelEntry, List<Finding>> warnings = new HashMap<>();
    private final Set<String> ownWarnings;
    private CompiledCode code;

    private Generation(Path sources, Method method, Set<String> ownWarnings) {
        this.sources = sources;
        this.method = method;
        this.ownWarnings = ownWarnings;
    }

    /**
     * Compiles models without the processor.
     *
     * @param sources the root of their packages
     * @param models the models, each of another class
     * @return their code, and the warnings that they have by themselves
     * @throws IOException if a source cannot be read
     * @throws IllegalStateException if they do not compile
     */
    static Generation plain(Path sources, List<ModelEntry> models) throws IOException {
        Generation generation = new Generation(sources, null, new HashSet<>());
        models.forEach(model -> generation.variants.put(model, List.of()));
        generation.compile();
        generation.faults.forEach(
                (model, found) -> {
                    throw new IllegalStateException(
                            model.className() + " does not compile as it is: " + found);
                });
        return generation;
    }

    /**
     * Compiles models with one method's annotations.
     *
     * @param models some of the models
     * @param method the method
     * @return what came of them
     * @throws IOException if a source cannot be read
     */
    Generation with(List<ModelEntry> models, Method method) throws IOException {
        Generation generation = new Generation(sources, method, ownWarnings);
        models.forEach(model -> generation.variants.put(model, Variant.of(method, model)));
        while (!generation.compile()) {
            // again without what has errors
        }
        return generation;
    }

    /** The classes of all models that compile; null if there are none. */
    CompiledCode getCode() {
        return code;
    }

    /** The networks that were generated for a model. */
    List<Variant> getVariants(ModelEntry model) {
        return variants.getOrDefault(model, List.of());
    }

    /** The errors of the processor in a model; none if it took the model. */
    List<Finding> getFindings(ModelEntry model) {
        return findings.getOrDefault(model, List.of());
    }

    /** The processor's warnings of code that combines arrays with numbers. */
    List<Finding> getWarnings(ModelEntry model) {
        return warnings.getOrDefault(model, List.of());
    }

    /** What must not be: other warnings, and errors that are not the processor's. */
    List<String> getFaults(ModelEntry model) {
        return faults.getOrDefault(model, List.of());
    }

    private boolean compile() throws IOException {
        if (variants.isEmpty()) {
            return true;
        }
        Map<ModelEntry, AnnotatedSource> texts = new HashMap<>();
        List<JavaFileObject> files = new ArrayList<>();
        for (ModelEntry model : variants.keySet()) {
            AnnotatedSource source = new AnnotatedSource(model, method, variants.get(model));
            texts.put(model, source);
            files.add(JavaFileObjects.forSourceString(model.className(), source.getText()));
            files.add(
                    JavaFileObjects.forSourceString(
                            Constructions.className(model),
                            Constructions.source(model, method, variants.get(model))));
        }
        Compiler compiler =
                ModelCompiler.javac()
                        .withOptions(
                                "-Xlint:all", "-implicit:class", "-sourcepath", sources.toString());
        if (method != null) {
            compiler = compiler.withProcessors(new PolyphonyProcessor());
        }
        Compilation compilation = compiler.compile(files);
        Set<ModelEntry> wrong = note(compilation, texts);
        if (wrong.isEmpty()) {
            code = new CompiledCode(compilation);
        }
        wrong.forEach(this::reduce);
        return wrong.isEmpty();
    }

    /** Keeps what the compiler says, and returns the models with errors. */
    private Set<ModelEntry> note(Compilation compilation, Map<ModelEntry, AnnotatedSource> texts) {
        Set<ModelEntry> refused = new LinkedHashSet<>();
        Set<ModelEntry> broken = new LinkedHashSet<>();
        for (Diagnostic<? extends JavaFileObject> error : compilation.errors()) {
            ModelEntry model = owner(error);
            Finding finding = finding(error, texts.get(model));
            if (finding == null) {
                broken.add(model);
            } else {
                refused.add(model);
                add(findings, model, finding);
            }
        }
        // what follows from an error of the processor is no fault of its own
        broken.removeAll(refused);
        for (Diagnostic<? extends JavaFileObject> error : compilation.errors()) {
            if (broken.contains(owner(error))) {
                add(faults, owner(error), error.toString());
            }
        }
        for (Diagnostic<? extends JavaFileObject> warning : compilation.warnings()) {
            // the copy of a model's code has what the code itself has, and so has what is said of
            // it
            String text = warning.getCode() + ": " + warning.getMessage(Locale.ROOT);
            if (method == null) {
                ownWarnings.add(text);
            } else if (text.contains(NUMBERS)) {
                ModelEntry model = owner(warning);
                add(warnings, model, finding(warning, texts.get(model)));
            } else if (!ownWarnings.contains(text)) {
                add(faults, owner(warning), warning.toString());
            }
        }
        refused.addAll(broken);
        return refused;
    }

    private static Finding finding(
            Diagnostic<? extends JavaFileObject> message, AnnotatedSource text) {
        return Finding.ofCompiler(
                message.getMessage(Locale.ROOT),
                text.getPlainLine(message.getLineNumber()),
                text.getLine(message.getLineNumber()));
    }

    private static <T> void add(Map<ModelEntry, List<T>> lists, ModelEntry model, T value) {
        List<T> list = lists.computeIfAbsent(model, key -> new ArrayList<>());
        if (!list.contains(value)) {
            list.add(value);
        }
    }

    /** A packed network that is refused may be taken with members as wide as the model. */
    private void reduce(ModelEntry model) {
        List<Variant> left = new ArrayList<>(variants.get(model));
        if (left.remove(Variant.PLAIN) && left.contains(Variant.WHOLE)) {
            variants.put(model, left);
        } else {
            variants.remove(model);
        }
    }

    /** The model that a message is about: its own file, or one that was generated from it. */
    private ModelEntry owner(Diagnostic<? extends JavaFileObject> diagnostic) {
        String file = file(diagnostic);
        for (ModelEntry model : variants.keySet()) {
            if (files(model).stream().anyMatch(file::endsWith)) {
                return model;
            }
        }
        throw new IllegalStateException("Whose is this? " + diagnostic);
    }

    private static String file(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        return source == null ? "" : "/" + source.getName();
    }

    private List<String> files(ModelEntry model) {
        String name = model.simpleName();
        List<String> types = new ArrayList<>(List.of(name, name + "Comparison"));
        types.add(name + "Constructions");
        for (Variant variant : variants.get(model)) {
            types.add(variant.network(method, model));
            types.add(variant.network(method, model) + "Harness");
        }
        String folder = ("/" + model.packageName() + "/").replaceAll("[./]+", "/");
        return types.stream().map(type -> folder + type + ".java").toList();
    }
}
