/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import static dev.polyphony.samples.spark.score.DigitTable.array;
import static dev.polyphony.samples.spark.score.DigitTable.collect;
import static dev.polyphony.samples.spark.score.DigitTable.error;
import static dev.polyphony.samples.spark.score.DigitTable.ids;
import static dev.polyphony.samples.spark.score.DigitTable.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.ImageFactory;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleLabels;
import dev.polyphony.inference.EnsembleRegression;
import dev.polyphony.model.ModelFolderException;
import dev.polyphony.samples.spark.model.Digits;
import dev.polyphony.samples.spark.session.Sessions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Scored rows against the answers of the library's own predictor. */
class TableScorerTest {

    private static final double CLOSE = 1e-5;

    @TempDir private static Path shared;

    @TempDir private Path folder;

    private static SparkSession spark;
    private static Path classes;
    private static DigitTable digits;

    @BeforeAll
    static void open() throws IOException {
        spark = Sessions.open("local[2]", Map.of("spark.sql.shuffle.partitions", "2"));
        classes = TestModels.classes(shared.resolve("classes"));
        digits = DigitTable.of(spark, 150);
    }

    @AfterAll
    static void close() {
        spark.stop();
    }

    private static TableScorer.Builder scorer() {
        return TableScorer.builder().setModel(classes).optBatchSize(32);
    }

    @Test
    void answersAreThoseOfThePredictor() throws Exception {
        List<Row> rows = collect(scorer().build().score(digits.table(ids(150), 3)));
        List<float[]> examples = new ArrayList<>();
        for (int id = 0; id < 150; id++) {
            float[] example =
                    Arrays.copyOfRange(
                            digits.pixels(), id * Digits.PIXELS, (id + 1) * Digits.PIXELS);
            for (int i = 0; i < example.length; i++) {
                example[i] /= 16;
            }
            examples.add(example);
        }
        List<EnsembleClassifications> answers =
                TestModels.predict(classes, float[].class, EnsembleClassifications.class, examples);
        assertEquals(150, rows.size());
        int abstained = 0;
        for (int id = 0; id < 150; id++) {
            Row row = rows.get(id);
            EnsembleClassifications answer = answers.get(id);
            assertNull(error(row));
            assertEquals("row " + id, row.getString(Digits.PIXELS + 1));
            assertEquals(digits.values(id)[5], row.get(5), "columns are kept");
            assertEquals(answer.best().getClassName(), row.getAs("prediction"));
            assertEquals(answer.best().getProbability(), number(row, "probability"), CLOSE);
            assertArrayEquals(
                    answer.getProbabilities().stream().mapToDouble(p -> p).toArray(),
                    array(row, "probabilities"),
                    CLOSE);
            assertEquals(answer.getEntropy(), number(row, "entropy"), CLOSE);
            assertEquals(answer.getExpectedEntropy(), number(row, "expectedEntropy"), CLOSE);
            assertEquals(answer.getMutualInformation(), number(row, "mutualInformation"), CLOSE);
            assertEquals(answer.getVariationRatio(), number(row, "variationRatio"), 0);
            assertEquals(answer.getDisagreement(), number(row, "disagreement"), 0);
            assertEquals(answer.isAbstained(), row.getAs("abstained"));
            abstained += answer.isAbstained() ? 1 : 0;
        }
        assertTrue(abstained > 0 && abstained < 150, abstained + " abstained");
        assertArrayEquals(
                TestModels.NAMES.toArray(),
                rows.get(0).schema().apply("probabilities").metadata().getStringArray("names"));
    }

    /** Neither the number of partitions nor the order of rows nor the neighbours change a bit. */
    @Test
    void rowsAreTheSameHoweverTheTableIsCut() throws IOException {
        TableScorer scorer = scorer().build();
        List<Row> expected = collect(scorer.score(digits.table(ids(150), 1)));
        List<Integer> shuffled = new ArrayList<>(ids(150));
        Collections.shuffle(shuffled, new Random(1));
        assertEquals(expected, collect(scorer.score(digits.table(shuffled, 7))));
        List<Row> fewRows = collect(scorer.score(digits.table(List.of(149, 3, 77), 2)));
        assertEquals(List.of(expected.get(3), expected.get(77), expected.get(149)), fewRows);
    }

