/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void aTargetIsAnElementOfTheFile() {
        assertEquals(
                "{\"name\":\"speed\",\"value\":1.2346,\"target\":1.5,\"reached\":false}",
                Target.atLeast("speed", 1.23456, 1.5, "too slow").toJson().toString());
        assertEquals(
                "{\"name\":\"time\",\"value\":1.5,\"target\":1.5,\"reached\":true}",
                Target.atMost("time", 1.5, 1.5, "").with("the median").toJson().toString());
    }

    @Test
    void whatIsMissedSaysWhatHoldsIt() {
        Target missed = Target.atMost("time", 2, 1.5, "too slow");
        assertEquals("missed: too slow", missed.getVerdict());
        assertEquals("missed: too slow; the median", missed.with("the median").getVerdict());
        assertEquals("reached", Target.atLeast("speed", 2, 1.5, "too slow").getVerdict());
        assertEquals("at least 1.5", Target.atLeast("speed", 2, 1.5, "").getBoundText());
    }
}
