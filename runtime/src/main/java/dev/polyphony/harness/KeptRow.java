/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.calibrate.CalibrationResult.Figures;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.files.AtomicFile;
import dev.polyphony.train.MemberPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder in which a comparison keeps what the members of a row said, so that a row that is done
 * is neither trained nor asked again: a file of answers for each data set, and {@code row.json},
 * which is written last. It counts only if its key, which stands for network, settings and data, is
 * the one asked for, and its files are as they were written.
 */
final class KeptRow {

    private static final int FORMAT = 2;
    private static final String ROW = "row.json";
    private static final Gson GSON =
            new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .serializeSpecialFloatingPointValues()
                    .create();

    private final Path folder;

    KeptRow(Path folder) {
        this.folder = folder;
    }

    /**
     * What {@code row.json} holds: the digests of the files by the sets that they are of, and
     * scores of sets whose answers are not kept.
     */
    private record Content(
            int format,
            String key,
            RowDescription row,
            Map<String, String> digests,
            Map<String, Figures> figures) {}

    /** Answers that are kept. */
    private record Stored(Map<String, Path> files, Map<String, Figures> figures)
            implements RowAnswers {

        @Override
        public void stream(
                String set,
                Examples data,
                Optional<TestTimeAugmentation> views,
                MemberPrediction.Answers to)
                throws IOException {
            AnswerFile.read(files.get(set), to);
        }

        @Override
        public Figures judge(String set, Examples data, RowDescription row) {
            return figures.get(set);
        }
    }

    /** A row that is kept: what it is, and what its members said. */
    record Kept(RowDescription description, RowAnswers answers) {}

    /**
     * Finds the row.
     *
     * @param key what it must be the outcome of
     * @return the row; empty if it is not there, of another key, or not whole
     */
    Optional<Kept> find(String key) {
        Path file = folder.resolve(ROW);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Content content = GSON.fromJson(Files.readString(file), Content.class);
            if (content == null || content.format != FORMAT || !content.key.equals(key)) {
                return Optional.empty();
            }
            Map<String, Path> files = new LinkedHashMap<>();
            for (Map.Entry<String, String> set : content.digests.entrySet()) {
                Path answers = getFile(files.size());
                if (!AnswerFile.digest(answers).equals(set.getValue())) {
                    return Optional.empty();
                }
                files.put(set.getKey(), answers);
            }
            return Optional.of(
                    new Kept(
                            content.row,
                            new Stored(files, Objects.requireNonNull(content.figures))));
        } catch (IOException | JsonParseException | NullPointerException e) {
            // what cannot be read is made again
            return Optional.empty();
        }
    }

    private Path getFile(int number) {
        return folder.resolve("answers-" + number + ".bin");
    }

    /** Begins to keep answers; what was kept does not count any more. */
    Recorder record(RowAnswers answers) throws IOException {
        Files.deleteIfExists(folder.resolve(ROW));
        return new Recorder(answers);
    }

    /** Answers of others, kept on their way. */
    final class Recorder implements RowAnswers {

        private final RowAnswers answers;
        private final Map<String, String> digests = new LinkedHashMap<>();
        private final Map<String, Figures> figures = new LinkedHashMap<>();

        private Recorder(RowAnswers answers) {
            this.answers = answers;
        }

        /** {@inheritDoc} */
        @Override
        public void stream(
                String set,
                Examples data,
                Optional<TestTimeAugmentation> views,
                MemberPrediction.Answers to)
                throws IOException {
            Path file = getFile(digests.size());
            AnswerFile.write(
                    file,
                    out ->
                            answers.stream(
                                    set,
                                    data,
                                    views,
                                    (scores, labels) -> {
                                        out.onBatch(scores, labels);
                                        to.onBatch(scores, labels);
                                    }));
            digests.put(set, AnswerFile.digest(file));
        }

        /** Keeps the scores alone: there may be many such sets. */
        @Override
        public Figures judge(String set, Examples data, RowDescription row) throws IOException {
            Figures scored = answers.judge(set, data, row);
            figures.put(set, scored);
            return scored;
        }

        /** Says what the row is: from here on it is kept. */
        void finish(String key, RowDescription row) throws IOException {
            Content content = new Content(FORMAT, key, row, digests, figures);
            AtomicFile.write(folder.resolve(ROW), GSON.toJson(content) + "\n");
        }
    }
}
