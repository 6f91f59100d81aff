/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.moons;

import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;

/** The time that the last epoch took. */
final class EpochClock implements Progress {

    private Seconds begin = Seconds.now();
    private Seconds last;

    Seconds getLast() {
        return last;
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        begin = Seconds.now();
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {}

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        last = Seconds.now().since(begin);
        begin = Seconds.now();
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {}
}
