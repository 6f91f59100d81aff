/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.polyphony.data.Examples;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.checkpoint.Fingerprint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What tells one training from another.
 *
 * @param network the method, and the parameters with their shapes
 * @param settings recipe and settings
 * @param data the examples and their labels
 * @param limits what ends the training, which may be put further away
 * @param environment what may differ when a training goes on, at the price of other last bits
 */
public record RunFingerprint(
        Fingerprint network,
        Fingerprint settings,
        Fingerprint data,
        Fingerprint limits,
        Fingerprint environment) {

    /** What stands behind the name of a class where an object has no text of its own. */
    private static final Pattern IDENTITY = Pattern.compile("(\\$\\$Lambda[^@\\s]*)?@[0-9a-f]+\\b");

    private static final String PATIENCE = "patience";

    static RunFingerprint of(TrainingRun run, Examples train, Examples validation) {
        return of(run.getEnsemble(), run.getRecipe(), run.getTraining(), data(train, validation));
    }

    /**
     * Takes the fingerprint of a training.
     *
     * @param ensemble the network, initialised
     * @param recipe what training means for its method
     * @param training the settings
     * @param data the data, of whatever kind they are
     * @return the fingerprint, to whose settings others may be added
     */
    public static RunFingerprint of(
            Ensemble ensemble, Recipe recipe, Training training, Fingerprint data) {
        return new RunFingerprint(
                network(ensemble),
                settings(recipe, training),
                data,
                new Fingerprint().add(PATIENCE, training.loop().patience),
                environment(training));
    }

    static Fingerprint network(Ensemble ensemble) {
        Fingerprint fields = new Fingerprint().add("network", ensemble.getForm());
        for (Pair<String, Parameter> parameter : ensemble.getParameters()) {
            NDArray array = parameter.getValue().getArray();
            String change = parameter.getValue().requiresGradient() ? "" : ", not trained";
            fields.add(
                    "parameter " + parameter.getKey(),
                    array.getDataType() + " " + array.getShape() + change);
        }
        ensemble.getStart().ifPresent(start -> fields.add("start", start));
        return fields;
    }

    static Fingerprint settings(Recipe recipe, Training training) {
        Fingerprint fields =
                new Fingerprint()
                        .add("batches", text(training.getBatches(recipe)))
                        .add("loss", text(recipe.loss()))
                        .add("aggregation", recipe.aggregation())
                        .add("relative rate of fast weights", recipe.fastLearningRate());
        training.addTo(fields);
        return fields;
    }

    /**
     * Returns the text by which a setting is told, without what differs from process to process.
     *
     * @param setting the setting, or null
     * @return its text
     */
    public static String text(Object setting) {
        return setting == null ? "none" : IDENTITY.matcher(setting.toString()).replaceAll("");
    }

    static Fingerprint data(Examples train, Examples validation) {
        Fingerprint fields = new Fingerprint();
        add("training data", train, fields);
        if (validation == null) {
            return fields.add("validation data", "none");
        }
        add("validation data", validation, fields);
        return fields;
    }

    private static void add(String name, Examples data, Fingerprint fields) {
        fields.add(
                        name,
                        "%d examples %s of %s, %s with %d outputs"
                                .formatted(
                                        data.size(),
                                        data.getShape(),
                                        data.getDataType(),
                                        data.getTask(),
                                        data.getOutputs()))
                .add("checksum of the " + name, data.getChecksum());
    }

    private static Fingerprint environment(Training training) {
        Engine engine = Engine.getInstance();
        return new Fingerprint()
                .add("Polyphony", version(RunFingerprint.class))
                .add("DJL", Engine.getDjlVersion())
                .add(engine.getEngineName(), engine.getVersion())
                .add("Java", Runtime.version())
                .add(
                        "platform",
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .add("devices", List.of(training.getDevices()))
                .add("threads", training.loop().threads);
    }

    /** The version in the manifest of the library; without one it is run from its classes. */
    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** What makes this, of a checkpoint, another training than that of now. */
    List<String> getDifferences(RunFingerprint now) {
        List<String> differences = new ArrayList<>(network.getDifferences(now.network));
        differences.addAll(settings.getDifferences(now.settings));
        differences.addAll(data.getDifferences(now.data));
        if (!now.isAsPatientAs(this)) {
            differences.addAll(limits.getDifferences(now.limits));
        }
        return differences;
    }

    /** With more patience a training would have come as far; none, 0, never ends it. */
    private boolean isAsPatientAs(RunFingerprint then) {
        int before = Integer.parseInt(then.limits.get(PATIENCE));
        int today = Integer.parseInt(limits.get(PATIENCE));
        return today == 0 || before > 0 && today >= before;
    }

    void write(DataOutputStream out) throws IOException {
        network.writeTo(out);
        settings.writeTo(out);
        data.writeTo(out);
        limits.writeTo(out);
        environment.writeTo(out);
    }

    static RunFingerprint read(DataInputStream in) throws IOException {
        return new RunFingerprint(
                Fingerprint.readFrom(in),
                Fingerprint.readFrom(in),
                Fingerprint.readFrom(in),
                Fingerprint.readFrom(in),
                Fingerprint.readFrom(in));
    }
}
