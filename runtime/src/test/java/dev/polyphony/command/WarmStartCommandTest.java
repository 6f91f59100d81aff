/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Mlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --warm-start} and what goes with it. */
class WarmStartCommandTest extends CommandFixture {

    private Path plain;

    @BeforeEach
    void save() throws IOException {
        plain = save("plain", 8);
    }

    private Path save(String name, int hidden) throws IOException {
        Path saved = folder.resolve(name);
        try (Model model = Model.newInstance(name)) {
            Mlp mlp = new Mlp(hidden, 2);
            mlp.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 2));
            model.setBlock(mlp);
            model.save(saved, "mlp");
        }
        return saved;
    }

    /** The training loss of an epoch, as the history has it. */
    private double loss(int epoch) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("history.csv"));
        List<String> header = List.of(lines.get(0).split(","));
        // the model's name may have a comma, so cells are counted from the end
        int fromEnd = header.size() - header.indexOf("training loss");
        String[] cells = lines.get(epoch).split(",");
        return Double.parseDouble(cells[cells.length - fromEnd]);
    }

    @Test
    void goesOnFromTheModelAndResumesWithIt() throws IOException {
        assertEquals(0, train("--quiet", "--epochs", "20", "--learning-rate", "0.02"), err);
        double drawn = loss(1);
        assertEquals(0, compare("--quiet", "--epochs", "20", "--overwrite"), err);
        Path row = Files.move(run.resolve("model/plain"), folder.resolve("row"));
        String start = row.toString();
        String[] warm = {"--quiet", "--overwrite", "--warm-start", start, "--spread", "0.01"};

        assertEquals(0, train(warm), err);

        assertTrue(loss(1) < drawn - 0.1, loss(1) + " against " + drawn);
        String text = Files.readString(run.resolve("run.json"));
        assertTrue(text.contains("\"--warm-start\": \"" + start + "\""), text);
        assertEquals(0, run(false, "evaluate", run.toString()), err);
        assertEquals(0, run(false, "resume", run.toString(), "--epochs", "3"), err);
        Path moved = Files.move(row, folder.resolve("moved"));
        assertEquals(0, run(false, "evaluate", run.toString()), err);
        assertEquals(1, run(false, "resume", run.toString(), "--epochs", "4"));
        assertOneLineOfError("There is no model to start from at " + start);
        String[] resume = {"resume", run.toString(), "--epochs", "4", "--warm-start"};
        assertEquals(1, run(false, with(resume, plain)));
        assertTrue(err.contains("start: plain model "), err);
        assertEquals(0, run(false, with(resume, moved)), err);
        assertEquals(
                5,
                Files.readAllLines(run.resolve("history.csv")).size(),
                "four epochs and the header");
    }

    private static String[] with(String[] args, Path path) {
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = path.toString();
        return all;
    }

    @Test
    void wrongModelsAreOneLine() throws IOException {
        Path wide = save("wide", 12);
        assertEquals(1, train("--quiet", "--warm-start", folder.resolve("none").toString()));
        assertOneLineOfError("There is no model to start from at " + folder.resolve("none"));
        assertFalse(Files.exists(run), "nothing is written before the model is read");
        assertEquals(1, train("--quiet", "--warm-start", csv.toString()));
        assertOneLineOfError(csv + " is no file of parameters by its name");
        assertEquals(1, train("--quiet", "--warm-start", wide.toString()));
        assertOneLineOfError("EnsembleMlp is not made from this Mlp");
        assertOneLineOfError("weight=(12, 2)");
        assertEquals(
                1,
                train("--quiet", "--warm-start=" + plain, "--warm-start=" + plain, "--overwrite"));
        assertOneLineOfError("has 3 members: start it from one model, or from one for each");
        assertEquals(1, train("--quiet", "--overwrite", "--warm-start=" + plain, "--freeze-trunk"));
        assertOneLineOfError("has no trunk that could be frozen while its heads are trained");
        assertOneLineOfError("leave --freeze-trunk out");
        assertEquals(1, compare("--quiet", "--overwrite", "--warm-start=" + wide));
        assertTrue(err.contains("the row 'packed': EnsembleMlp is not made from this Mlp"), err);
        assertTrue(err.contains("weight=(12, 2)"), err);
    }

    @Test
    void whatNeedsAModelSaysSo() {
        assertEquals(2, train("--spread", "0.1"));
        assertOneLineOfError("--spread needs a model to start from: give it with --warm-start");
        assertEquals(2, train("--freeze-trunk"));
        assertOneLineOfError("--freeze-trunk needs a model to start from");
        assertEquals(2, train("--warm-start", plain.toString(), "--spread", "-1"));
        assertOneLineOfError("The spread of a warm start must be at least 0, but is -1.0");
        assertEquals(2, train("--warm-start", plain.toString(), "--processes", "2"));
        assertOneLineOfError("leave it out with --processes");
        assertFalse(Files.exists(run), "a wrong call leaves nothing behind");
    }
}
