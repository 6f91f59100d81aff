/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

/**
 * How strange a class is for an example, by the probabilities that a model gives: the stranger a
 * class, the later it enters the set.
 */
public sealed interface ConformalMethod permits ThresholdMethod, AdaptiveMethod {

    /**
     * Returns the name for tables and files.
     *
     * @return such as {@code threshold} or {@code adaptive}
     */
    String getKey();

    /**
     * Returns how strange each class is.
     *
     * @param probabilities the probabilities of the classes, {@code [C]}
     * @param example the number of the example, by which random numbers are drawn if there are any
     * @return the scores, {@code [C]}
     */
    double[] scores(double[] probabilities, long example);

    /**
     * Returns the threshold method (LAC): {@code s(c) = 1 - p(c)}. It gives the smallest sets on
     * average, and empty ones where it finds nothing likely; it covers easy examples more often
     * than hard ones.
     *
     * @return the method
     * @see <a href="https://arxiv.org/abs/1609.00451">Sadinle, Lei and Wasserman, Least Ambiguous
     *     Set-Valued Classifiers with Bounded Error Levels, 2019</a>
     */
    static ConformalMethod threshold() {
        return new ThresholdMethod();
    }

    /**
     * Returns adaptive sets (APS) without chance: {@code s(c)} is the probability of all classes
     * that are at least as likely as {@code c}. Hard examples get larger sets than easy ones, so
     * that both are covered about as often. A set is empty where the likeliest class alone is more
     * probable than {@code q}.
     *
     * @return the method
     * @see <a href="https://arxiv.org/abs/2006.02544">Romano, Sesia and Candes, Classification with
     *     Valid and Adaptive Coverage, 2020</a>
     */
    static ConformalMethod adaptive() {
        return new AdaptiveMethod(false, 0, 0, 1);
    }

    /**
     * Returns adaptive sets (APS) with chance: {@code s(c)} is the probability of all classes that
     * are likelier than {@code c}, and a random share of that of {@code c}. Sets are as small as
     * the coverage allows, and may be empty.
     *
     * @param seed the seed; an example's share depends on it and on the example's number
     * @return the method
     */
    static ConformalMethod randomizedAdaptive(long seed) {
        return new AdaptiveMethod(true, seed, 0, 1);
    }

    /**
     * Returns regularised adaptive sets (RAPS): to the score of adaptive sets {@code penalty *
     * max(0, rank - freeRank)} is added, of the class's rank by probability, from 1. It keeps sets
     * of many classes small.
     *
     * @param penalty what each further rank counts, at least 0
     * @param freeRank how many ranks count nothing, at least 0
     * @return the method
     * @throws IllegalArgumentException if one is negative
     * @see <a href="https://arxiv.org/abs/2009.14193">Angelopoulos et al., Uncertainty Sets for
     *     Image Classifiers using Conformal Prediction, 2021</a>
     */
    static ConformalMethod regularized(double penalty, int freeRank) {
        return new AdaptiveMethod(false, 0, penalty, freeRank);
    }

    /**
     * Returns regularised adaptive sets with chance.
     *
     * @param penalty what each further rank counts, at least 0
     * @param freeRank how many ranks count nothing, at least 0
     * @param seed the seed, as of {@link #randomizedAdaptive}
     * @return the method
     * @throws IllegalArgumentException if one is negative
     */
    static ConformalMethod randomizedRegularized(double penalty, int freeRank, long seed) {
        return new AdaptiveMethod(true, seed, penalty, freeRank);
    }
}
