/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.data.InputFormat;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores tables with a model folder:
 *
 * <pre>{@code
 * Dataset<Row> scored = TableScorer.builder().setModel(folder).build().score(table);
 * }</pre>
 *
 * <p>Each row comes out once, with its columns, and with those of the ensemble's answer: {@code
 * prediction}, {@code probability}, {@code probabilities}, {@code entropy}, {@code
 * expectedEntropy}, {@code mutualInformation}, {@code variationRatio}, {@code disagreement} and
 * {@code abstained} of classes; {@code prediction}, {@code probabilities}, {@code entropy} and
 * {@code mutualInformation} of labels; {@code prediction}, {@code variance}, {@code
 * epistemicVariance}, {@code aleatoricVariance}, {@code lower} and {@code upper} of numbers. A row
 * that cannot be scored has null in all of them, and the reason in the column {@code error}, which
 * is null for all others.
 *
 * <p>The model is sent to the executors, which need no file of the driver; each loads it once and
 * shares it between its tasks. All forward passes have the same shape, as the last of a partition
 * is filled up: on machines of one kind a row's answer is the same to the last bit wherever it
 * stands. Scoring is lazy, as any transformation of a {@code Dataset}.
 */
public final class TableScorer {

    private final ModelFiles files;
    private final ModelDescription description;
    private final ScoreSettings settings;

    private TableScorer(ModelFiles files, ModelDescription description, ScoreSettings settings) {
        this.files = files;
        this.description = description;
        this.settings = settings;
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns what is known of the model.
     *
     * @return the description in its folder
     */
    public ModelDescription getDescription() {
        return description;
    }

    /**
     * Adds the ensemble's answers to a table.
     *
     * @param table the table; if it has no rows, neither has the result
     * @return the same rows in the same partitions and order, with more columns
     * @throws IllegalArgumentException if columns that the model needs are missing or of another
     *     type, or it has some that would be added; names them
     */
    public Dataset<Row> score(Dataset<Row> table) {
        StructType schema = table.schema();
        InputFormat input = description.input();
        RowReaders.of(schema, input, settings);
        StructType result = resultOf(schema);
        Broadcast<ModelFiles> sent =
                table.sparkSession()
                        .sparkContext()
                        .broadcast(files, scala.reflect.ClassTag$.MODULE$.apply(ModelFiles.class));
        return table.mapPartitions(
                new ScorePartition(sent, schema, settings), Encoders.row(result));
    }

    /**
     * Returns the name of the column that says why a row was not scored.
     *
     * @return the name
     */
    public String getErrorColumn() {
        return settings.prefix() + "error";
    }

    private StructType resultOf(StructType schema) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
        List<String> taken = new ArrayList<>();
        Stream.concat(
                        AnswerColumns.of(description, settings.interval()).fields().stream(),
                        Stream.of(DataTypes.createStructField("error", DataTypes.StringType, true)))
                .map(
                        field ->
                                new StructField(
                                        settings.prefix() + field.name(),
                                        field.dataType(),
                                        true,
                                        field.metadata()))
                .forEach(
                        field -> {
                            // Spark finds columns whatever their case
                            if (Stream.of(schema.fieldNames())
                                    .anyMatch(name -> name.equalsIgnoreCase(field.name()))) {
                                taken.add(field.name());
                            }
                            fields.add(field);
                        });
        if (!taken.isEmpty()) {
            throw new IllegalArgumentException(
                    "The table has already columns named %s: rename them, or set a prefix for those of the answers"
                            .formatted(String.join(", ", taken)));
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** Builds scorers. */
    public static final class Builder {

        private Path model;
        private int batchSize = 256;
        private String features;
        private List<String> columns = List.of();
        private String malformed;
        private double interval = 0.9;
        private String prefix = "";

        private Builder() {}

        /**
         * Sets the model.
         *
         * @param folder a model folder
         * @return this
         */
        public Builder setModel(Path folder) {
            model = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Sets the number of rows of a forward pass, 256 by default. A task has as many rows in
         * memory.
         *
         * @param size the number, at least 1
         * @return this
         */
        public Builder optBatchSize(int size) {
            batchSize = size;
            return this;
        }

        /**
         * Sets the column that holds the whole example: an array of numbers, in the order that the
         * model takes them and before they are scaled, or the bytes of an image. By default it is
         * {@code image} or {@code content} for images, and {@code features} for models whose
         * columns have no names, or are not in the table.
         *
         * @param column the name
         * @return this
         */
        public Builder optFeatures(String column) {
            features = column;
            return this;
        }

        /**
         * Sets the columns that hold a number each, in the order that the model takes them. By
         * default they are those that the model was trained on.
         *
         * @param names the names
         * @return this
         */
        public Builder optColumns(List<String> names) {
            columns = List.copyOf(names);
            return this;
        }

        /**
         * Sets the column in which Spark's CSV reader puts the text of lines with more or fewer
         * fields than the header: such rows are not scored.
         *
         * @param column the name
         * @return this
         */
        public Builder optMalformed(String column) {
            malformed = column;
            return this;
        }

        /**
         * Sets the share of {@code lower} and {@code upper} for numbers, 0.9 by default.
         *
         * @param level the share, between 0 and 1
         * @return this
         */
        public Builder optInterval(double level) {
            interval = level;
            return this;
        }

        /**
         * Sets what the names of added columns begin with, nothing by default.
         *
         * @param text the beginning
         * @return this
         */
        public Builder optPrefix(String text) {
            prefix = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Reads the model folder.
         *
         * @return the scorer
         * @throws IOException if there is no such folder, it is no model folder or not as it was
         *     saved
         * @throws IllegalArgumentException if a setting is out of its range
         */
        public TableScorer build() throws IOException {
            Objects.requireNonNull(model, "setModel: a model folder is needed");
            if (batchSize < 1) {
                throw new IllegalArgumentException(
                        "The batch size must be at least 1, but is " + batchSize);
            }
            if (!(interval > 0 && interval < 1)) {
                throw new IllegalArgumentException(
                        "The interval must be between 0 and 1, but is " + interval);
            }
            if (features != null && !columns.isEmpty()) {
                throw new IllegalArgumentException(
                        "Give either one column with all features, or one for each, but not both");
            }
            ModelFiles files = ModelFiles.read(model);
            return new TableScorer(
                    files,
                    ModelFolder.describe(model).getDescription(),
                    new ScoreSettings(batchSize, features, columns, malformed, interval, prefix));
        }
    }
}
