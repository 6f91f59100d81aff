/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.modality.Classifications;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Uncertainty;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.model.AnswerRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * An ensemble's answer about one example: the pooled probabilities, those of each member, how much
 * the members are unsure or disagree, and whether that is too much to answer.
 *
 * <p>Entropies are in nats. The predictive entropy is the sum of the expected entropy, which stays
 * however much data there is, and the mutual information, which comes from members that disagree;
 * exactly so where members are pooled by the mean of their probabilities without a temperature.
 */
public final class EnsembleClassifications extends Classifications {

    private static final long serialVersionUID = 1L;

    private final double[] pooled;
    private final double[][] memberProbabilities;
    private final AbstentionRule abstention;

    private EnsembleClassifications(
            List<String> classNames,
            double[] pooled,
            double[][] memberProbabilities,
            AbstentionRule abstention) {
        super(classNames, Arrays.stream(pooled).boxed().toList());
        this.pooled = pooled;
        this.memberProbabilities = memberProbabilities;
        this.abstention = abstention;
    }

    /**
     * Takes the members' scores.
     *
     * @param classNames the names of the classes
     * @param logits raw scores, {@code [M, C]} in row-major order
     * @param aggregation how the members' answers become one
     * @return the answer
     * @throws IllegalArgumentException if the scores are not some of each class, or not finite
     */
    public static EnsembleClassifications of(
            List<String> classNames, float[] logits, Aggregation aggregation) {
        return of(classNames, logits, AnswerRule.of(aggregation));
    }

    /**
     * Takes the members' scores.
     *
     * @param classNames the names of the classes
     * @param logits raw scores, {@code [M, C]} in row-major order
     * @param rule how the answer is made of them
     * @return the answer
     * @throws IllegalArgumentException if the scores are not some of each class, or not finite
     */
    public static EnsembleClassifications of(
            List<String> classNames, float[] logits, AnswerRule rule) {
        int classes = classNames.size();
        if (classes == 0 || logits.length == 0 || logits.length % classes != 0) {
            throw new IllegalArgumentException(
                    "%d scores cannot be those of members for %d classes: give the name of every class"
                            .formatted(logits.length, classes));
        }
        Predictions one =
                rule.apply(
                        Predictions.of(
                                logits, logits.length / classes, classes, rule.aggregation()));
        return new EnsembleClassifications(
                List.copyOf(classNames),
                one.getProbabilities()[0],
                one.getMemberProbabilities()[0],
                rule.abstention().orElse(null));
    }

