/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.harness.TestHarness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as DJL Serving makes them: with the folder and the two types alone. */
class ServingTest {

    @TempDir private Path folder;

    private static ZooModel<Input, Output> load(Path saved) throws Exception {
        return Criteria.builder()
                .setTypes(Input.class, Output.class)
                .optModelPath(saved)
                .build()
                .loadModel();
    }

    private static Input request(String type, byte[] data) {
        Input input = new Input();
        if (type != null) {
            input.addProperty("Content-Type", type);
        }
        input.add("data", data);
        return input;
    }

    private static Input json(String text) {
        return request("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonElement read(Output output) {
        assertEquals("application/json", output.getProperty("Content-Type", ""));
        return JsonParser.parseString(output.getData().getAsString());
    }

    private static double probability(JsonElement answer, String name) {
        for (JsonElement one : answer.getAsJsonObject().getAsJsonArray("classifications")) {
            if (one.getAsJsonObject().get("className").getAsString().equals(name)) {
                return one.getAsJsonObject().get("probability").getAsDouble();
            }
        }
        throw new AssertionError(answer);
    }

    private LabeledData table() throws Exception {
        LabeledData moons = TestData.moons(40, 0.1, 2);
        List<String> lines = new ArrayList<>(List.of("label,x,y"));
        for (int i = 0; i < 40; i++) {
            lines.add(
                    moons.getLabels()[i]
                            + ","
                            + moons.getFeatures()[2 * i]
                            + ","
                            + moons.getFeatures()[2 * i + 1]);
        }
        Path csv = Files.write(folder.resolve("moons.csv"), lines);
        return CsvFiles.read(csv, null, 1);
    }

    @Test
    void rowsAndArraysAreAnsweredInJson() throws Exception {
        LabeledData data = table();
        Path saved = folder.resolve("model");
        Predictions expected;
        try (TrainedEnsemble trained =
                TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(2).fit(data)) {
            trained.save(saved);
            expected = trained.predict(data);
        }
        double[] p =
                Arrays.stream(expected.getProbabilities()).mapToDouble(row -> row[1]).toArray();
        float[] x = data.getFeatures();
        String first = "{\"x\": %s, \"y\": %s}".formatted(x[0], x[1]);
        String second = "{\"x\": %s, \"y\": %s, \"label\": 1}".formatted(x[2], x[3]);
        try (NDManager manager = NDManager.newBaseManager();
                ZooModel<Input, Output> model = load(saved);
                Predictor<Input, Output> predictor = model.newPredictor()) {
            NDArray point = manager.create(new float[] {x[0], x[1]});
            NDArray points = manager.create(Arrays.copyOf(x, 4), new Shape(2, 2));
            ByteArrayOutputStream npz = new ByteArrayOutputStream();
            new NDList(points).encode(npz, NDList.Encoding.NPZ);
            byte[] list = new NDList(point).encode();
            for (Input one :
                    List.of(
                            json(first),
                            json("[" + x[0] + ", " + x[1] + "]"),
                            request(null, first.getBytes(StandardCharsets.UTF_8)),
                            request("tensor/ndlist", list),
                            request("application/octet-stream", list),
                            request("tensor/npy", npy(x[0], x[1])),
                            request(null, npy(x[0], x[1])),
                            request(null, list))) {
                Output output = predictor.predict(one);
                assertEquals(200, output.getCode(), output.getMessage());
                JsonObject answer = read(output).getAsJsonObject();
                assertEquals(p[0], probability(answer, "1"), 1e-6);
                assertTrue(answer.getAsJsonObject("uncertainty").has("mutualInformation"));
                assertEquals(3, answer.getAsJsonArray("members").size());
            }
            for (Input two :
                    List.of(
                            json("[" + first + ", " + second + "]"),
                            json("{\"rows\": [" + first + ", " + second + "]}"),
                            json("[[%s, %s], [%s, %s]]".formatted(x[0], x[1], x[2], x[3])),
                            request("tensor/npz", npz.toByteArray()))) {
                JsonElement answers = read(predictor.predict(two));
                assertEquals(2, answers.getAsJsonArray().size());
                assertEquals(p[0], probability(answers.getAsJsonArray().get(0), "1"), 1e-6);
                assertEquals(p[1], probability(answers.getAsJsonArray().get(1), "1"), 1e-6);
            }
        }
    }

    /** As NumPy's {@code save} writes two numbers. */
    private static byte[] npy(float... numbers) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
        header += " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(136).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }

    /** A wrong request spoils none of those that happen to be answered with it. */
    @Test
    void wrongRequestsAreAnsweredByThemselves() throws Exception {
        LabeledData data = table();
        Path saved = folder.resolve("model");
        ModelFolders.save(
                TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(1), data, saved);
        try (NDManager manager = NDManager.newBaseManager();
                ZooModel<Input, Output> model = load(saved);
                Predictor<Input, Output> predictor = model.newPredictor()) {
            byte[] wrong = new NDList(manager.ones(new Shape(3))).encode();
            List<Output> outputs =
                    predictor.batchPredict(
                            List.of(
                                    json("{\"x\": 1, \"y\": 2}"),
                                    json("{\"x\": 1, \"z\": 2}"),
                                    json("[{\"x\": 1, \"y\": 2}, {\"x\": 1, \"y\": \"high\"}]"),
                                    json("{\"x\": "),
                                    new Input(),
                                    request("tensor/ndlist", wrong),
                                    request("tensor/ndlist", new byte[] {0, 0, 0, 1, 9}),
                                    request("image/png", new byte[] {1, 2}),
                                    request("text/plain", "hello".getBytes(StandardCharsets.UTF_8)),
                                    request("tensor/npy", npy(1, Float.NaN)),
                                    json("[[1, 2], [3, 4], [5, 6]]")));
            List<String> errors =
                    List.of(
                            "",
                            "(missing: y; unknown: z); it takes: x, y",
                            "Row 2: column 'y' is not a number: 'high'",
                            "The request is no JSON",
                            "The request has no data: send a JSON object with x, y",
                            "One example has the shape (2), but the input has (3)",
                            "The request has no array that can be read",
                            "The model takes no images",
                            "The request of type 'text/plain' cannot be read",
                            "or the input holds such values",
                            "");
            for (int i = 0; i < errors.size(); i++) {
                Output output = outputs.get(i);
                assertEquals(errors.get(i).isEmpty() ? 200 : 400, output.getCode());
                if (!errors.get(i).isEmpty()) {
                    String error = read(output).getAsJsonObject().get("error").getAsString();
                    assertTrue(error.contains(errors.get(i)), error);
                    assertEquals(error, output.getMessage());
                }
            }
            assertEquals(3, read(outputs.get(10)).getAsJsonArray().size());
            assertEquals(400, predictor.predict(json("[]")).getCode());
        }
    }

    @Test
    void imagesComeAsTheirBytes() throws Exception {
        LabeledData stripes = TestData.stripes(30, 3);
        Path saved = folder.resolve("model");
        byte[] png = png(new int[36]);
        EnsembleClassifications expected;
        try (TrainedEnsemble trained = ModelFolders.cnn(3).fit(stripes)) {
            trained.optInput(ImageFormat.of(stripes.getShape()))
                    .optClassNames(List.of("top", "middle", "bottom"))
                    .save(saved);
            try (Predictor<float[], EnsembleClassifications> own =
                    trained.newPredictor(float[].class, EnsembleClassifications.class)) {
                expected = own.predict(new float[36]);
            }
        }
        try (ZooModel<Input, Output> model = load(saved);
                Predictor<Input, Output> predictor = model.newPredictor()) {
            String text = "{\"image\": \"" + Base64.getEncoder().encodeToString(png) + "\"}";
            for (Input input : List.of(request("image/png", png), request(null, png), json(text))) {
                JsonElement answer = read(predictor.predict(input));
                assertEquals(
                        expected.get("middle").getProbability(),
                        probability(answer, "middle"),
                        1e-9);
            }
            assertEquals(400, predictor.predict(request("image/png", new byte[9])).getCode());
        }
    }

    private static byte[] png(int[] pixels) throws Exception {
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 6, 6, pixels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
