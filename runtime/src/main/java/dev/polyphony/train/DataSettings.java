/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.checks.Checks;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.data.BootstrapBatches;
import dev.polyphony.data.augment.Augmentation;
import java.util.List;

/**
 * The settings of what members see.
 *
 * @param <T> what has the settings
 */
public abstract class DataSettings<T extends DataSettings<T>> extends OptimizerSettings<T> {

    /** The most bytes of data that lie on the device unless it is set. */
    private static final long RESIDENT_LIMIT = 1L << 30;

    boolean bootstrap;
    Augmentation augmentation;
    long residentLimit = RESIDENT_LIMIT;

    /** Creates the settings, with their defaults. */
    protected DataSettings() {}

    /**
     * Sets whether each member trains on a bootstrap sample of its own. A model of one member
     * trains on all examples.
     *
     * @param bootstrap whether to draw samples; false if it is not set
     * @return this
     */
    public T optBootstrap(boolean bootstrap) {
        this.bootstrap = bootstrap;
        return self();
    }

    /**
     * Sets how images are changed in training, and nowhere else.
     *
     * @param augmentation the augmentation, or null for none
     * @return this
     */
    public T optAugmentation(Augmentation augmentation) {
        this.augmentation = augmentation;
        return self();
    }

    /**
     * Sets how large data in memory may be to be copied to the device as a whole. Larger ones go
     * there batch by batch, read ahead of training; the training is the same.
     *
     * @param bytes the most bytes of features; 1 GiB if it is not set, 0 to stream always
     * @return this
     */
    public T optResidentLimit(long bytes) {
        residentLimit = bytes;
        return self();
    }

    /** Takes over settings. */
    final void setData(DataSettings<?> other) {
        bootstrap = other.bootstrap;
        augmentation = other.augmentation;
        residentLimit = other.residentLimit;
    }

    /** Requires that values make sense. */
    final void requireData() {
        Checks.require("limit of resident data", residentLimit, residentLimit >= 0, "at least 0");
    }

    /** A recipe's batches, filled from bootstrap samples if several members shall have them. */
    final BatchFormat batches(Recipe recipe) {
        int members = recipe.form().getMembers();
        boolean lacksThem = !(recipe.batches() instanceof BootstrapBatches);
        return bootstrap && members > 1 && lacksThem
                ? new BootstrapBatches(recipe.batches(), members)
                : recipe.batches();
    }

    /** Adds what differs from the defaults, for readers. */
    final void describeData(List<String> words) {
        if (bootstrap) {
            words.add("bootstrap samples");
        }
        if (augmentation != null) {
            words.add(RunFingerprint.text(augmentation));
        }
    }
}
