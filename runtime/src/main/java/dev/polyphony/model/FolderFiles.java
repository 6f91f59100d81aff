/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.polyphony.nn.Ensemble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a model folder, whatever its model answers.
 *
 * @param path the folder
 * @param network the network that the folder has the parameters of
 * @param versions what it was written with
 * @param parameters the file of the parameters
 */
record FolderFiles(
        Path path, NetworkDescription network, Versions versions, StoredFile parameters) {

    /**
     * Reads {@code model.json}.
     *
     * @throws ModelFolderException if there is none, or it is wrong
     */
    static <T> T read(Path path, Function<String, T> reader) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new ModelFolderException("There is no model folder " + path);
        }
        Path file = path.resolve(ModelFolder.DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new ModelFolderException(
                    "%s is no model folder, as it has no %s: TrainedEnsemble.save writes one"
                            .formatted(path, ModelFolder.DESCRIPTION));
        }
        try {
            return reader.apply(Files.readString(file));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new ModelFolderException(
                    "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Saves parameters beside those that are there. */
    static StoredFile saveParameters(Path path, Model model) throws IOException {
        return StoredFile.of(ParameterFile.save(model, path));
    }

    /** Deletes parameters that {@code model.json} does not name any more. */
    static void deleteOthers(Path path, StoredFile kept) throws IOException {
        ParameterFile.deleteOthers(path, path.resolve(kept.name()));
    }

    /** Requires the parameters as they were saved; warns of other versions of the libraries. */
    void requireWhole() throws IOException {
        parameters.requireIn(path);
        List<String> differences = versions.getDifferences(Versions.now());
        if (!differences.isEmpty()) {
            Logger logger = LoggerFactory.getLogger(ModelFolder.class);
            logger.warn(
                    "The model in {} was saved with other versions: {}",
                    path,
                    String.join("; ", differences));
        }
    }

    /** Requires that the parameters are those of a class and a form. */
    void requireNetwork(String className, String form) throws ModelFolderException {
        if (!network.className().equals(className) || !network.form().equals(form)) {
            throw new ModelFolderException(
                    "%s has a model of the class %s, %s, but is to be loaded as %s, %s: load it as what it is, or train again"
                            .formatted(path, network.className(), network.form(), className, form));
        }
    }

    /** Loads the parameters into a network that is not initialised. */
    void load(Model model) throws IOException {
        try {
            model.load(
                    path,
                    ParameterFile.NAME,
                    Map.of("epoch", ParameterFile.getNumber(parameters.name())));
        } catch (MalformedModelException | RuntimeException e) {
            throw unfit(e.getMessage(), e);
        } catch (IOException e) {
            throw unfit("they end too early", e);
        }
        long own = ((Ensemble) model.getBlock()).getParameterCount();
        if (own != network.parameters()) {
            throw unfit(
                    "they are %,d, but the network has %,d".formatted(network.parameters(), own),
                    null);
        }
    }

    private ModelFolderException unfit(String why, Exception cause) {
        return new ModelFolderException(
                "The parameters in %s are not those of this network%s: %s"
                        .formatted(
                                path,
                                network.arguments()
                                        .map(all -> ", which was made of " + all)
                                        .orElse(""),
                                why),
                cause);
    }
}
