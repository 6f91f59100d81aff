/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import dev.polyphony.samples.benchmarks.hand.BatchEnsembleKit;
import dev.polyphony.samples.benchmarks.hand.Kit;
import dev.polyphony.samples.benchmarks.hand.MasksemblesKit;
import dev.polyphony.samples.benchmarks.hand.MimoKit;
import dev.polyphony.samples.benchmarks.hand.MixMoKit;
import dev.polyphony.samples.benchmarks.hand.PackedKit;
import dev.polyphony.samples.benchmarks.hand.SubEnsembleKit;
import java.util.Locale;

/** The methods, with the numbers of members that the models are annotated with. */
enum Method {
    PACKED(4, Batch.SHARED, new PackedKit(4, 2)),
    MIMO(3, Batch.OWN, new MimoKit(3)),
    MIXMO(2, Batch.OWN, new MixMoKit(2)),
    BATCH_ENSEMBLE(4, Batch.SPLIT, new BatchEnsembleKit(4)),
    MASKSEMBLES(4, Batch.SPLIT, new MasksemblesKit(4)),
    SUB_ENSEMBLE(4, Batch.SHARED, new SubEnsembleKit(4)),
    DEEP_ENSEMBLE(4, Batch.OWN, null);

    /** Which examples members are trained on. */
    enum Batch {
        SHARED,
        OWN,
        SPLIT
    }

    private final int members;
    private final Batch batch;
    private final Kit kit;

    Method(int members, Batch batch, Kit kit) {
        this.members = members;
        this.batch = batch;
        this.kit = kit;
    }

    Batch getBatch() {
        return batch;
    }

    /** What makes the layers by hand; a deep ensemble has none of its own. */
    Kit getKit() {
        return kit;
    }

    /** The members on a network: the deep ensemble of the two moons has three. */
    int getMembers(Network network) {
        return this == DEEP_ENSEMBLE && network == Network.MLP ? 3 : members;
    }

    static Method of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
