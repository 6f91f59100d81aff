/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import ai.djl.util.ClassLoaderUtils;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.model.ModelFolderException;
import dev.polyphony.model.NetworkDescription;
import dev.polyphony.nn.Ensemble;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the network of a model folder when DJL loads it, once the folder is known to be whole. A
 * folder's {@code serving.properties} names this class.
 *
 * <p>The generated class is looked for on the class path, and then in the jars of the folder and of
 * its folder {@code libs}, as DJL does: who may write there may run code.
 */
public final class EnsembleBlockFactory implements BlockFactory {

    private static final long serialVersionUID = 1L;

    /** Creates the factory, as DJL does. */
    public EnsembleBlockFactory() {}

    /**
     * {@inheritDoc}
     *
     * @throws ModelFolderException if the folder is not whole, or its network cannot be made; says
     *     what to do
     */
    @Override
    public Block newBlock(Model model, Path modelPath, Map<String, ?> arguments)
            throws IOException {
        ModelFolder folder = ModelFolder.open(modelPath);
        folder.requireNewest();
        return newNetwork(folder);
    }

    /**
     * Makes the network of a folder.
     *
     * @param folder the folder
     * @return the network, not initialised
     * @throws ModelFolderException if its class is not there, or it cannot be made
     */
    static Ensemble newNetwork(ModelFolder folder) throws IOException {
        NetworkDescription network = folder.getDescription().network();
        if (network.arguments().isEmpty()) {
            throw new ModelFolderException(
                    "The network %s in %s was made of what no file can hold: load the folder with its harness"
                            .formatted(network.className(), folder.getPath()));
        }
        EnsembleFactory factory = newFactory(folder);
        Ensemble made;
        try {
            made = factory.create(Arguments.of(network.arguments().get()));
        } catch (RuntimeException e) {
            throw new ModelFolderException(
                    "%s cannot be made of the values %s in %s: %s. Its constructors may have changed since it was saved"
                            .formatted(
                                    network.className(),
                                    network.arguments().get(),
                                    folder.getPath(),
                                    e.getMessage()),
                    e);
        }
        folder.requireNetwork(made);
        return made;
    }

    private static EnsembleFactory newFactory(ModelFolder folder) throws IOException {
        String network = folder.getDescription().network().className();
        Class<?> type = findClass(folder.getPath(), network);
        try {
            return Class.forName(network + "$Factory", true, type.getClassLoader())
                    .asSubclass(EnsembleFactory.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new ModelFolderException(
                    "%s, the network in %s, has no factory that makes it of plain values: load the folder with its harness"
                            .formatted(network, folder.getPath()),
                    e);
        }
    }

    private static Class<?> findClass(Path folder, String name) throws IOException {
        ClassLoader loader = ClassLoaderUtils.getContextClassLoader();
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            List<URL> places = places(folder);
            try {
                // not closed: nested classes are loaded later
                return Class.forName(
                        name, false, new URLClassLoader(places.toArray(URL[]::new), loader));
            } catch (ClassNotFoundException nowhere) {
                throw new ModelFolderException(
                        "The class %s of the network in %s is not on the class path, nor in a jar in the folder or its libs: add the jar with the generated classes"
                                .formatted(name, folder),
                        nowhere);
            }
        }
    }

    private static List<URL> places(Path folder) throws IOException {
        List<URL> places = new ArrayList<>();
        places.add(folder.resolve("classes").toUri().toURL());
        for (Path place : List.of(folder, folder.resolve("libs"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    for (Path file : files.sorted().toList()) {
                        if (file.getFileName().toString().endsWith(".jar")) {
                            places.add(file.toUri().toURL());
                        }
                    }
                }
            }
        }
        return places;
    }
}
