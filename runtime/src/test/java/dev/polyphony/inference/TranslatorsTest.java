/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.harness.TestHarness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of single inputs are those of the data that training would have read. */
class TranslatorsTest {

    @TempDir private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(Files.createTempFile(folder, "rows", ".csv"), List.of(lines));
    }

    /** Images of noise, 8 x 8, in colour; training resizes them to 6 x 6, gray and normalised. */
    private ImageFolder images() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, 8, 8, random.ints(64).toArray(), 0, 8);
            Path file = folder.resolve("images/" + (i % 2 == 0 ? "cat" : "dog") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
        return ImageFolder.builder()
                .setFolder(folder.resolve("images"))
                .setShape(new Shape(1, 6, 6))
                .optResize(true)
                .optNormalize(new float[] {0.4f}, new float[] {0.25f})
                .build();
    }

    @Test
    void imagesAreReadAsInTraining() throws Exception {
        ImageFolder images = images();
        Path saved = folder.resolve("model");
        Predictions expected;
        try (TrainedEnsemble trained = ModelFolders.cnn(2).fit(images)) {
            trained.save(saved);
            expected = trained.predict(images);
        }
        try (ZooModel<Image, EnsembleClassifications> model =
                        ModelFolders.load(saved, Image.class, EnsembleClassifications.class);
                Predictor<Image, EnsembleClassifications> predictor = model.newPredictor()) {
            List<Image> all = new ArrayList<>();
            for (Path file : images.getFiles()) {
                all.add(ImageFactory.getInstance().fromFile(file));
            }
            List<EnsembleClassifications> answers = BatchPrediction.predict(predictor, all, 5);
            assertEquals(12, answers.size());
            for (int i = 0; i < 12; i++) {
                for (int m = 0; m < 2; m++) {
                    assertArrayEquals(
                            expected.getMemberProbabilities()[i][m],
                            answers.get(i).getMemberProbabilities()[m],
                            1e-6);
                }
            }
            assertEquals(List.of("cat", "dog"), answers.get(0).getClassNames());
        }
    }

    /** Of another library than Java's own, such as OpenCV: only its pixels are known. */
    @Test
    void imagesOfOtherLibrariesAreReadByTheirPixels() throws Exception {
        ImageFolder images = images();
        Path saved = folder.resolve("model");
        ModelFolders.save(ModelFolders.cnn(2), images, saved);
        try (ZooModel<Image, EnsembleClassifications> model =
                        ModelFolders.load(saved, Image.class, EnsembleClassifications.class);
                Predictor<Image, EnsembleClassifications> predictor = model.newPredictor()) {
            Image image = ImageFactory.getInstance().fromFile(images.getFiles().get(3));
            Image foreign =
                    (Image)
                            java.lang.reflect.Proxy.newProxyInstance(
                                    Image.class.getClassLoader(),
                                    new Class<?>[] {Image.class},
                                    (proxy, method, args) ->
                                            method.getName().equals("getWrappedImage")
                                                    ? "no Java image"
                                                    : method.invoke(image, args));
            assertArrayEquals(
                    predictor.predict(image).getMemberProbabilities(),
                    predictor.predict(foreign).getMemberProbabilities());
        }
    }

    @Test
    void anImageOfAnotherSizeIsNamed() throws Exception {
        Path saved = folder.resolve("model");
        ImageFolder images =
                ImageFolder.builder()
                        .setFolder(images().getFiles().get(0).getParent().getParent())
                        .setShape(new Shape(3, 8, 8))
                        .build();
        ModelFolders.save(ModelFolders.cnn(2), images, saved);
        try (ZooModel<BufferedImage, EnsembleClassifications> model =
                        ModelFolders.load(
                                saved, BufferedImage.class, EnsembleClassifications.class);
                Predictor<BufferedImage, EnsembleClassifications> predictor =
                        model.newPredictor()) {
            assertFails(
                    "The image has 4 x 5 pixels, but the shape (3, 8, 8) needs 8 x 8",
                    () -> predictor.predict(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB)));
        }
    }

    private static LabeledData rows(Path csv) throws IOException {
        return CsvFiles.read(csv, null, 0.5);
    }

    private Path table() throws IOException {
        List<String> lines = new ArrayList<>(List.of("label, x,\"y\""));
        LabeledData moons = TestData.moons(40, 0.1, 2);
        for (int i = 0; i < 40; i++) {
            lines.add(
                    moons.getLabels()[i]
                            + ","
                            + moons.getFeatures()[2 * i]
                            + ","
                            + moons.getFeatures()[2 * i + 1]);
        }
        return file(lines.toArray(String[]::new));
    }

    @Test
    @SuppressWarnings("rawtypes")
    void rowsAreReadByTheirColumns() throws Exception {
        LabeledData data = rows(table());
        Path saved = folder.resolve("model");
        Predictions expected;
        try (TrainedEnsemble trained = mlp().fit(data.split(1, 0.5, 0.5)[0])) {
            trained.save(saved);
            expected = trained.predict(data);
        }
        String[] line = Files.readAllLines(table()).get(4).split(",");
        try (ZooModel<Map, EnsembleClassifications> model =
                        ModelFolders.load(saved, Map.class, EnsembleClassifications.class);
                Predictor<Map, EnsembleClassifications> predictor = model.newPredictor()) {
            double[] answer = expected.getProbabilities()[3];
            for (Map<String, ?> row :
                    List.of(
                            Map.of("y", line[2], "x", line[1]),
                            Map.of("x", Float.valueOf(line[1]), "y", Double.valueOf(line[2])),
                            Map.of("x", line[1], "y", line[2], "label", "7"))) {
                assertEquals(answer[1], predictor.predict(row).getProbabilities().get(1), 1e-6);
            }
            assertFails(
                    "(missing: y; unknown: z); it takes: x, y",
                    () -> predictor.predict(Map.of("x", 1, "z", 2)));
            assertFails(
                    "column 'y' is not a number: 'high'",
                    () -> predictor.predict(Map.of("x", 1, "y", "high")));
            assertFails(
                    "column 'y' is NaN", () -> predictor.predict(Map.of("x", 1, "y", Double.NaN)));
        }
        try (ZooModel<List, EnsembleClassifications> model =
                        ModelFolders.load(saved, List.class, EnsembleClassifications.class);
                Predictor<List, EnsembleClassifications> predictor = model.newPredictor()) {
            assertEquals(
                    expected.getProbabilities()[3][1],
                    predictor.predict(List.of(line[1], line[2])).getProbabilities().get(1),
                    1e-6);
            assertFails(
                    "3 numbers in a row, but 2 are expected: x, y",
                    () -> predictor.predict(List.of(1, 2, 3)));
        }
    }

    private static dev.polyphony.harness.Harness mlp() {
        return TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(2);
    }

    @Test
    void arraysMustBeOneExample() throws Exception {
        Path saved = folder.resolve("model");
        ModelFolders.save(mlp(), TestData.moons(40, 0.1, 2), saved);
        try (NDManager manager = NDManager.newBaseManager();
                ZooModel<NDList, EnsembleClassifications> model =
                        ModelFolders.load(saved, NDList.class, EnsembleClassifications.class);
                Predictor<NDList, EnsembleClassifications> predictor = model.newPredictor()) {
            NDArray point = manager.create(new float[] {0.3f, 0.2f});
            EnsembleClassifications answer = predictor.predict(new NDList(point));
            NDArray doubles = point.toType(DataType.FLOAT64, false);
            assertEquals(
                    answer.getProbabilities(),
                    predictor.predict(new NDList(doubles)).getProbabilities());
            // three examples would be taken for one of three members
            assertFails(
                    "One example has the shape (2), but the input has (3, 2)",
                    () -> predictor.predict(new NDList(manager.ones(new Shape(3, 2)))));
            assertFails(
                    "One example has the shape (2), but the input has (5)",
                    () -> predictor.predict(new NDList(manager.ones(new Shape(5)))));
            assertFails(
                    "An example is one array, but 2 are given",
                    () -> predictor.predict(new NDList(point, point)));
        }
    }

    /** What a prediction makes of the user's arrays does not stay in the user's manager. */
    @Test
    void nothingStaysWithTheUsersArrays() throws Exception {
        Path saved = folder.resolve("model");
        ModelFolders.save(mlp(), TestData.moons(40, 0.1, 2), saved);
        try (NDManager manager = NDManager.newBaseManager();
                ZooModel<NDList, EnsembleClassifications> model =
                        ModelFolders.load(saved, NDList.class, EnsembleClassifications.class);
                Predictor<NDList, EnsembleClassifications> predictor = model.newPredictor()) {
            NDList point = new NDList(manager.create(new float[] {0.3f, 0.2f}));
            predictor.batchPredict(List.of(point, point));
            int before = manager.getManagedArrays().size();
            predictor.batchPredict(List.of(point, point));
            assertEquals(before, manager.getManagedArrays().size());
            assertEquals(1, before);
        }
    }

    @Test
    void numbersAndLabelsHaveTheirOwnAnswers() throws Exception {
        LabeledData moons = TestData.moons(40, 0.1, 2);
        float[][] targets = new float[40][];
        int[][] labels = new int[40][];
        Arrays.setAll(targets, i -> new float[] {moons.getLabels()[i], 1});
        Arrays.setAll(labels, i -> new int[] {moons.getLabels()[i], 1});
        Path numbers = folder.resolve("numbers");
        Path several = folder.resolve("labels");
        LabeledData withTargets = moons.withTargets(targets);
        float[] first = Arrays.copyOf(moons.getFeatures(), 2);
        double[] mean;
        try (TrainedEnsemble trained = mlp().fit(withTargets)) {
            trained.optClassNames(List.of("moon", "one")).save(numbers);
            mean = trained.predictNumbers(withTargets).getMeans()[0];
        }
        try (ZooModel<float[], EnsembleRegression> model =
                        ModelFolders.load(numbers, float[].class, EnsembleRegression.class);
                Predictor<float[], EnsembleRegression> predictor = model.newPredictor()) {
            EnsembleRegression answer = predictor.predict(first);
            assertArrayEquals(mean, answer.getMean(), 1e-6);
            assertEquals(List.of("moon", "one"), answer.getNames());
            assertEquals(3, answer.getMemberValues().length);
        }
        LabeledData withLabels = moons.withMultiLabels(labels);
        double[] probabilities;
        try (TrainedEnsemble trained = mlp().fit(withLabels)) {
            trained.save(several);
            assertEquals(Task.MULTI_LABEL, trained.getDescription().task());
            probabilities = trained.predictLabels(withLabels).getProbabilities()[0];
        }
        try (ZooModel<float[], EnsembleLabels> model =
                        ModelFolders.load(several, float[].class, EnsembleLabels.class);
                Predictor<float[], EnsembleLabels> predictor = model.newPredictor()) {
            assertArrayEquals(probabilities, predictor.predict(first).getProbabilities(), 1e-6);
            assertFails(
                    "One example of the shape (2) has 2 numbers, but 1 are given",
                    () -> predictor.predict(new float[1]));
        }
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                ModelFolders.load(
                                        numbers, float[].class, EnsembleClassifications.class));
        assertTrue(error.getMessage().contains("answers with"), error.getMessage());
        IllegalArgumentException input =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ModelFolders.load(numbers, Image.class, EnsembleRegression.class));
        assertTrue(
                input.getMessage().contains("takes NDList, NDArray, float[], but not"),
                input.getMessage());
    }

    private static void assertFails(String part, Executable action) {
        TranslateException error = assertThrows(TranslateException.class, action);
        String message = error.getCause().getMessage();
        assertTrue(message.contains(part), message);
    }
}
