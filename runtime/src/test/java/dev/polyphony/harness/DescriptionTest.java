/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import org.junit.jupiter.api.Test;

class DescriptionTest {

    private static double rows(Form form) {
        return TestHarness.of("test", form, 16, 2)
                .optBatchSize(64)
                .describe(new Shape(2))
                .batchSize();
    }

    /** Of a batch that is divided, each member computes its share; of one that repeats, all. */
    @Test
    void theBatchIsWhatIsComputed() {
        assertEquals(64, rows(PackedForm.of(2)));
        assertEquals(64, rows(MimoForm.of(2).batchRepetitions(4)));
        assertEquals(16, rows(MasksemblesForm.of(4)));
    }
}
