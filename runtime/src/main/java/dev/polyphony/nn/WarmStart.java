/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.ConvertibleLayer;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Starts an ensemble from a plain model that has been trained. What each form makes of it is in
 * {@code docs/training.md}.
 *
 * <pre>{@code
 * PackedLeNetHarness.of(10).optWarmStart(WarmStart.of(lenet).optSpread(0.1)).fit(train)
 * }</pre>
 *
 * <p>Parameters are matched by their places: the model must be of the class that the ensemble was
 * made from, with the same arguments and input shapes. The model is read when the ensemble starts
 * and left as it is.
 */
public final class WarmStart {

    private final StartModels models;
    private OptionalDouble spread = OptionalDouble.empty();
    private boolean frozenTrunk;

    private WarmStart(StartModels models) {
        this.models = models;
    }

    /**
     * Starts all members from one model, or each from its own, where members share no weights: in
     * deep ensembles and packed ones.
     *
     * @param models the plain model, or one for each member; initialised
     * @return the start
     */
    public static WarmStart of(Block... models) {
        return new WarmStart(StartModels.of(List.of(models)));
    }

    /**
     * Starts as {@link #of(Block...)}, from models that are read when an ensemble starts, and
     * closed then.
     *
     * @param sources where the plain model is read from, or one for each member
     * @return the start
     */
    public static WarmStart reading(ModelSource... sources) {
        return new WarmStart(StartModels.reading(List.of(sources)));
    }

    /**
     * Sets how far members start from the model. Weights that each member has for itself are
     * multiplied by factors around 1, one for each number and member. Fast weights of BatchEnsemble
     * are such factors themselves; those of the additive form are what they are drawn as times the
     * spread.
     *
     * @param spread the standard deviation of the factors; 0 for members that are the model. If it
     *     is not set, weights are the model's and fast weights stay as their form draws them
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public WarmStart optSpread(double spread) {
        if (!(spread >= 0 && Double.isFinite(spread))) {
            throw new IllegalArgumentException(
                    "The spread of a warm start must be at least 0, but is " + spread);
        }
        this.spread = OptionalDouble.of(spread);
        return this;
    }

    /**
     * Sets whether the trunk of a sub-ensemble stays the model's, bit for bit, and its heads alone
     * are trained. The first member then starts with the model's head, and the others with heads
     * that are drawn, unless a spread is set. Normalisation in the trunk takes its running
     * statistics, in training too, and leaves them as they are.
     *
     * @param frozen whether the trunk is frozen; false if it is not set
     * @return this
     * @see <a href="https://arxiv.org/abs/1910.08168">Deep Sub-Ensembles for Fast Uncertainty
     *     Estimation in Image Classification</a>
     */
    public WarmStart optFrozenTrunk(boolean frozen) {
        frozenTrunk = frozen;
        return this;
    }

    /** Sets the parameters of an ensemble of copies, and says what they started from. */
    String apply(String name, Copies copies) {
        return models.use(plain -> apply(name, copies, plain)) + describe();
    }

    /** Sets the parameters of a network for all members, and says what they started from. */
    String apply(String name, Form form, Block network) {
        return models.use(plain -> apply(name, form, network, plain)) + describe();
    }

    private String describe() {
        return (spread.isPresent() ? ", spread " + spread.getAsDouble() : "")
                + (frozenTrunk ? ", frozen trunk" : "");
    }

    private void apply(String name, Copies copies, List<Block> models) {
        requireTrunk(name, false);
        List<Block> members = copies.getMembers();
        requireOneOrEach(name, members.size());
        for (int m = 0; m < members.size(); m++) {
            Counterparts.of(name, members.get(m), models.get(models.size() == 1 ? 0 : m))
                    .getOwn()
                    .forEach((own, plain) -> set(own, plain, spread));
        }
    }

    private void apply(String name, Form form, Block network, List<Block> models) {
        requireTrunk(name, form.sharesTrunk() && form.getMembers() > 1);
        requireOneOrEach(name, form.getMembers());
        if (models.size() > 1 && !form.repeatsOwnParameters()) {
            throw new IllegalArgumentException(
                    "%s is %s, whose members share weights: it starts from one model, not from %d"
                            .formatted(name, form, models.size()));
        }
        List<Counterparts> counterparts =
                models.stream().map(model -> Counterparts.of(name, network, model)).toList();
        for (EnsembleLayer layer : counterparts.get(0).getLayers().keySet()) {
            List<Block> plain =
                    counterparts.stream().map(one -> one.getLayers().get(layer)).toList();
            try {
                start(layer, plain, form.getMembers());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s cannot start from a plain model at %s: %s"
                                .formatted(name, layer.getDescription(), e.getMessage()),
                        e);
            }
        }
        counterparts
                .get(0)
                .getOwn()
                .forEach(
                        (own, plain) -> {
                            set(own, plain, OptionalDouble.empty());
                            if (frozenTrunk) {
                                own.freeze(true);
                            }
                        });
    }

    private void start(EnsembleLayer layer, List<Block> plain, int members) {
        if (!frozenTrunk) {
            layer.startFrom(plain, spread);
        } else if (!layer.getRole().writesOutput()) {
            layer.startFrom(plain, spread);
            layer.freezeParameters(true);
        } else if (spread.isPresent()) {
            layer.startFrom(plain, spread);
        } else {
            Heads.keepDrawn(layer, members, () -> layer.startFrom(plain, spread));
        }
    }

    private void requireTrunk(String name, boolean hasTrunk) {
        if (frozenTrunk && !hasTrunk) {
            throw new IllegalArgumentException(
                    "%s has no trunk that could be frozen while its heads are trained: leave optFrozenTrunk out, or make a sub-ensemble of several members"
                            .formatted(name));
        }
    }

    private void requireOneOrEach(String name, int members) {
        int given = models.getCount();
        if (given != 1 && given != members) {
            throw new IllegalArgumentException(
                    "%s has %d members: start it from one model, or from one for each, not from %d"
                            .formatted(name, members, given));
        }
    }

    /** Sets a parameter from another. */
    static void set(Parameter own, Parameter plain, OptionalDouble spread) {
        NDArray target = own.getArray();
        try (NDManager scope = target.getManager().newSubManager()) {
            NDArray value =
                    ConvertibleLayer.array(plain, scope).toDevice(target.getDevice(), false);
            value.attach(scope);
            ConvertibleLayer.set(own, ConvertibleLayer.spread(value, own, spread));
        }
    }
}
