/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import ai.djl.Model;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder with a trained ensemble of several tasks, as {@link ModelFolder} is one of an ensemble
 * of one task: its parameters in DJL's format, and {@code model.json} with all else, which is
 * written last. The harness that it was trained with loads it.
 */
public final class TasksFolder {

    private final Path path;
    private final TasksJson content;

    private TasksFolder(Path path, TasksJson content) {
        this.path = path;
        this.content = content;
    }

    /**
     * Opens a folder, and requires that it is whole. A folder that was written with other versions
     * of the libraries is a warning in the log.
     *
     * @param path the folder
     * @return the folder
     * @throws ModelFolderException if there is none, it is no model folder, of a model of one task,
     *     of a newer version of the library, or not as it was saved
     * @throws IOException if it cannot be read
     */
    public static TasksFolder open(Path path) throws IOException {
        TasksFolder folder = describe(path);
        folder.files().requireWhole();
        return folder;
    }

    /**
     * Reads what a folder says of its model, and does not look at the parameters.
     *
     * @param path the folder
     * @return the folder
     * @throws ModelFolderException if there is none, it is no model folder, of a model of one task,
     *     or of a newer version of the library
     * @throws IOException if it cannot be read
     */
    public static TasksFolder describe(Path path) throws IOException {
        return new TasksFolder(path, FolderFiles.read(path, TasksJson::read));
    }

    /**
     * Saves a model. What else is in the folder stays.
     *
     * @param path the folder; made if it is not there
     * @param description what it says of the model
     * @param model DJL's model with the parameters
     * @throws IOException if it cannot be written; an earlier model is as it was
     */
    public static void save(Path path, TasksDescription description, Model model)
            throws IOException {
        StoredFile parameters = FolderFiles.saveParameters(path, model);
        new TasksFolder(path, new TasksJson(description, List.of(parameters))).write();
        FolderFiles.deleteOthers(path, parameters);
    }

    private void write() throws IOException {
        AtomicFile.write(path.resolve(ModelFolder.DESCRIPTION), content.write());
    }

    /**
     * Writes what the model came to when it was judged.
     *
     * @param metrics the figures by their names; those that are no finite numbers are left out
     * @return the folder with these metrics
     * @throws IOException if they cannot be written; the folder is as it was
     */
    public TasksFolder writeMetrics(Map<String, Double> metrics) throws IOException {
        TasksFolder changed =
                new TasksFolder(
                        path,
                        new TasksJson(getDescription().withMetrics(metrics), content.files()));
        changed.write();
        return changed;
    }

    /**
     * Returns what the folder says of its model.
     *
     * @return the description
     */
    public TasksDescription getDescription() {
        return content.description();
    }

    private FolderFiles files() {
        return new FolderFiles(
                path,
                getDescription().network(),
                getDescription().versions(),
                content.files().get(0));
    }

    /**
     * Requires that the folder's model is of a class, a form and tasks.
     *
     * @param className the class of the network, or of a plain model
     * @param form the method with its settings
     * @param tasks the names and kinds of the tasks, as {@code digit: classification}
     * @throws ModelFolderException if it is of others; names both
     */
    public void requireNetwork(String className, String form, List<String> tasks)
            throws ModelFolderException {
        files().requireNetwork(className, form);
        List<String> own =
                getDescription().tasks().stream()
                        .map(task -> task.name() + ": " + task.kind())
                        .toList();
        if (!own.equals(tasks)) {
            throw new ModelFolderException(
                    "%s has a model of the tasks %s, but is to be loaded as one of %s: name the tasks as they were named"
                            .formatted(path, own, tasks));
        }
    }

    /**
     * Loads the parameters.
     *
     * @param model DJL's model with the network, not initialised
     * @throws ModelFolderException if they do not fit the network
     * @throws IOException if they cannot be read
     */
    public void load(Model model) throws IOException {
        files().load(model);
    }
}
