/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.JudgedExample;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Reading;
import dev.polyphony.report.chart.ImageGrid;
import dev.polyphony.report.chart.Titles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Images that the best row is unsure of, and those that it is sure of and wrong. */
final class ExampleSections {

    private static final int SHOWN = 12;

    private ExampleSections() {}

    static List<Section> of(Report report) {
        Result best = new Noise(report).best();
        if (best.extras().images().isEmpty()) {
            return List.of();
        }
        TestImages images = best.extras().images().get();
        Evaluation evaluation = best.classification();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(
                picture(
                        images,
                        "Most uncertain",
                        evaluation.getMostUncertain(),
                        "The examples of the highest entropy of %s.".formatted(best.name())));
        if (!evaluation.getMostConfidentlyWrong().isEmpty()) {
            pictures.add(
                    picture(
                            images,
                            "Most confidently wrong",
                            evaluation.getMostConfidentlyWrong(),
                            "The wrong answers of %s with the highest confidence: worth a look, as labels may be wrong too."
                                    .formatted(best.name())));
        }
        return List.of(
                new Section(
                        "Examples",
                        List.of(
                                new Reading(
                                        "Under each image: what the model says; the label, if that is"
                                                + " something else; how sure the model is; and its entropy in"
                                                + " nats (0 is certain)."),
                                new Gallery(pictures))));
    }

    private static Picture picture(
            TestImages images, String title, List<JudgedExample> examples, String caption) {
        List<ImageGrid.Cell> cells =
                examples.stream().limit(SHOWN).map(example -> cell(images, example)).toList();
        return Picture.of(
                Picture.nameOf("examples", title),
                title,
                caption,
                new ImageGrid(new Titles(title, ""), cells).toDrawing());
    }

    private static ImageGrid.Cell cell(TestImages images, JudgedExample example) {
        List<String> lines =
                List.of(
                        "says " + images.name(example.predicted()),
                        example.isCorrect() ? "right" : "label " + images.name(example.label()),
                        Words.percent(example.confidence(), 0) + " sure",
                        String.format(Locale.ROOT, "entropy %.2f", example.entropy()));
        return new ImageGrid.Cell(
                images.reader().apply(example.index()), lines, !example.isCorrect());
    }
}
