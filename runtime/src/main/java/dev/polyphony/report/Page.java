/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static dev.polyphony.evaluate.Metrics.ACCURACY;
import static dev.polyphony.evaluate.Metrics.AUROC;
import static dev.polyphony.evaluate.Metrics.BRIER;
import static dev.polyphony.evaluate.Metrics.DISAGREEMENT;
import static dev.polyphony.evaluate.Metrics.ECE;
import static dev.polyphony.evaluate.Metrics.EXPECTED_ENTROPY;
import static dev.polyphony.evaluate.Metrics.HALF_OPEN_ECE;
import static dev.polyphony.evaluate.Metrics.MEMBER_ACCURACY;
import static dev.polyphony.evaluate.Metrics.MEMBER_NLL;
import static dev.polyphony.evaluate.Metrics.MUTUAL_INFORMATION;
import static dev.polyphony.evaluate.Metrics.NLL;
import static dev.polyphony.evaluate.Metrics.PREDICTIVE_ENTROPY;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Grid;
import dev.polyphony.report.Section.Terms;
import dev.polyphony.report.Section.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a report shows, in order, before it is rendered.
 *
 * @param title the title
 * @param introduction a paragraph, perhaps empty
 * @param sections the rest
 */
record Page(String title, String introduction, List<Section> sections) {

    /** The metrics in the main table; the others follow below. */
    private static final List<Metric> MAIN =
            List.of(ACCURACY, NLL, BRIER, ECE, MUTUAL_INFORMATION, DISAGREEMENT);

    private static final List<Metric> FURTHER =
            List.of(
                    MEMBER_ACCURACY,
                    MEMBER_NLL,
                    PREDICTIVE_ENTROPY,
                    EXPECTED_ENTROPY,
                    HALF_OPEN_ECE);

    private static final List<UncertaintyScore> SCORES =
            List.of(
                    UncertaintyScore.PREDICTIVE_ENTROPY,
                    UncertaintyScore.MUTUAL_INFORMATION,
                    UncertaintyScore.MAX_PROBABILITY);

    private static final UncertaintyScore MAIN_SCORE = SCORES.get(0);

    static Page of(Report report) {
        List<Section> sections = new ArrayList<>();
        sections.add(results(report));
        if (!report.getFacts().isEmpty()) {
            sections.add(new Section("What was done", List.of(new Terms(report.getFacts()))));
        }
        if (report.getResults().size() > 1) {
            sections.add(new Section("Side by side", List.of(new Gallery(bars(report)))));
        }
        sections.add(calibration(report));
        for (String set : foreignSets(report)) {
            sections.add(outOfDistribution(report, set));
        }
        report.getPictures()
                .forEach(
                        (heading, own) ->
                                sections.add(new Section(heading, List.of(new Gallery(own)))));
        sections.add(further(report));
        sections.add(terms(report));
        return new Page(
                report.getTitle(), report.getIntroduction(), withDistinctPictureNames(sections));
    }

    /** Numbers pictures of equal names, so that none overwrites another. */
    private static List<Section> withDistinctPictureNames(List<Section> sections) {
        Set<String> names = new HashSet<>();
        return sections.stream()
                .map(
                        section ->
                                new Section(
                                        section.heading(),
                                        section.blocks().stream()
                                                .map(
                                                        block ->
                                                                withDistinctPictureNames(
                                                                        block, names))
                                                .toList()))
                .toList();
    }

    private static Section.Block withDistinctPictureNames(Section.Block block, Set<String> names) {
        if (!(block instanceof Gallery gallery)) {
            return block;
        }
        List<Picture> distinct = new ArrayList<>();
        for (Picture picture : gallery.pictures()) {
            String name = picture.getName();
            for (int n = 2; !names.add(name); n++) {
                name = picture.getName() + "-" + n;
            }
            distinct.add(name.equals(picture.getName()) ? picture : picture.withName(name));
        }
        return new Gallery(distinct);
    }

    /** The columns of the main table that say how good an ensemble is. */
    static List<Column> quality(Report report) {
        return Stream.concat(MAIN.stream().map(Column::quality), mainDetection(report).stream())
                .toList();
    }

    /** The columns of the main table that say what it cost. */
    static List<Column> cost() {
        return Metrics.getCost().stream().map(Column::cost).toList();
    }

    /** All pictures, in order; their names are distinct. */
    List<Picture> pictures() {
        return sections.stream()
                .flatMap(section -> section.blocks().stream())
                .filter(Gallery.class::isInstance)
                .flatMap(block -> ((Gallery) block).pictures().stream())
                .toList();
    }

    private static Section results(Report report) {
        return new Section(
                "Results",
                List.of(
                        new Grid(
                                new Table(
                                        "Quality on the test set, and cost",
                                        Stream.concat(quality(report).stream(), cost().stream())
                                                .toList(),
                                        report.getResults())),
                        new Text(reading(report))));
    }

