/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import dev.polyphony.engine.OneDnn;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Runs the tests without oneDNN, whose convolutions are wrong on some virtual machines. The old
 * instruction sets that the build chooses for it are right, but slow.
 */
public final class WithoutOneDnn implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (OS.LINUX.isCurrentOs()) {
            OneDnn.setEnabled(false);
        }
    }
}
