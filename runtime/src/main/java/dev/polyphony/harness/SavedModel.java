/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.MemberPrediction;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.progress.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of a saved ensemble: parameters in DJL's format, with what training cost. */
final class SavedModel {

    private static final String STEPS = "polyphony.steps";
    private static final String SECONDS = "polyphony.seconds";
    private static final String TASK = "polyphony.task";
    private static final String TRAINING = "polyphony.training";

    private SavedModel() {}

    /** Saves a model under the name of the folder. */
    static void save(TrainedEnsemble trained, Task task, String training, Path folder)
            throws IOException {
        Model model = trained.getModel();
        model.setProperty(STEPS, String.valueOf(trained.getHistory().steps()));
        model.setProperty(SECONDS, String.valueOf(trained.getHistory().seconds()));
        model.setProperty(TASK, task.name());
        model.setProperty(TRAINING, training);
        ModelFile.save(model, folder);
    }

    /** Loads what {@link #save} saved. */
    static TrainedEnsemble load(
            String title, Ensemble ensemble, Recipe recipe, Training training, Path folder)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("There is no saved model in " + folder);
        }
        training.prepareEngine();
        Model model = Model.newInstance(title, training.getDevice());
        try {
            model.setBlock(ensemble);
            model.load(folder, folder.toAbsolutePath().normalize().getFileName().toString());
            long parameters = ensemble.getParameterCount();
            ensemble.freezeParameters(true);
            Shape output = ensemble.getOutputShapes(ensemble.getInputShapes())[0];
            int classes = MemberPrediction.requireClasses(output, ensemble.getMembers());
            Task task = Task.valueOf(model.getProperty(TASK, Task.CLASSIFICATION.name()));
            String steps = model.getProperty(STEPS, "0");
            String seconds = model.getProperty(SECONDS, "0");
            History history =
                    new History(List.of(), Long.parseLong(steps), Double.parseDouble(seconds), 0);
            return new TrainedEnsemble(
                    title,
                    model.getProperty(TRAINING, "not known"),
                    new Trained(
                            model, ensemble, classes, parameters, history, recipe.forTask(task)),
                    task,
                    null,
                    null,
                    null);
        } catch (MalformedModelException e) {
            model.close();
            throw new IOException(
                    "The model in %s cannot be loaded: %s".formatted(folder, e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
