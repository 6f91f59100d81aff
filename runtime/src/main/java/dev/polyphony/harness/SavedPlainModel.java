/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.model.ModelFolderException;
import dev.polyphony.model.NetworkDescription;
import dev.polyphony.nn.ModelSource;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A plain model that was saved by DJL, or as the plain row of a comparison. It is read on the CPU.
 *
 * @param model makes the plain model, a new one each time
 * @param path a folder or a file of parameters
 */
record SavedPlainModel(Supplier<? extends Block> model, Path path) implements ModelSource {

    /** A model's name and the number of the epoch. */
    private static final Pattern FILE = Pattern.compile("(.+)-(\\d{4,9})\\.params");

    SavedPlainModel {
        Objects.requireNonNull(path, "path");
    }

    /** {@inheritDoc} */
    @Override
    public Model open() throws IOException {
        if (Files.isDirectory(path)) {
            return isModelFolder(path) ? openFolder() : open(newest());
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("There is no model to start from at " + path);
        }
        Path folder = path.toAbsolutePath().getParent();
        if (isModelFolder(folder)) {
            throw new IOException(
                    "%s is a part of a model folder: start from %s".formatted(path, folder));
        }
        return open(path);
    }

    private static boolean isModelFolder(Path folder) {
        return Files.exists(folder.resolve(ModelFolder.DESCRIPTION));
    }

    private Model openFolder() throws IOException {
        ModelFolder folder = ModelFolder.open(path);
        ModelEnsemble plain = new ModelEnsemble(DeepEnsembleForm.of(1), model);
        NetworkDescription saved = folder.getDescription().network();
        if (!saved.className().equals(ModelEnsemble.class.getName()) || saved.members() > 1) {
            throw new IOException(
                    "%s has an ensemble, %s, and no plain model: start from the plain row of a comparison, or take a member out with extractMember"
                            .formatted(path, saved.form()));
        }
        return filled(plain, folder::load);
    }

    /** DJL's file of the last epoch, if the folder has one model. */
    private Path newest() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> matcher(file).matches()).sorted().toList();
        }
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            Matcher name = matcher(file);
            names.add(name.matches() ? name.group(1) : "");
        }
        if (names.size() != 1) {
            throw new IOException(
                    names.isEmpty()
                            ? "%s has no model to start from: neither parameters of DJL, as NAME-0000.params, nor %s"
                                    .formatted(path, ModelFolder.DESCRIPTION)
                            : "%s has several models, %s: name the file of one"
                                    .formatted(path, String.join(", ", names)));
        }
        return files.get(files.size() - 1);
    }

    private static Matcher matcher(Path file) {
        return FILE.matcher(file.getFileName().toString());
    }

    private Model open(Path file) throws IOException {
        Matcher name = matcher(file);
        if (!name.matches()) {
            throw new IOException(
                    "%s is no file of parameters by its name: DJL's are called NAME-0000.params"
                            .formatted(file));
        }
        Path folder = file.toAbsolutePath().getParent();
        Map<String, ?> epoch = Map.of("epoch", Integer.parseInt(name.group(2)));
        return filled(model.get(), empty -> empty.load(folder, name.group(1), epoch));
    }

    /** Reads parameters into a model. */
    private interface Reading {

        void into(Model model) throws IOException, MalformedModelException;
    }

    private Model filled(Block block, Reading reading) throws IOException {
        Model filled = Model.newInstance("plain", Device.cpu());
        try {
            filled.setBlock(block);
            reading.into(filled);
            // DJL passes over a file that is not its own
            if (!block.getParameters().values().stream().allMatch(Parameter::isInitialized)) {
                throw new IOException("DJL finds no parameters in it");
            }
            return filled;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            filled.close();
            if (e instanceof ModelFolderException ofFolder) {
                throw ofFolder;
            }
            String kind =
                    block instanceof ModelEnsemble ensemble
                            ? ensemble.getChildren().valueAt(0).getClass().getSimpleName()
                            : block.getClass().getSimpleName();
            throw new IOException(
                    "%s cannot be read as the parameters of %s: %s"
                            .formatted(
                                    path,
                                    kind,
                                    e.getMessage() == null
                                            ? "it ends too early"
                                            : RowCheck.reason(e)),
                    e);
        }
    }
}
