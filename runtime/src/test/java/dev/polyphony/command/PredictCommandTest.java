/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TestHarness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.AnswerRule;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PredictCommandTest extends CommandFixture {

    private int predict(Path model, Path data, String... more) {
        String[] args = new String[5 + more.length];
        args[0] = "predict";
        args[1] = "--model";
        args[2] = model.toString();
        args[3] = "--data";
        args[4] = data.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return run(false, args);
    }

    @Test
    void answersRowsAsTheModelDoes() throws IOException {
        assertEquals(0, train(), err);
        Path answers = folder.resolve("answers.csv");
        Path model = run.resolve("model");
        assertEquals(
                0, predict(model, csv, "--output", answers.toString(), "--batch-size", "7"), err);
        assertTrue(out.startsWith("Answers: "), out);
        List<String> lines = Files.readAllLines(answers);
        assertEquals(
                "example,predicted,probability,abstained,entropy,expectedEntropy,mutualInformation,variationRatio,disagreement,p(0),p(1)",
                lines.get(0));
        assertEquals(201, lines.size());
        Predictions expected;
        try (TrainedEnsemble loaded =
                TestHarness.of("packed", PackedForm.of(3), 8, 2).load(model)) {
            expected = loaded.predict(CsvFiles.read(csv, null, 1));
        }
        double[] information = UncertaintyScore.MUTUAL_INFORMATION.of(expected);
        for (int i = 0; i < 200; i++) {
            String[] cells = lines.get(i + 1).split(",");
            assertEquals(Integer.toString(i + 1), cells[0]);
            assertEquals(Integer.toString(expected.getPredicted()[i]), cells[1]);
            assertEquals(expected.getConfidence()[i], Double.parseDouble(cells[2]), 1e-6);
            assertEquals("false", cells[3]);
            assertEquals(information[i], Double.parseDouble(cells[6]), 1e-6);
            assertEquals(expected.getProbabilities()[i][1], Double.parseDouble(cells[10]), 1e-6);
        }
    }

    @Test
    void columnsMayStandInAnyOrder() throws IOException {
        assertEquals(0, train(), err);
        Path named = Files.writeString(folder.resolve("named.csv"), "y,x\n0.25,0.5\n");
        Path plain = Files.writeString(folder.resolve("plain.csv"), "0.5,0.25\n");
        assertEquals(0, predict(run.resolve("model"), named), err);
        String answer = out;
        assertEquals(2, answer.lines().count());
        assertEquals(0, predict(run.resolve("model"), plain), err);
        assertEquals(answer, out);
        assertEquals(
                0,
                run(
                        true,
                        "predict",
                        "--model",
                        run.resolve("model").toString(),
                        "--data",
                        plain.toString()),
                err);
        assertEquals(answer, out);
    }

    @Test
    void theRunsMetricsAreInTheFolder() throws IOException {
        assertEquals(0, train(), err);
        double accuracy =
                ModelFolder.open(run.resolve("model")).getDescription().metrics().get("accuracy");
        assertTrue(out.contains(String.format(java.util.Locale.ROOT, "%.4f", accuracy)), out);
    }

    @Test
    void answersImages() throws IOException {
        PackedForm form = PackedForm.of(2);
        Harness harness =
                new Harness(
                        "Cnn, packed",
                        () -> new EnsembleCnn(form, 3),
                        Recipe.of(form),
                        null,
                        Arguments.of("classes", 3)) {}.optEpochs(1).optProgress(Progress.none());
        Path model = folder.resolve("cnn");
        AbstentionRule never = new AbstentionRule(UncertaintyScore.MAX_PROBABILITY, -1);
        try (TrainedEnsemble trained = harness.fit(TestData.stripes(30, 1))) {
            trained.optInput(ImageFormat.of(new Shape(1, 6, 6)))
                    .optClassNames(List.of("top", "middle, or so", "bottom"))
                    .optAnswers(AnswerRule.of(Aggregation.PROBABILITIES).withAbstention(never))
                    .save(model);
        }
        Path images = Files.createDirectories(folder.resolve("images/deep"));
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(image, "png", images.resolve("b.png").toFile());
        ImageIO.write(image, "png", folder.resolve("images/a.png").toFile());
        assertEquals(0, predict(model, folder.resolve("images")), err);
        List<String> lines = out.lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).endsWith("p(top),\"p(middle, or so)\",p(bottom)"), lines.get(0));
        assertTrue(lines.get(1).startsWith("a.png,"), out);
        assertTrue(lines.get(2).startsWith(Path.of("deep", "b.png") + ","), out);
        assertTrue(lines.get(1).contains(",true,"), out);
        assertEquals(0, predict(model, images.resolve("b.png")), err);
        assertEquals(2, out.lines().count());
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path none = folder.resolve("none");
        assertEquals(1, predict(none, csv));
        assertOneLineOfError("There is no model folder " + none);
        assertEquals(0, train(), err);
        Path model = run.resolve("model");
        assertEquals(1, predict(model, none));
        assertOneLineOfError("There is no file " + none);
        assertEquals(1, predict(model, folder));
        assertOneLineOfError(folder + " is a folder, but the model takes rows of numbers");
        assertEquals(2, predict(run, csv));
        assertOneLineOfError(run + " is the folder of a run");
        assertOneLineOfError("--model " + model);
        Path wide = Files.writeString(folder.resolve("wide.csv"), "0,1,2,3\n");
        assertEquals(1, predict(model, wide));
        assertOneLineOfError("wide.csv:1: 4 numbers in a row, but 2 are expected: if there is a");
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "x,z\n1,2\n");
        Path answers = folder.resolve("answers.csv");
        assertEquals(1, predict(model, wrong, "--output", answers.toString()));
        assertOneLineOfError(
                "wrong.csv:1: The columns are not those that the model was trained on (missing: y; unknown: z)");
        Path text = Files.writeString(folder.resolve("text.csv"), "x,y\n1,2\n3,high\n");
        assertEquals(1, predict(model, text, "--output", answers.toString()));
        assertOneLineOfError("text.csv:3: column 'y' is not a number: 'high'");
        assertFalse(Files.exists(answers));
        assertEquals(2, predict(model, csv, "--batch-size", "0"));
        assertOneLineOfError("--batch-size must be at least 1");
        assertEquals(2, run(false, "predict", "--data", csv.toString()));
        assertOneLineOfError("Missing required option: '--model=DIR'");
    }
}
