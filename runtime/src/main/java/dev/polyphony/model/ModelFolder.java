/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import ai.djl.Model;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.files.AtomicFile;
import dev.polyphony.nn.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder with a trained ensemble: its parameters in DJL's format, {@code model.json} with all
 * else that is needed to use it, and {@code serving.properties}, by which DJL and DJL Serving load
 * it. Nothing in it is deserialised as Java objects.
 *
 * <p>{@code model.json} is written last and at once, and names the parameters with their checksum:
 * whenever a save stops, the folder has the whole old model, the whole new one, or none.
 */
public final class ModelFolder {

    /** The file that makes a folder a model folder. */
    public static final String DESCRIPTION = "model.json";

    private static final String SERVING = "serving.properties";

    /** Without the engine, DJL Serving takes a model.json for one of another library. */
    private static final String SERVING_TEXT =
            """
            # How DJL loads this folder. Settings of DJL Serving, such as batch_size, go here too.
            engine=%s
            blockFactory=dev.polyphony.inference.EnsembleBlockFactory
            translatorFactory=dev.polyphony.inference.EnsembleTranslatorFactory
            option.modelName=%s
            """;

    private final Path path;
    private final ModelJson content;

    private ModelFolder(Path path, ModelJson content) {
        this.path = path;
        this.content = content;
    }

    /**
     * Opens a folder, and requires that it is whole. A folder that was written with other versions
     * of the libraries is a warning in the log.
     *
     * @param path the folder
     * @return the folder
     * @throws ModelFolderException if there is none, it is no model folder, of a newer version of
     *     the library, or not as it was saved
     * @throws IOException if it cannot be read
     */
    public static ModelFolder open(Path path) throws IOException {
        ModelFolder folder = describe(path);
        folder.files().requireWhole();
        return folder;
    }

    private FolderFiles files() {
        ModelDescription description = getDescription();
        return new FolderFiles(
                path, description.network(), description.versions(), content.files().get(0));
    }

    /**
     * Reads what a folder says of its model, and does not look at the parameters.
     *
     * @param path the folder
     * @return the folder
     * @throws ModelFolderException if there is none, it is no model folder, or of a newer version
     *     of the library
     * @throws IOException if it cannot be read
     */
    public static ModelFolder describe(Path path) throws IOException {
        return new ModelFolder(path, FolderFiles.read(path, ModelJson::read));
    }

    /**
     * Saves a model. What else is in the folder, such as the jar of the model's classes, stays, and
     * so do settings of DJL Serving.
     *
     * @param path the folder; made if it is not there
     * @param description what it says of the model
     * @param model DJL's model with the parameters
     * @throws IOException if it cannot be written; an earlier model is as it was
     */
    public static void save(Path path, ModelDescription description, Model model)
            throws IOException {
        StoredFile parameters = FolderFiles.saveParameters(path, model);
        Path serving = path.resolve(SERVING);
        if (!Files.exists(serving)) {
            String engine = model.getNDManager().getEngine().getEngineName();
            AtomicFile.write(serving, SERVING_TEXT.formatted(engine, ParameterFile.NAME));
        }
        new ModelFolder(path, new ModelJson(description, List.of(parameters))).write();
        FolderFiles.deleteOthers(path, parameters);
    }

    private void write() throws IOException {
        AtomicFile.write(path.resolve(DESCRIPTION), content.write());
    }

    /**
     * Writes what the model came to when it was judged.
     *
     * @param metrics the figures by their names; those that are no finite numbers are left out
     * @return the folder with these metrics
     * @throws IOException if they cannot be written; the folder is as it was
     */
    public ModelFolder writeMetrics(Map<String, Double> metrics) throws IOException {
        ModelDescription description = getDescription().withMetrics(metrics);
        ModelFolder changed = new ModelFolder(path, new ModelJson(description, content.files()));
        changed.write();
        return changed;
    }

    /**
     * Writes what scales answers from now on.
     *
     * @param calibration the calibration, fitted to validation data; null for none
     * @return the folder with it
     * @throws IOException if it cannot be written; the folder is as it was
     */
    public ModelFolder writeCalibration(EnsembleCalibration calibration) throws IOException {
        ModelDescription description = getDescription();
        ModelFolder changed =
                new ModelFolder(
                        path,
                        new ModelJson(
                                description.withAnswers(
                                        description.answers().withCalibration(calibration)),
                                content.files()));
        changed.write();
        return changed;
    }

    /**
     * Returns the folder.
     *
     * @return the path
     */
    public Path getPath() {
        return path;
    }

    /**
     * Returns what the folder says of its model.
     *
     * @return the description
     */
    public ModelDescription getDescription() {
        return content.description();
    }

    /**
     * Requires that DJL, which takes the newest parameters of a folder, takes those of this model.
     *
     * @throws ModelFolderException if there are others, of a save that was interrupted
     * @throws IOException if the folder cannot be read
     */
    public void requireNewest() throws IOException {
        ParameterFile.requireNewest(path, content.files().get(0).name());
    }

    /**
     * Requires that the folder's model is a network's.
     *
     * @param ensemble the network
     * @throws ModelFolderException if it is of another class or form; names both
     */
    public void requireNetwork(Ensemble ensemble) throws ModelFolderException {
        files().requireNetwork(ensemble.getClass().getName(), ensemble.getForm().toString());
    }

    /**
     * Loads the parameters.
     *
     * @param model DJL's model with the network, not initialised
     * @throws ModelFolderException if they do not fit the network
     * @throws IOException if they cannot be read
     */
    public void load(Model model) throws IOException {
        requireNetwork((Ensemble) model.getBlock());
        files().load(model);
    }
}