    /**
     * Returns the probabilities of each member.
     *
     * @return the probabilities, {@code [M][C]}
     */
    public double[][] getMemberProbabilities() {
        return Arrays.stream(memberProbabilities).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the number of members.
     *
     * @return {@code M}
     */
    public int getMembers() {
        return memberProbabilities.length;
    }

    /**
     * Returns the uncertainty of this answer.
     *
     * @param score which
     * @return the score, higher for less certain answers
     */
    public double getUncertainty(UncertaintyScore score) {
        return score.of(pooled, memberProbabilities);
    }

    /**
     * Returns the predictive entropy, that of the pooled probabilities: all that is unsure.
     *
     * @return the entropy in nats, 0 to {@code log C}
     */
    public double getEntropy() {
        return getUncertainty(UncertaintyScore.PREDICTIVE_ENTROPY);
    }

    /**
     * Returns the mean of the members' entropies: what every member is unsure of by itself.
     *
     * @return the entropy in nats, 0 to {@code log C}
     */
    public double getExpectedEntropy() {
        return getUncertainty(UncertaintyScore.EXPECTED_ENTROPY);
    }

    /**
     * Returns the mutual information of answer and member: what members do not agree on. Large for
     * examples that are unlike the training data.
     *
     * @return the mutual information in nats, at least 0
     */
    public double getMutualInformation() {
        return getUncertainty(UncertaintyScore.MUTUAL_INFORMATION);
    }

    /**
     * Returns the share of members that name another class than the ensemble.
     *
     * @return the variation ratio, 0 to 1
     */
    public double getVariationRatio() {
        return getUncertainty(UncertaintyScore.VARIATION_RATIO);
    }

    /**
     * Returns how many pairs of members name different classes.
     *
     * @return the fraction of pairs, 0 to 1; 0 for one member
     */
    public double getDisagreement() {
        return Uncertainty.disagreement(memberProbabilities);
    }

    /**
     * Returns when this ensemble gives no answer.
     *
     * @return the rule; empty if it always answers
     */
    public Optional<AbstentionRule> getAbstentionRule() {
        return Optional.ofNullable(abstention);
    }

    /**
     * Returns whether the ensemble is too unsure to answer. The probabilities are there all the
     * same.
     *
     * @return whether the uncertainty is above the threshold; false without a rule
     */
    public boolean isAbstained() {
        return abstention != null && abstention.abstains(pooled, memberProbabilities);
    }

    /**
     * Joins the answers of several models about the same example: that of one ensemble which has
     * all their members. The members of all are put one after the other, and each counts the same:
     * the pooled probabilities are the mean of those of the models, weighted by their numbers of
     * members. An answer that is no ensemble's counts as one member. The rule of abstention stays
     * if all have the same; else there is none, as a threshold that was chosen for one model says
     * nothing about several.
     *
     * @param others the other answers
     * @return the joint answer
     * @throws IllegalArgumentException if one is of other classes, or of the same in another order
     */
    @Override
    public Classifications ensembleWith(Iterator<Classifications> others) {
        List<double[]> members = new ArrayList<>(List.of(memberProbabilities));
        double[] sum = Arrays.stream(pooled).map(p -> p * memberProbabilities.length).toArray();
        AbstentionRule rule = abstention;
        while (others.hasNext()) {
            Classifications other = others.next();
            if (!other.getClassNames().equals(getClassNames())) {
                throw new IllegalArgumentException(
                        "Answers about the classes %s and %s cannot be joined"
                                .formatted(getClassNames(), other.getClassNames()));
            }
            double[] probabilities =
                    other.getProbabilities().stream().mapToDouble(Double::doubleValue).toArray();
            double[][] own = {probabilities};
            AbstentionRule itsRule = null;
            if (other instanceof EnsembleClassifications ensemble) {
                own = ensemble.memberProbabilities;
                itsRule = ensemble.abstention;
            }
            members.addAll(List.of(own));
            for (int c = 0; c < sum.length; c++) {
                sum[c] += probabilities[c] * own.length;
            }
            rule = rule != null && rule.equals(itsRule) ? rule : null;
        }
        double[] mean = Arrays.stream(sum).map(p -> p / members.size()).toArray();
        return new EnsembleClassifications(
                getClassNames(), mean, members.toArray(double[][]::new), rule);
    }

    /**
     * Returns the answer as DJL Serving sends it: the best class, the {@code topK} best with their
     * probabilities, the uncertainty, whether the ensemble abstains, and what each member says.
     */
    @Override
    public JsonElement serialize() {
        JsonObject json = new JsonObject();
        Classification best = best();
        json.addProperty("className", best.getClassName());
        json.addProperty("probability", best.getProbability());
        json.addProperty("abstained", isAbstained());
        JsonObject uncertainty = new JsonObject();
        uncertainty.addProperty("entropy", getEntropy());
        uncertainty.addProperty("expectedEntropy", getExpectedEntropy());
        uncertainty.addProperty("mutualInformation", getMutualInformation());
        uncertainty.addProperty("variationRatio", getVariationRatio());
        uncertainty.addProperty("disagreement", getDisagreement());
        json.add("uncertainty", uncertainty);
        JsonArray classes = new JsonArray();
        for (Classification one : this.<Classification>topK()) {
            classes.add(classification(one.getClassName(), one.getProbability()));
        }
        json.add("classifications", classes);
        JsonArray members = new JsonArray();
        for (double[] own : memberProbabilities) {
            int top = argmax(own);
            members.add(classification(getClassNames().get(top), own[top]));
        }
        json.add("members", members);
        return json;
    }

    private static JsonObject classification(String className, double probability) {
        JsonObject json = new JsonObject();
        json.addProperty("className", className);
        json.addProperty("probability", probability);
        return json;
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }

    /** Returns the answer in one line for people. */
    @Override
    public String toString() {
        Classification best = best();
        return String.format(
                java.util.Locale.ROOT,
                "%s (probability %.4f, entropy %.4f, mutual information %.4f%s)",
                best.getClassName(),
                best.getProbability(),
                getEntropy(),
                getMutualInformation(),
                isAbstained() ? ", abstained" : "");
    }
}
