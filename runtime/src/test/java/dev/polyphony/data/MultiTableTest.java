/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiTableTest {

    @TempDir private Path folder;

    private static Map<String, Task> tasks() {
        Map<String, Task> tasks = new LinkedHashMap<>();
        tasks.put("kind", Task.CLASSIFICATION);
        tasks.put("faults", Task.MULTI_LABEL);
        tasks.put("load", Task.REGRESSION);
        return tasks;
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("data.csv"), List.of(lines));
    }

    @Test
    void columnsAreFoundByName() throws IOException {
        Path file =
                write(
                        "\uFEFFfaults.belt,log.0,log.1,kind,size,load,faults.bearing",
                        "1,3,4,0,0.5,2.5,0",
                        "",
                        ",5,6,,1.5,,",
                        "0,7,8,2,2.5,-1,1");
        List<MultiTable.Input> inputs =
                List.of(
                        new MultiTable.Input("size", null, MultiTable.Kind.NUMBERS, 2, false),
                        new MultiTable.Input(
                                "log", new Shape(2, 1), MultiTable.Kind.IDS, 1, false));
        MultiExamples read = MultiTable.of(file, inputs, tasks()).read(file);
        assertEquals(List.of("size", "log"), read.getInputs());
        assertArrayEquals(new float[] {1, 3, 5}, read.getInput("size").getFeatures());
        assertArrayEquals(new long[] {3, 4, 5, 6, 7, 8}, read.getInput("log").getIds());
        assertEquals(new Shape(2, 1), read.getInput("log").getShape());
        assertEquals(DataType.INT64, read.getInputFormat("log").dataType());
        assertArrayEquals(new int[] {0, 0, 2}, read.getClasses("kind"));
        assertEquals(3, read.getOutputs("kind"));
        assertArrayEquals(new boolean[] {true, false, true}, read.getKnown("kind"));
        assertArrayEquals(new float[] {1, 0, 0, 0, 0, 1}, read.getTargets("faults"));
        assertEquals(List.of("belt", "bearing"), read.getOutputNames("faults"));
        assertArrayEquals(new float[] {2.5f, 0, -1}, read.getTargets("load"));
        assertArrayEquals(new boolean[] {true, false, true}, read.getKnown("load"));
    }

    /** As a model folder knows it: columns in any order, answers left out. */
    @Test
    void filesAreReadAsThoseBefore() throws IOException {
        Path first = write("a.0,a.1,kind,faults.x,faults.y,load", "1,2,0,0,1,7");
        MultiTable table = MultiTable.of(first, List.of(), tasks());
        MultiExamples read = table.read(first);
        MultiTable like =
                MultiTable.of(
                        table.getInputs(),
                        tasks(),
                        Map.of(
                                "kind", List.of("0", "1", "2"),
                                "faults", read.getOutputNames("faults"),
                                "load", read.getOutputNames("load")));
        Path other = write("load,faults.y,faults.x,kind,a.1,a.0", "7,1,0,2,2,1");
        MultiExamples again = like.read(other);
        assertArrayEquals(new float[] {1, 2}, again.getInput("a").getFeatures());
        assertArrayEquals(new float[] {0, 1}, again.getTargets("faults"));
        assertEquals(3, again.getOutputs("kind"));
        Path asked = write("a.1,a.0", "4,3");
        assertArrayEquals(new float[] {3, 4}, like.readInputs(asked).getInput("a").getFeatures());
        assertEquals(List.of(), like.readInputs(other).getAnswers());
    }

    @Test
    void imagesAreFiles() throws IOException {
        BufferedImage white = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        white.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {255, 0, 0, 255});
        ImageIO.write(white, "png", folder.resolve("white.png").toFile());
        Path file = write("photo,kind", "white.png,1");
        Map<String, Task> kind = Map.of("kind", Task.CLASSIFICATION);
        List<MultiTable.Input> inputs =
                List.of(
                        new MultiTable.Input(
                                "photo", new Shape(1, 2, 2), MultiTable.Kind.FILES, 1, false));
        MultiExamples read = MultiTable.of(file, inputs, kind).read(file);
        assertArrayEquals(new float[] {1, 0, 0, 1}, read.getInput("photo").getFeatures());
        Path missing = write("photo,kind", "black.png,1");
        assertEquals(
                "data.csv:2: 'photo' is the path of an image, but was 'black.png'",
                refusal(missing, inputs, kind));
    }

    private String refusal(Path file, List<MultiTable.Input> inputs, Map<String, Task> tasks) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> MultiTable.of(file, inputs, tasks).read(file))
                .getMessage()
                .replace(folder + "/", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,kind,faults,load | x,0,1,2 | data.csv:2: 'a' is a number, but was 'x'",
                "a,kind,faults,load | 1,0.5,1,2 | data.csv:2: 'kind' is a class, a whole number from 0, but was '0.5'",
                "a,kind,faults,load | 1,0,2,2 | data.csv:2: 'faults' is a label, 0 or 1, but was '2'",
                "a,kind,faults,load | 1,0,1,NaN | data.csv:2: 'load' is a finite number, but was 'NaN'",
                "a,kind,faults,load | 1,0,1 | data.csv:2: 3 fields, where the header has 4",
                "a,a,kind,faults,load | 1,1,0,1,2 | data.csv:1: two columns are named 'a': give each a name of its own",
                "a,kind,faults | 1,0,1 | data.csv:1: the task 'load' has its answers in a column load, or load.* for several, but the columns are: a, kind, faults",
                "a,kind.0,faults,load | 1,0,1,2 | data.csv:1: the task 'kind' has its answers in a column kind, but the columns are: a, kind.0, faults, load",
                "a,kind,faults.x,faults.y,load | 1,0,1,,2 | data.csv:2: 'faults.y' is known if the others of 'faults' are, but was ''",
                "kind,faults,load | 0,1,2 | data.csv has no columns beside those of the tasks: an example needs an input"
            })
    void wrongFilesAreToldByTheirLine(String header, String row, String message)
            throws IOException {
        assertEquals(message, refusal(write(header, row), List.of(), tasks()));
    }

    @Test
    void aFileNeedsAHeaderAndRows() throws IOException {
        assertEquals(
                "data.csv:1: the first line must name the columns by inputs and tasks, as image.0,image.1,digit",
                refusal(write("1,2,3"), List.of(), tasks()));
        assertEquals(
                "data.csv has no examples",
                refusal(write("a,kind,faults,load"), List.of(), tasks()));
        MultiTable known =
                MultiTable.of(write("a,kind,faults,load", "1,0,1,2"), List.of(), tasks());
        Path more = write("a,b,kind,faults,load", "1,2,0,1,2");
        assertEquals(
                more
                        + ":1: columns of neither the inputs [a] nor the tasks [kind, faults, load]: b",
                assertThrows(IllegalArgumentException.class, () -> known.read(more)).getMessage());
    }
}