    /** How to read the main table. */
    private static String reading(Report report) {
        int examples = report.getResults().get(0).evaluation().getExamples();
        double accuracy =
                report.getResults().stream()
                        .mapToDouble(result -> result.evaluation().getValue(ACCURACY))
                        .max()
                        .orElseThrow();
        String reading =
                report.getResults().size() > 1
                        ? "Bold marks the best value of a column, to the digits shown; mutual"
                                + " information and disagreement describe, neither end is better."
                                + " Each row is one training run, so small differences are chance: "
                        : "This is one training run, and another seed gives somewhat other numbers: ";
        return reading
                + String.format(
                        Locale.ROOT,
                        "with %,d test examples, an accuracy of %s has a standard error of %.4f.",
                        examples,
                        ACCURACY.format(accuracy),
                        Math.sqrt(accuracy * (1 - accuracy) / examples));
    }

    private static List<Picture> bars(Report report) {
        Stream<Column> quality =
                quality(report).stream().filter(column -> !column.metric().equals(ACCURACY));
        List<Column> columns =
                Stream.of(Stream.of(Column.errorRate()), quality, cost().stream())
                        .flatMap(Function.identity())
                        .toList();
        return columns.stream().map(column -> Charts.bars(column, report.getResults())).toList();
    }

    private static List<Column> mainDetection(Report report) {
        return foreignSets(report).stream()
                .map(set -> Column.detection(set, MAIN_SCORE, AUROC, AUROC.title() + " " + set))
                .toList();
    }

    private static Section calibration(Report report) {
        List<Result> rows = report.getResults();
        List<Picture> diagrams =
                IntStream.range(0, rows.size())
                        .mapToObj(r -> Charts.reliability(rows.get(r), r))
                        .toList();
        return new Section(
                "Calibration: can the confidence be believed?",
                List.of(
                        new Text(
                                "Of the answers with confidence 0.8, four fifths should be right:"
                                        + " then the bars end on the dashed line. The hatched part is"
                                        + " the gap: a bar below the line is over-confident, one above"
                                        + " it under-confident. Bars of few examples vary a lot; the"
                                        + " calibration error (ECE) weights each by its examples."),
                        new Gallery(diagrams)));
    }

    private static Section outOfDistribution(Report report, String set) {
        List<Result> rows = report.getResults();
        List<Column> columns =
                SCORES.stream()
                        .flatMap(
                                score ->
                                        Metrics.getDetection().stream()
                                                .map(
                                                        metric ->
                                                                Column.detection(
                                                                        set,
                                                                        score,
                                                                        metric,
                                                                        score.getTitle()
                                                                                + ": "
                                                                                + metric.title())))
                        .toList();
        List<Picture> histograms = List.of();
        return new Section(
                "Out of distribution: " + set,
                List.of(
                        new Text(
                                "Inputs that the model was not made for should make it unsure. The"
                                        + " table says how well each kind of uncertainty tells them"
                                        + " from the test set; the pictures show one, the predictive"
                                        + " entropy. The less the two sets overlap, the better."),
                        new Grid(new Table("Telling " + set + " from the test set", columns, rows)),
                        new Gallery(histograms)));
    }

    private static Section further(Report report) {
        List<Column> columns = FURTHER.stream().map(Column::quality).toList();
        return new Section(
                "Members and further figures",
                List.of(new Grid(new Table("On the test set", columns, report.getResults()))));
    }

    private static Section terms(Report report) {
        Map<String, String> terms = new LinkedHashMap<>();
        List<Metric> detection = foreignSets(report).isEmpty() ? List.of() : Metrics.getDetection();
        Stream.of(MAIN, detection, Metrics.getCost(), FURTHER)
                .flatMap(List::stream)
                .forEach(metric -> terms.put(metric.getLabel(), explanation(metric)));
        List<String> logits =
                report.getResults().stream().filter(Page::poolsLogits).map(Result::name).toList();
        if (!logits.isEmpty()) {
            terms.computeIfPresent(
                    MUTUAL_INFORMATION.getLabel(),
                    (label, meaning) ->
                            meaning
                                    + " It is always that of the mean of the members' probabilities:"
                                    + " where logits are pooled (%s), entropy less expected entropy is another number."
                                            .formatted(String.join(", ", logits)));
        }
        return new Section("What the numbers mean", List.of(new Terms(terms)));
    }

    private static boolean poolsLogits(Result result) {
        Evaluation evaluation = result.evaluation();
        return evaluation.getMembers() > 1 && evaluation.getAggregation() == Aggregation.LOGITS;
    }

    private static String explanation(Metric metric) {
        return switch (metric.better()) {
            case HIGHER, LOWER ->
                    metric.meaning()
                            + " "
                            + metric.better().name().charAt(0)
                            + metric.better().name().substring(1).toLowerCase(Locale.ROOT)
                            + " is better.";
            case NEITHER -> metric.meaning();
        };
    }

    /** The foreign sets of all results, in the order of the first. */
    private static Set<String> foreignSets(Report report) {
        Set<String> sets = new LinkedHashSet<>();
        for (Result result : report.getResults()) {
            Evaluation evaluation = result.evaluation();
            sets.addAll(evaluation.getDetections().keySet());
        }
        return sets;
    }
}
