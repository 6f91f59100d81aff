/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The plain models of a warm start: in memory, or read when they are needed. */
final class StartModels {

    /** Enough to tell models apart, and short enough for a message. */
    private static final int CHECKSUM_BYTES = 8;

    private final List<Block> blocks;
    private final List<ModelSource> sources;

    private StartModels(List<Block> blocks, List<ModelSource> sources) {
        if (blocks.isEmpty() && sources.isEmpty()) {
            throw new IllegalArgumentException("A warm start needs a model to start from");
        }
        this.blocks = blocks;
        this.sources = sources;
    }

    static StartModels of(List<Block> blocks) {
        return new StartModels(blocks, List.of());
    }

    static StartModels reading(List<ModelSource> sources) {
        return new StartModels(List.of(), sources);
    }

    int getCount() {
        return Math.max(blocks.size(), sources.size());
    }

    /**
     * Hands the models to an action, and closes those that were read for it.
     *
     * @param action what needs the models
     * @return a text that is another one for other parameters
     * @throws IllegalArgumentException if a model cannot be read
     */
    String use(Consumer<List<Block>> action) {
        List<Model> opened = new ArrayList<>();
        try {
            List<Block> models = new ArrayList<>(blocks);
            for (ModelSource source : sources) {
                Model model = source.open();
                opened.add(model);
                models.add(model.getBlock());
            }
            action.accept(models);
            return models.stream()
                    .map(StartModels::checksum)
                    .collect(Collectors.joining(", ", "plain model ", ""));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            opened.forEach(Model::close);
        }
    }

    private static String checksum(Block model) {
        MessageDigest digest = Sha256.newDigest();
        for (Parameter parameter : model.getParameters().values()) {
            ByteBuffer bytes = parameter.getArray().toByteBuffer();
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, CHECKSUM_BYTES);
    }
}
