/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.ndarray.NDManager;
import dev.polyphony.nn.UnsupportedModelException;
import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A manifest's models, compiled with every method, to be looked at pair by pair. */
final class Suite implements AutoCloseable {

    private final Manifest manifest;
    private final Map<ModelEntry, Generation> plain = new HashMap<>();
    private final Map<Method, Map<ModelEntry, Generation>> generated = new EnumMap<>(Method.class);
    private Case current;
    private Base base;

    /**
     * Compiles all models, plain and with each method.
     *
     * @param manifest the models
     * @throws IOException if a source cannot be read
     */
    Suite(Manifest manifest) throws IOException {
        this.manifest = manifest;
        for (List<ModelEntry> models : distinctClasses(manifest.models())) {
            Generation unannotated = Generation.plain(manifest.sources(), models);
            put(plain, models, unannotated);
            for (Method method : Method.values()) {
                List<ModelEntry> taking =
                        models.stream().filter(m -> m.methods().contains(method)).toList();
                put(
                        generated.computeIfAbsent(method, key -> new HashMap<>()),
                        taking,
                        unannotated.with(taking, method));
            }
        }
    }

    private static void put(
            Map<ModelEntry, Generation> map, List<ModelEntry> models, Generation generation) {
        models.forEach(model -> map.put(model, generation));
    }

    /** Models of one class, edited or not, cannot be compiled together. */
    private static List<List<ModelEntry>> distinctClasses(List<ModelEntry> models) {
        List<List<ModelEntry>> groups = new ArrayList<>();
        for (ModelEntry model : models) {
            List<ModelEntry> fitting = null;
            for (List<ModelEntry> group : groups) {
                if (group.stream().noneMatch(m -> m.className().equals(model.className()))) {
                    fitting = group;
                    break;
                }
            }
            if (fitting == null) {
                fitting = new ArrayList<>();
                groups.add(fitting);
            }
            fitting.add(model);
        }
        return groups;
    }

    Manifest getManifest() {
        return manifest;
    }

    /** The warnings of the processor that a model's own code has, with any method. */
    List<Finding> getWarnings(ModelEntry model) {
        return model.methods().stream()
                .flatMap(method -> generated.get(method).get(model).getWarnings(model).stream())
                .distinct()
                .toList();
    }

    /**
     * Looks at one network.
     *
     * @param model the model
     * @param setup how it is constructed
     * @param method the method
     * @return what came of it
     */
    Outcome look(ModelEntry model, Case setup, Method method) {
        Generation generation = generated.get(method).get(model);
        if (!generation.getFaults(model).isEmpty()) {
            return Outcome.failed(generation.getFaults(model));
        }
        List<Finding> findings = generation.getFindings(model);
        List<Variant> variants = generation.getVariants(model);
        if (findings.isEmpty()) {
            try {
                verify(model, setup, method, Variant.PLAIN);
                return Outcome.passed();
            } catch (UnsupportedModelException e) {
                findings = List.of(Finding.ofNetwork(e.getMessage()));
            } catch (AssertionError e) {
                return Outcome.failed(List.of(e.getMessage()));
            }
        }
        if (!variants.contains(Variant.WHOLE)) {
            return new Outcome(List.of(), findings, false);
        }
        try {
            verify(model, setup, method, Variant.WHOLE);
            return new Outcome(List.of(), findings, true);
        } catch (UnsupportedModelException e) {
            return new Outcome(List.of(), findings, false);
        } catch (AssertionError e) {
            return new Outcome(List.of("alpha = m: " + e.getMessage()), findings, false);
        }
    }

    private void verify(ModelEntry model, Case setup, Method method, Variant variant) {
        Base reference = base(model, setup);
        try (NDManager manager = NDManager.newBaseManager()) {
            CompiledCode code = generated.get(method).get(model).getCode();
            Exhibit exhibit = Exhibit.of(model, setup, method, variant, code, reference, manager);
            for (Promise promise : Promise.values()) {
                promise.verify(exhibit);
            }
        }
    }

    private Base base(ModelEntry model, Case setup) {
        if (current != setup) {
            close();
            CompiledCode code = plain.get(model).getCode();
            base = new Base(setup, Constructions.make(code, model, model.simpleName(), setup));
            current = setup;
        }
        return base;
    }

    @Override
    public void close() {
        if (base != null) {
            base.close();
        }
        base = null;
        current = null;
    }
}
