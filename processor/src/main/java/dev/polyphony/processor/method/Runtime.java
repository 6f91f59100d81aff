/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.model.TypeRef;
import java.util.Locale;

/** Names of the runtime's classes: the processor does not depend on the runtime itself. */
public final class Runtime {

    /** The package of the annotations. */
    public static final String ANNOTATIONS = "dev.polyphony";

    /** The superclass of generated networks. */
    public static final TypeRef ENSEMBLE = TypeRef.of("dev.polyphony.nn", "Ensemble");

    /** The superclass of generated factories, which load a saved network. */
    public static final TypeRef ENSEMBLE_FACTORY =
            TypeRef.of("dev.polyphony.inference", "EnsembleFactory");

    /** Named values from which a network is constructed. */
    public static final TypeRef ARGUMENTS = TypeRef.of("dev.polyphony.inference", "Arguments");

    /** How a form is trained. */
    public static final TypeRef RECIPE = TypeRef.of("dev.polyphony.train", "Recipe");

    /** The superclass of generated harnesses. */
    public static final TypeRef HARNESS = TypeRef.of("dev.polyphony.harness", "Harness");

    /** Makes networks in other processes, too. */
    public static final TypeRef NETWORK_SUPPLIER =
            TypeRef.of("dev.polyphony.harness", "NetworkSupplier");

    /** Runs a harness from the command line. */
    public static final TypeRef HARNESS_COMMAND =
            TypeRef.of("dev.polyphony.command", "HarnessCommand");

    /** The superclass of generated comparisons. */
    public static final TypeRef COMPARISON = TypeRef.of("dev.polyphony.harness", "Comparison");

    /** Runs a comparison from the command line. */
    public static final TypeRef COMPARISON_COMMAND =
            TypeRef.of("dev.polyphony.command", "ComparisonCommand");

    /** The superclass of generated harnesses of models with several tasks. */
    public static final TypeRef TASK_HARNESS =
            TypeRef.of("dev.polyphony.multitask.train", "MultiTaskHarness");

    /** Runs a harness of a model with several tasks from the command line. */
    public static final TypeRef TASK_COMMAND =
            TypeRef.of("dev.polyphony.command", "MultiTaskCommand");

    /** The superclass of generated comparisons of models with several tasks. */
    public static final TypeRef TASK_COMPARISON =
            TypeRef.of("dev.polyphony.multitask.compare", "MultiTaskComparison");

    /** An output of a model. */
    public static final TypeRef TASK_SPEC = TypeRef.of("dev.polyphony.multitask", "TaskSpec");

    /** What an output answers. */
    public static final TypeRef TASK_KIND = TypeRef.of(ANNOTATIONS, "TaskKind");

    /** What is minimised for an output. */
    public static final TypeRef TASK_LOSS = TypeRef.of(ANNOTATIONS, "TaskLoss");

    /** What an output is judged by. */
    public static final TypeRef TASK_METRIC = TypeRef.of(ANNOTATIONS, "TaskMetric");

    /** The twins of DJL's activations that combine arrays with numbers. */
    public static final TypeRef ACTIVATION = layer("Activation");

    /** Blocks with parameters of the model's own, one for each member. */
    public static final TypeRef BLOCK = layer("Block");

    private Runtime() {}

    /** The settings of a method, such as {@code dev.polyphony.nn.packed.PackedForm}. */
    static TypeRef form(String annotation) {
        String packageName = "dev.polyphony.nn." + annotation.toLowerCase(Locale.ROOT);
        return TypeRef.of(packageName, annotation + "Form");
    }

    /** The ensemble layer in the place of a layer of DJL. */
    static TypeRef layer(String name) {
        return TypeRef.of("dev.polyphony.nn.layer", "Ensemble" + name);
    }
}
