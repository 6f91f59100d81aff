/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.polyphony.engine.EngineThreads;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * A model in this process: loaded by the first task that needs it, shared by all of them. Beside
 * those in use the last one stays, for the next job.
 */
final class LoadedModel {

    private static final String THREADS = "ai.djl.pytorch.num_threads";
    private static final Map<String, LoadedModel> MODELS = new LinkedHashMap<>();
    private static int loads;

    private final String key;
    private final ZooModel<NDList, NDList> model;
    private final ModelDescription description;
    private int users;

    private LoadedModel(String key, ZooModel<NDList, NDList> model, ModelDescription description) {
        this.key = key;
        this.model = model;
        this.description = description;
    }

    /**
     * Takes the model for a task, and loads it if this process has not done so.
     *
     * @throws ModelUnavailableException if it cannot be loaded; names the executor
     */
    static LoadedModel acquire(ModelFiles files) {
        synchronized (MODELS) {
            LoadedModel model = MODELS.remove(files.sha256());
            if (model == null) {
                model = load(files);
            }
            // the newest is the last
            MODELS.put(model.key, model);
            model.users++;
            return model;
        }
    }

    /** Gives the model back when a task ends. */
    void release() {
        synchronized (MODELS) {
            users--;
            int idle = (int) MODELS.values().stream().filter(one -> one.users == 0).count();
            Iterator<LoadedModel> all = MODELS.values().iterator();
            while (idle > 1) {
                LoadedModel one = all.next();
                if (one.users == 0) {
                    all.remove();
                    one.model.close();
                    idle--;
                }
            }
        }
    }

    /** How often this process has loaded a model. */
    static int getLoads() {
        synchronized (MODELS) {
            return loads;
        }
    }

    ZooModel<NDList, NDList> getModel() {
        return model;
    }

    ModelDescription getDescription() {
        return description;
    }

    private static LoadedModel load(ModelFiles files) {
        Path folder = newFolder();
        try {
            // a task has few cores, and others work on the rest
            EngineThreads.set(Integer.getInteger(THREADS, TaskContext.get().cpus()));
            files.write(folder);
            ModelDescription description = ModelFolder.describe(folder).getDescription();
            ZooModel<NDList, NDList> model =
                    Criteria.builder()
                            .setTypes(NDList.class, NDList.class)
                            .optModelPath(folder)
                            .optTranslatorFactory(new EnsembleTranslatorFactory())
                            .build()
                            .loadModel();
            loads++;
            deleteUnused(folder);
            return new LoadedModel(files.sha256(), model, description);
        } catch (IOException | ModelException | RuntimeException | LinkageError e) {
            // Spark tries again
            FileUtils.deleteQuietly(folder.toFile());
            throw unavailable(e);
        }
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("polyphony-model");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static ModelUnavailableException unavailable(Throwable failure) {
        return new ModelUnavailableException(
                "%s cannot load the model: %s".formatted(here(), describe(failure)), failure);
    }

    /** Parameters are in memory now; classes of jars are loaded when they are needed. */
    private static void deleteUnused(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".jar")) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String here() {
        SparkEnv env = SparkEnv.get();
        return "Executor %s at %s (process %d)"
                .formatted(
                        env.executorId(),
                        env.blockManager().blockManagerId().hostPort(),
                        ProcessHandle.current().pid());
    }

    /** The innermost cause says most; where it is the engine that fails, so does how it begins. */
    private static String describe(Throwable failure) {
        Throwable root = failure;
        boolean isEngine = false;
        while (root.getCause() != null) {
            isEngine |= root instanceof EngineException || root instanceof LinkageError;
            root = root.getCause();
        }
        isEngine |= root instanceof EngineException || root instanceof LinkageError;
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        if (!isEngine || failure instanceof MalformedModelException) {
            return message;
        }
        return "PyTorch does not start there (%s). Its native library comes as a jar, such as ai.djl.pytorch:pytorch-native-cpu for the platform: add it to the class path of the job, or to spark.jars"
                .formatted(message);
    }
}
