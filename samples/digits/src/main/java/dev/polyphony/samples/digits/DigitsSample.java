/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.digits;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Comparison;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains the plain network, its forms and a deep ensemble on 1,797 handwritten digits, judges them
 * on digits that they have not seen and on images that are no digits, and writes a page.
 */
public final class DigitsSample {

    private static final Shape IMAGE = new Shape(1, 8, 8);
    private static final int CLASSES = 10;

    private DigitsSample() {}

    /**
     * Runs the sample.
     *
     * @param args the folder for the report
     * @throws IOException if the report cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "report");
        Report report = compare(newComparison().optEpochs(30));
        report.print(System.out);
        Path page = report.writeTo(folder).toAbsolutePath();
        System.out.println("Page:      " + page);
        System.out.println("Pictures:  " + page.resolveSibling("pictures"));
        System.out.println("Table:     " + page.resolveSibling("report.md"));
    }

    static Comparison newComparison() {
        return DigitNetComparison.of(16, CLASSES).optBatchSize(64).optLearningRate(3e-3).optSeed(1);
    }

    static Report compare(Comparison comparison) throws IOException {
        LabeledData digits = LabeledData.ofCsv(DigitsSample.class, "digits.csv", IMAGE, 1.0 / 16);
        LabeledData[] parts = digits.splitStratified(1, 0.6, 0.15, 0.25);
        LabeledData train = parts[0];
        LabeledData validation = parts[1];
        LabeledData test = parts[2];
        Map<String, LabeledData> noDigits = new LinkedHashMap<>();
        noDigits.put("mirrored and turned", Transformed.turned(test));
        noDigits.put("shuffled pixels", Transformed.shuffled(test, 1));
        return comparison.run(train, validation, test, noDigits);
    }
}
