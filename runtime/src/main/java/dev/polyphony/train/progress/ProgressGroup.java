/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.util.List;

/**
 * Several that are told the same.
 *
 * @param all who is told, in order
 */
record ProgressGroup(List<Progress> all) implements Progress {

    /** {@inheritDoc} */
    @Override
    public void onResume(Resumed resumed) {
        all.forEach(one -> one.onResume(resumed));
    }

    /** {@inheritDoc} */
    @Override
    public void onNote(String name, String note) {
        all.forEach(one -> one.onNote(name, note));
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        all.forEach(one -> one.onBegin(run));
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        all.forEach(one -> one.onStep(epoch, step, loss));
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        all.forEach(one -> one.onEpoch(epoch));
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        all.forEach(Progress::onEnd);
    }
}
