/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.translate.Ensembleable;
import ai.djl.util.JsonSerializable;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.regression.GaussianMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * An ensemble's answer about one example whose numbers are wanted: their means over members, and
 * how far the members lie apart, in the units of the training data.
 *
 * <p>If members tell a variance, the total variance is the mean of these, which stays however much
 * data there is, and the variance of the members' means, which comes from members that disagree:
 * the law of total variance for a mixture of {@code M} normal distributions, each of weight {@code
 * 1/M}. If they tell none, only the second part is known, and what is called total is that.
 *
 * @see <a href="https://arxiv.org/abs/1612.01474">Lakshminarayanan et al., Simple and Scalable
 *     Predictive Uncertainty Estimation using Deep Ensembles, 2017, section 2.4</a>
 */
public final class EnsembleRegression
        implements JsonSerializable, Ensembleable<EnsembleRegression> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final List<String> names;

    private final double[][] values;

    /** Null if members tell none. */
    private final double[][] variances;

    private EnsembleRegression(List<String> names, double[][] values, double[][] variances) {
        this.names = names;
        this.values = values;
        this.variances = variances;
    }

    /**
     * Takes the numbers of members.
     *
     * @param names the names of the numbers
     * @param outputs the numbers, {@code [M, K]} in row-major order
     * @return the answer
     * @throws IllegalArgumentException if they are not some of each name, or not finite
     */
    public static EnsembleRegression of(List<String> names, float[] outputs) {
        int width = names.size();
        if (width == 0 || outputs.length == 0 || outputs.length % width != 0) {
            throw new IllegalArgumentException(
                    "%d numbers cannot be those of members for %d names: give the name of every number"
                            .formatted(outputs.length, width));
        }
        double[][] values = new double[outputs.length / width][width];
        for (int i = 0; i < outputs.length; i++) {
            values[i / width][i % width] = outputs[i];
        }
        return of(names, values, null);
    }

    /**
     * Takes the numbers of members with their variances.
     *
     * @param names the names of the numbers
     * @param values the numbers, {@code [M][K]}
     * @param variances the variance that each member gives to each number, {@code [M][K]}, at least
     *     0; null if members tell none
     * @return the answer
     * @throws IllegalArgumentException if the rows do not fit one another, or a number is not
     *     finite
     */
    public static EnsembleRegression of(
            List<String> names, double[][] values, double[][] variances) {
        require(names, values, "number", Double.NEGATIVE_INFINITY);
        if (variances != null) {
            require(names, variances, "variance", 0);
            if (variances.length != values.length) {
                throw new IllegalArgumentException(
                        "%d members give numbers, but %d variances"
                                .formatted(values.length, variances.length));
            }
        }
        return new EnsembleRegression(
                List.copyOf(names), copy(values), variances == null ? null : copy(variances));
    }

    private static void require(List<String> names, double[][] rows, String what, double least) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("An answer needs at least one member");
        }
        for (int m = 0; m < rows.length; m++) {
            if (rows[m].length != names.size()) {
                throw new IllegalArgumentException(
                        "Member %d gives %d of %ss %s: give one for each"
                                .formatted(m, rows[m].length, what, names));
            }
            for (double value : rows[m]) {
                if (!Double.isFinite(value) || value < least) {
                    throw new IllegalArgumentException(
                            "A %s of member %d is %s: training has diverged, or the input holds such values"
                                    .formatted(what, m, value));
                }
            }
        }
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the names of the numbers.
     *
     * @return the names, {@code [K]}
     */
    public List<String> getNames() {
        return names;
    }

    /**
     * Returns the numbers of the members.
     *
     * @return a copy, {@code [M][K]}
     */
    public double[][] getMemberValues() {
        return copy(values);
    }

    /**
     * Returns the mean over members, which is what the ensemble predicts.
     *
     * @return the means, {@code [K]}
     */
    public double[] getMean() {
        return mean(values);
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (int k = 0; k < mean.length; k++) {
            int column = k;
            mean[k] = Arrays.stream(rows).mapToDouble(row -> row[column]).sum() / rows.length;
        }
        return mean;
    }

    /**
     * Returns the variance of the members' numbers, divided by {@code M}: how unsure the ensemble
     * is for want of data (epistemic).
     *
     * @return the variances, {@code [K]}, in the square of the unit
     */
    public double[] getEpistemicVariance() {
        double[] means = getMean();
        double[] sums = new double[means.length];
        for (double[] member : values) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += (member[k] - means[k]) * (member[k] - means[k]) / values.length;
            }
        }
        return sums;
    }

    /**
     * Returns the mean of the variances that members tell: the noise of the numbers (aleatoric).
     *
     * @return the variances, {@code [K]}, in the square of the unit; 0 if members tell none
     */
    public double[] getAleatoricVariance() {
        return variances == null ? new double[names.size()] : mean(variances);
    }

    /**
     * Returns the sum of both variances.
     *
     * @return the variances, {@code [K]}, in the square of the unit
     */
    public double[] getVariance() {
        double[] sum = getEpistemicVariance();
        double[] noise = getAleatoricVariance();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += noise[k];
        }
        return sum;
    }

    /**
     * Returns the root of the total variance.
     *
     * @return the deviations, {@code [K]}, in the unit of the numbers
     */
    public double[] getStandardDeviation() {
        return Arrays.stream(getVariance()).map(Math::sqrt).toArray();
    }

    /**
     * Returns a central interval of each number: that of the mixture of the members' normal
     * distributions if all their variances are above 0; else that of the normal distribution with
     * the mean and the standard deviation of this answer, which leaves the noise out if members
     * tell none.
     *
     * @param level the probability within, between 0 and 1, such as 0.9
     * @return lower and upper end, {@code [K][2]}
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public double[][] getInterval(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "level %s: it must be between 0 and 1".formatted(level));
        }
        double[] means = getMean();
        double[] deviations = getStandardDeviation();
        double[][] intervals = new double[means.length][];
        for (int k = 0; k < means.length; k++) {
            intervals[k] = new double[] {means[k], means[k]};
            if (deviations[k] > 0) {
                GaussianMixture mixture = mixture(k, means[k], deviations[k]);
                intervals[k][0] = mixture.getQuantile((1 - level) / 2);
                intervals[k][1] = mixture.getQuantile((1 + level) / 2);
            }
        }
        return intervals;
    }

    private GaussianMixture mixture(int k, double mean, double deviation) {
        if (variances != null && Arrays.stream(variances).allMatch(row -> row[k] > 0)) {
            return GaussianMixture.of(
                    Arrays.stream(values).mapToDouble(row -> row[k]).toArray(),
                    Arrays.stream(variances).mapToDouble(row -> row[k]).toArray());
        }
        return GaussianMixture.of(new double[] {mean}, new double[] {deviation * deviation});
    }

    /**
     * Joins the answers of several models about the same example: that of one ensemble which has
     * all their members, each of which counts the same.
     *
     * @param others the other answers
     * @return the joint answer, with variances if all have them
     * @throws IllegalArgumentException if one has other names
     */
    @Override
    public EnsembleRegression ensembleWith(Iterator<EnsembleRegression> others) {
        List<double[]> allValues = new ArrayList<>(List.of(values));
        List<double[]> allVariances = new ArrayList<>();
        boolean have = variances != null;
        if (have) {
            allVariances.addAll(List.of(variances));
        }
        while (others.hasNext()) {
            EnsembleRegression other = others.next();
            if (!other.names.equals(names)) {
                throw new IllegalArgumentException(
                        "Answers about %s and %s cannot be joined".formatted(names, other.names));
            }
            allValues.addAll(List.of(other.values));
            have &= other.variances != null;
            if (have) {
                allVariances.addAll(List.of(other.variances));
            }
        }
        return of(
                names,
                allValues.toArray(double[][]::new),
                have ? allVariances.toArray(double[][]::new) : null);
    }

    /** Returns a JSON object with an object for each number. */
    @Override
    public JsonElement serialize() {
        double[] means = getMean();
        double[] deviations = getStandardDeviation();
        double[] epistemic = getEpistemicVariance();
        JsonArray all = new JsonArray();
        for (int k = 0; k < means.length; k++) {
            JsonObject number = new JsonObject();
            number.addProperty("name", names.get(k));
            number.addProperty("mean", means[k]);
            number.addProperty("standardDeviation", deviations[k]);
            number.addProperty("epistemicStandardDeviation", Math.sqrt(epistemic[k]));
            JsonArray members = new JsonArray();
            for (double[] member : values) {
                members.add(member[k]);
            }
            number.add("members", members);
            all.add(number);
        }
        JsonObject json = new JsonObject();
        json.add("numbers", all);
        return json;
    }

    /** Returns the answer as JSON. */
    @Override
    public String toString() {
        return toJson();
    }
}