    @Test
    void aProcessLoadsAModelOnce() throws IOException {
        collect(scorer().build().score(digits.table(ids(40), 4)));
        int before = LoadedModel.getLoads();
        collect(scorer().build().score(digits.table(ids(40), 3)));
        assertEquals(before, LoadedModel.getLoads());
    }

    private static void assertRejected(
            StructType schema,
            Map<Integer, BiConsumer<Object[], StructType>> damage,
            String... reasons)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < 70; id++) {
            Object[] values = digits.values(id);
            for (int i = 1; i <= Digits.PIXELS; i++) {
                if (schema.fields()[i].dataType().equals(DataTypes.StringType)) {
                    values[i] = " " + values[i];
                }
            }
            if (damage.containsKey(id)) {
                damage.get(id).accept(values, schema);
            }
            rows.add(RowFactory.create(values));
        }
        TableScorer scorer = scorer().build();
        // one partition: good rows share their batches with bad ones
        List<Row> scored =
                scorer.score(spark.createDataFrame(rows, schema).coalesce(1)).collectAsList();
        List<Row> sound = collect(scorer.score(digits.table(ids(70), 1)));
        assertEquals(70, scored.size());
        List<String> errors = new ArrayList<>();
        for (int id = 0; id < 70; id++) {
            Row row = scored.get(id);
            assertEquals(id, row.getInt(0), "rows stay in order");
            for (int i = 0; i < schema.size(); i++) {
                assertEquals(rows.get(id).get(i), row.get(i));
            }
            for (int i = schema.size(); i < row.length() - 1; i++) {
                assertEquals(damage.containsKey(id) ? null : sound.get(id).get(i), row.get(i));
            }
            if (damage.containsKey(id)) {
                errors.add(error(row));
            } else {
                assertNull(error(row));
            }
        }
        assertEquals(List.of(reasons), errors);
    }

    @Test
    void badRowsAreKeptWithTheirReasons() throws IOException {
        assertRejected(
                DigitTable.schema(DataTypes.DoubleType),
                Map.of(
                        0, (values, schema) -> values[schema.fieldIndex("p7")] = null,
                        33, (values, schema) -> values[schema.fieldIndex("p0")] = Double.NaN,
                        69,
                                (values, schema) ->
                                        values[schema.fieldIndex("p63")] =
                                                Double.NEGATIVE_INFINITY),
                "column 'p7' is null",
                "column 'p0' is NaN",
                "column 'p63' is -Infinity");
        assertRejected(
                DigitTable.schema(DataTypes.StringType),
                Map.of(
                        5, (values, schema) -> values[schema.fieldIndex("p1")] = "ink",
                        6, (values, schema) -> values[schema.fieldIndex("p1")] = "",
                        7, (values, schema) -> values[schema.fieldIndex("p1")] = "1e99"),
                "column 'p1' is no number: 'ink'",
                "column 'p1' is no number: ''",
                "column 'p1' is 1e99");
    }

    @Test
    void aColumnHoldsTheWholeExample() throws IOException {
        StructType schema =
                new StructType()
                        .add("id", DataTypes.IntegerType)
                        .add("features", DataTypes.createArrayType(DataTypes.FloatType));
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < 20; id++) {
            Float[] values = new Float[id == 4 ? 63 : Digits.PIXELS];
            for (int i = 0; i < values.length; i++) {
                values[i] = digits.pixels()[id * Digits.PIXELS + i];
            }
            values[5] = id == 9 ? null : values[5];
            rows.add(RowFactory.create(id, id == 11 ? null : values));
        }
        List<Row> scored = collect(scorer().build().score(spark.createDataFrame(rows, schema)));
        List<Row> expected = collect(scorer().build().score(digits.table(ids(20), 1)));
        Map<Integer, String> reasons =
                Map.of(
                        4, "column 'features' has 63 numbers, not 64",
                        9, "number 6 of 'features' is null",
                        11, "column 'features' is null");
        for (int id = 0; id < 20; id++) {
            assertEquals(reasons.get(id), error(scored.get(id)));
            if (!reasons.containsKey(id)) {
                assertEquals(
                        number(expected.get(id), "entropy"), number(scored.get(id), "entropy"));
            }
        }
    }

    @Test
    void imagesAreReadAsThePredictorReadsThem() throws Exception {
        Path model = TestModels.images(folder.resolve("model"));
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        List<ai.djl.modality.cv.Image> images = new ArrayList<>();
        for (int id = 0; id < 6; id++) {
            int side = id % 2 == 0 ? 8 : 13;
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, side, side, random.ints(side * side).toArray(), 0, side);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            rows.add(RowFactory.create(id, (Object) bytes.toByteArray()));
            images.add(ImageFactory.getInstance().fromImage(image));
        }
        rows.add(RowFactory.create(6, (Object) new byte[] {1, 2, 3}));
        byte[] cut = Arrays.copyOf((byte[]) rows.get(1).get(1), 60);
        rows.add(RowFactory.create(7, (Object) cut));
        byte[] huge = ((byte[]) rows.get(1).get(1)).clone();
        // the width and the height of a PNG
        ByteBuffer.wrap(huge).putInt(16, 1 << 17).putInt(20, 1 << 16);
        rows.add(RowFactory.create(8, (Object) huge));
        StructType schema =
                new StructType()
                        .add("id", DataTypes.IntegerType)
                        .add("image", DataTypes.BinaryType);
        List<Row> scored =
                collect(
                        TableScorer.builder()
                                .setModel(model)
                                .build()
                                .score(spark.createDataFrame(rows, schema)));
        List<EnsembleClassifications> answers =
                TestModels.predict(
                        model,
                        ai.djl.modality.cv.Image.class,
                        EnsembleClassifications.class,
                        images);
        for (int id = 0; id < 6; id++) {
            assertEquals(answers.get(id).getEntropy(), number(scored.get(id), "entropy"), CLOSE);
        }
        assertEquals(
                "the bytes are no image that Java reads, such as PNG or JPEG",
                error(scored.get(6)));
        assertTrue(
                error(scored.get(7)).startsWith("the image cannot be read"), error(scored.get(7)));
        assertEquals(
                "the image has 65536 x 131072 pixels, more than 67108864", error(scored.get(8)));
    }

    private List<Row> scoreArrays(Path model, List<float[]> examples) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < 10; id++) {
            float[] example =
                    Arrays.copyOfRange(
                            digits.pixels(), id * Digits.PIXELS, (id + 1) * Digits.PIXELS);
            List<Float> values = new ArrayList<>();
            for (int i = 0; i < example.length; i++) {
                example[i] /= 16;
                values.add(example[i]);
            }
            examples.add(example);
            rows.add(RowFactory.create(id, values.toArray(Float[]::new)));
        }
        StructType schema =
                new StructType()
                        .add("id", DataTypes.IntegerType)
                        .add("features", DataTypes.createArrayType(DataTypes.FloatType));
        return collect(
                TableScorer.builder()
                        .setModel(model)
                        .optBatchSize(4)
                        .optInterval(0.5)
                        .build()
                        .score(spark.createDataFrame(rows, schema)));
    }

    @Test
    void severalLabelsAndNumbersHaveTheirOwnColumns() throws Exception {
        Path labels = TestModels.labels(folder.resolve("labels"));
        List<float[]> examples = new ArrayList<>();
        List<Row> rows = scoreArrays(labels, examples);
        List<EnsembleLabels> said =
                TestModels.predict(labels, float[].class, EnsembleLabels.class, examples);
        for (int id = 0; id < 10; id++) {
            Row row = rows.get(id);
            EnsembleLabels answer = said.get(id);
            assertEquals(answer.getPredicted(), row.getList(row.fieldIndex("prediction")));
            assertArrayEquals(answer.getProbabilities(), array(row, "probabilities"), CLOSE);
            assertArrayEquals(answer.getEntropy(), array(row, "entropy"), CLOSE);
            assertArrayEquals(
                    answer.getMutualInformation(), array(row, "mutualInformation"), CLOSE);
        }
        Path numbers = TestModels.numbers(folder.resolve("numbers"));
        List<Row> numberRows = scoreArrays(numbers, new ArrayList<>());
        List<EnsembleRegression> numbersSaid =
                TestModels.predict(numbers, float[].class, EnsembleRegression.class, examples);
        for (int id = 0; id < 10; id++) {
            Row row = numberRows.get(id);
            EnsembleRegression answer = numbersSaid.get(id);
            double[][] interval = answer.getInterval(0.5);
            assertArrayEquals(answer.getMean(), array(row, "prediction"), CLOSE);
            assertArrayEquals(answer.getVariance(), array(row, "variance"), CLOSE);
            assertArrayEquals(
                    answer.getEpistemicVariance(), array(row, "epistemicVariance"), CLOSE);
            assertArrayEquals(new double[2], array(row, "aleatoricVariance"));
            for (int k = 0; k < 2; k++) {
                assertEquals(interval[k][0], array(row, "lower")[k], CLOSE);
                assertEquals(interval[k][1], array(row, "upper")[k], CLOSE);
            }
        }
    }

    private static void assertRefused(TableScorer scorer, Dataset<Row> table, String... parts) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> scorer.score(table))
                        .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void columnsThatDoNotFitAreNamed() throws IOException {
        Dataset<Row> table = digits.table(ids(2), 1);
        assertRefused(
                scorer().build(),
                table.drop("p3", "p17"),
                "lacks 2 of the 64 columns that the model takes: p3, p17; it has: id int, p63 double");
        assertRefused(
                scorer().build(),
                table.withColumn("p3", table.col("id").cast("boolean")),
                "The column 'p3' has the type boolean, but must hold numbers");
        assertRefused(
                scorer().optFeatures("note").build(),
                table,
                "The column 'note' has the type string, but must hold arrays of 64 numbers");
        assertRefused(
                scorer().optFeatures("gone").build(), table, "has no column 'gone', but: id int");
        assertRefused(
                scorer().optColumns(List.of("p1", "p2")).build(),
                table,
                "2 columns are named, but the model takes 64 numbers");
        assertRefused(
                scorer().build(),
                table.withColumnRenamed("note", "Entropy"),
                "already columns named entropy");
        scorer().optPrefix("said_").build().score(table.withColumnRenamed("note", "Entropy"));
    }

    @Test
    void aColumnThatIsThereTwiceIsRefused() throws IOException {
        Dataset<Row> table = digits.table(ids(2), 1);
        assertRefused(
                scorer().build(),
                table.select(table.col("*"), table.col("p0").multiply(0).as("p0")),
                "The table has 2 columns named 'p0'");
    }

    /** As the broadcast of a session does that has Kryo. */
    @Test
    void modelsAreSentByAnySerializer() throws IOException {
        ModelFiles files = ModelFiles.read(classes);
        ClassTag<ModelFiles> type = ClassTag$.MODULE$.apply(ModelFiles.class);
        SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
        ModelFiles sent = kryo.deserialize(kryo.serialize(files, type), type);
        assertEquals(files.sha256(), sent.sha256());
        sent.write(folder.resolve("sent"));
        assertEquals(files.sha256(), ModelFiles.read(folder.resolve("sent")).sha256());
    }

    @Test
    void foldersThatAreNoModelAreRefused() throws IOException {
        Path none = folder.resolve("none");
        TableScorer.Builder builder = TableScorer.builder().setModel(none);
        assertEquals(
                "There is no model folder " + none,
                assertThrows(ModelFolderException.class, builder::build).getMessage());
        Files.createDirectory(none);
        String message = assertThrows(ModelFolderException.class, builder::build).getMessage();
        assertTrue(message.contains("is no model folder, as it has no model.json"), message);
    }
}
