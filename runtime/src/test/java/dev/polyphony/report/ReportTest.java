/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.UncertaintyScore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes the report of made-up results and reads it back. */
class ReportTest {

    @TempDir private static Path folder;

    private static Report report;

    @BeforeAll
    static void write() throws IOException {
        report = Samples.report();
        assertEquals(folder.resolve("index.html"), report.writeTo(folder));
    }

    private static Document page() throws Exception {
        byte[] html = Files.readAllBytes(folder.resolve("index.html"));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html));
    }

    private static List<Element> elements(Element within, String tag) {
        NodeList nodes = within.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void pageIsWellFormedAndSelfContained() throws Exception {
        Element root = page().getDocumentElement();
        assertEquals("Moons & <stars>", elements(root, "h1").get(0).getTextContent());
        for (Element image : elements(root, "img")) {
            assertTrue(image.getAttribute("src").startsWith("data:image/png;base64,"));
            assertFalse(image.getAttribute("alt").isBlank());
        }
        assertEquals(List.of(), elements(root, "link"));
        assertEquals(List.of(), elements(root, "iframe"));
        for (Element script : elements(root, "script")) {
            assertEquals("", script.getAttribute("src"));
        }
        for (Element link : elements(root, "a")) {
            assertTrue(link.getAttribute("href").startsWith("#"), link.getAttribute("href"));
        }
    }

    @Test
    void everyPictureIsOnThePageAndInFiles() throws Exception {
        int figures = elements(page().getDocumentElement(), "figure").size();
        Set<String> written = new TreeSet<>();
        for (Path file : pictures()) {
            written.add(file.getFileName().toString());
            if (file.toString().endsWith(".svg")) {
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            } else {
                assertTrue(ImageIO.read(file.toFile()).getWidth() > 0, file.toString());
            }
        }
        assertEquals(2 * figures, written.size());
        for (String name :
                List.of(
                        "bars-training-time-s",
                        "reliability-batchensemble-additive",
                        "decision-mimo")) {
            assertTrue(written.contains(name + ".png"), written.toString());
            assertTrue(written.contains(name + ".svg"), written.toString());
        }
    }

    @Test
    void mainTableShowsEveryResult() throws Exception {
        Element table = elements(page().getDocumentElement(), "table").get(0);
        List<String> head =
                elements(elements(table, "thead").get(0), "th").stream()
                        .map(Element::getTextContent)
                        .toList();
        assertEquals("Accuracy", head.get(1));
        assertTrue(head.contains("AUROC rotated digits"), head.toString());
        assertTrue(head.contains("Forward calls"), head.toString());
        List<Element> rows = elements(elements(table, "tbody").get(0), "tr");
        assertEquals(report.getResults().size(), rows.size());
        for (int r = 0; r < rows.size(); r++) {
            Result result = report.getResults().get(r);
            List<Element> cells = elements(rows.get(r), "td");
            String name = elements(rows.get(r), "th").get(0).getTextContent();
            assertEquals(result.name() + result.settings(), name);
            assertEquals(
                    Metrics.ACCURACY.format(result.evaluation().getValue(Metrics.ACCURACY)),
                    cells.get(0).getTextContent());
            int calls = head.indexOf("Forward calls") - 1;
            assertEquals(
                    result.name().equals("Deep ensemble") ? "" : "best",
                    cells.get(calls).getAttribute("class"));
        }
    }

    @Test
    void jsonHoldsRawNumbers() throws Exception {
        JsonObject json =
                new Gson()
                        .fromJson(
                                Files.readString(folder.resolve("report.json")), JsonObject.class);
        assertEquals("polyphony-report/1", json.get("schema").getAsString());
        assertEquals("Moons & <stars>", json.get("title").getAsString());
        for (int r = 0; r < report.getResults().size(); r++) {
            Result result = report.getResults().get(r);
            JsonObject row = json.getAsJsonArray("results").get(r).getAsJsonObject();
            assertEquals(result.name(), row.get("name").getAsString());
            JsonObject quality = row.getAsJsonObject("quality");
            result.evaluation()
                    .getValues()
                    .forEach(
                            (m, value) -> {
                                JsonElement written = quality.get(m.key());
                                assertEquals(value.isNaN(), written.isJsonNull(), m.key());
                                assertTrue(
                                        value.isNaN() || value == written.getAsDouble(), m.key());
                            });
            assertEquals(
                    result.cost().parameters(),
                    row.getAsJsonObject("cost").get("parameters").getAsLong());
            assertEquals(15, row.getAsJsonArray("reliability").size());
            assertTrue(
                    row.getAsJsonArray("reliability")
                            .get(0)
                            .getAsJsonObject()
                            .get("accuracy")
                            .isJsonNull(),
                    "an empty bin");
            JsonObject letters =
                    row.getAsJsonObject("outOfDistribution").getAsJsonObject("letters");
            assertEquals(5, letters.size());
        }
        for (JsonElement picture : json.getAsJsonArray("pictures")) {
            String file = picture.getAsJsonObject().get("file").getAsString();
            assertTrue(Files.exists(folder.resolve(file)), file);
        }
    }

    private static double number(JsonElement value) {
        return value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }

    @Test
    void whatComesAfterTrainingHasItsTables() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("report.md"));
        int calibration = lines.indexOf("## After calibration");
        int sets = lines.indexOf("## Answering with sets of classes");
        assertTrue(calibration > 0 && calibration < sets, calibration + " and " + sets);
        String head =
                lines.subList(calibration, sets).stream()
                        .filter(line -> line.startsWith("| Model"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                "| Model | NLL (nats) | NLL after temperature, pooled | ECE | ECE after temperature, pooled |",
                head);
        Result mimo = report.getResults().get(1);
        double after = mimo.extras().calibrations().get(0).after().negativeLogLikelihood();
        assertTrue(after < mimo.evaluation().getValue(Metrics.NLL), "sampled under-confident");
        String row =
                lines.subList(calibration, sets).stream()
                        .filter(line -> line.startsWith("| MIMO"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(row.contains(Metrics.NLL.format(after)), row);
        String size = Metrics.NLL.format(mimo.extras().conformal().get(0).coverage());
        assertTrue(
                lines.subList(sets, sets + 20).stream()
                        .anyMatch(line -> line.startsWith("| MIMO") && line.contains(size)),
                size);
    }

    @Test
    void csvHoldsEveryNumberOnALine() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        assertEquals("row,seed,set,score,metric,value", lines.get(0));
        Result mimo = report.getResults().get(1);
        double brier = mimo.evaluation().getValue(Metrics.BRIER);
        assertTrue(lines.contains("MIMO,,,,brier," + brier));
        assertTrue(lines.contains("MIMO,,,,parameters,18310"));
        double auroc =
                mimo.detection("rotated digits", UncertaintyScore.PREDICTIVE_ENTROPY).getAuroc();
        assertTrue(lines.contains("MIMO,,rotated digits,predictiveEntropy,auroc," + auroc));
        assertTrue(lines.contains("Plain model,,,,qStatistic,"), "no pairs, no value");
        int numbers =
                Metrics.getQuality().size()
                        + 2 * UncertaintyScore.values().length * Metrics.getDetection().size()
                        + Metrics.getCost().size();
        assertEquals(1 + report.getResults().size() * numbers, lines.size());
    }

    @Test
    void markdownHoldsTheTableAndLinks() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("report.md"));
        assertEquals("# Moons & \\<stars\\>", lines.get(0));
        assertTrue(lines.contains("- **Data**: 600 \\| points"));
        String deep =
                lines.stream()
                        .filter(l -> l.startsWith("| Deep ensemble"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(deep.contains(" **0.9250** |"), deep);
        assertTrue(deep.endsWith(" 33.9 | 5.8 |"), deep);
        String head = lines.stream().filter(l -> l.startsWith("| Model")).findFirst().orElseThrow();
        assertEquals(columns(head), columns(deep));
        for (String line : lines) {
            if (line.startsWith("![")) {
                String file = line.substring(line.lastIndexOf('(') + 1, line.length() - 1);
                assertTrue(Files.exists(folder.resolve(file)), line);
            }
        }
        int mimo = lines.indexOf("![Reliability of MIMO](pictures/reliability-mimo.svg)");
        assertTrue(lines.get(mimo + 2).startsWith("MIMO: mean confidence 0."), "a caption");
        assertTrue(lines.indexOf("## Results") < lines.indexOf("## What was done"));
        assertTrue(lines.indexOf("## Side by side") < lines.indexOf("## What was done"));
    }

    private static long columns(String row) {
        return row.replace("\\|", "").chars().filter(c -> c == '|').count();
    }

    @Test
    void nothingTemporaryIsLeft() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    Set.of("index.html", "report.md", "report.json", "results.csv"),
                    files.filter(Files::isRegularFile)
                            .map(f -> f.getFileName().toString())
                            .filter(f -> !f.endsWith(".png") && !f.endsWith(".svg"))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void writingAgainGivesTheSameBytes() throws Exception {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Page page = Page.of(Samples.report());
            assertSame("index.html", HtmlPage.of(page));
            assertSame("report.md", MarkdownPage.of(page));
            assertSame("report.json", JsonDocument.of(report, page.pictures()));
            assertSame("results.csv", CsvTable.of(report));
        } finally {
            Locale.setDefault(usual);
        }
    }

    private static void assertSame(String file, String text) throws IOException {
        assertEquals(Files.readString(folder.resolve(file)), text, file);
    }

    @Test
    void errorNamesTheFile(@TempDir Path other) throws Exception {
        Path file = Files.writeString(other.resolve("taken"), "not a folder");
        Exception e = assertThrows(IOException.class, () -> report.writeTo(file));
        assertTrue(e.getMessage().startsWith("cannot write " + file), e.getMessage());
        assertEquals("not a folder", Files.readString(file));
    }

    @Test
    void picturesOfEqualNamesAreNumbered(@TempDir Path other) throws Exception {
        Cost cost = new Cost(1, 1, 1, Double.NaN);
        Report twins =
                Report.builder()
                        .setTitle("Twins")
                        .addResult(Samples.result("A+B", "", 1, 1, cost))
                        .addResult(Samples.result("A B", "", 1, 1, cost))
                        .build();
        twins.writeTo(other);
        assertTrue(Files.exists(other.resolve("pictures/reliability-a-b.png")));
        assertTrue(Files.exists(other.resolve("pictures/reliability-a-b-2.png")));
    }

    @Test
    void mutualInformationIsExplainedWhereLogitsArePooled() {
        Predictions pooled =
                Predictions.of(
                        new float[] {0, 1, 2, 0, 0, 3, 1, 0},
                        new int[] {0, 1},
                        2,
                        2,
                        Aggregation.LOGITS);
        Cost cost = new Cost(1, 1, 1, Double.NaN);
        Report one =
                Report.builder()
                        .setTitle("One")
                        .addResult(Samples.result("packed", "", 2, 1, cost))
                        .addResult(new Result("MixMo", "", Evaluation.of(pooled, Map.of()), cost))
                        .build();
        assertTrue(
                MarkdownPage.of(Page.of(one))
                        .contains(
                                "where logits are pooled (MixMo), entropy less expected entropy is"
                                        + " another number."));
        assertFalse(MarkdownPage.of(Page.of(report)).contains("logits are pooled"));
    }

    @Test
    void oneResultIsNotCompared(@TempDir Path other) throws Exception {
        Report single =
                Report.builder().setTitle("One").addResult(report.getResults().get(1)).build();
        single.writeTo(other);
        String page = Files.readString(other.resolve("report.md"));
        assertFalse(page.contains("**0.9017**"), "a best of one");
        assertFalse(page.contains("Bold marks"));
        assertFalse(page.contains("Each row"));
        assertTrue(page.contains("This is one training run"));
        assertFalse(Files.exists(other.resolve("pictures/bars-brier.png")));
        assertTrue(Files.exists(other.resolve("pictures/reliability-mimo.png")));
    }

    @Test
    void incompleteReportsAreRefused() {
        Result result = report.getResults().get(0);
        assertThrows(NullPointerException.class, () -> Report.builder().addResult(result).build());
        assertThrows(
                IllegalArgumentException.class, () -> Report.builder().setTitle("Empty").build());
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Report.builder()
                                        .setTitle("Twice")
                                        .addResult(result)
                                        .addResult(result)
                                        .build());
        assertTrue(e.getMessage().contains("'Plain model'"), e.getMessage());
    }
}
