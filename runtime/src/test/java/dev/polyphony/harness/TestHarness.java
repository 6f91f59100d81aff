/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.inference.Arguments;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.Mlp;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.Progress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A harness as the processor writes it. */
public final class TestHarness extends Harness {

    private TestHarness(String name, Form form, int hidden, int classes) {
        super(
                name,
                () -> EnsembleMlp.of(form, hidden, classes),
                Recipe.of(form),
                () -> new Mlp(hidden, classes),
                Arguments.of("hidden", hidden, "classes", classes));
    }

    public static Harness of(String name, Form form, int hidden, int classes) {
        return new TestHarness("Mlp, " + name, form, hidden, classes)
                .optProgress(Progress.none())
                .optBatchSize(32)
                .optEpochs(4)
                .optLearningRate(0.01);
    }

    /** A harness that passes the check before training, and fails in it. */
    public static Harness failingLater(String name) {
        PackedForm form = PackedForm.of(2);
        AtomicInteger made = new AtomicInteger();
        return new Harness(
                name,
                () -> {
                    if (made.getAndIncrement() > 0) {
                        throw new IllegalStateException("out of luck");
                    }
                    return EnsembleMlp.of(form, 8, 2);
                },
                Recipe.of(form)) {};
    }

    /** A comparison as the processor writes it. */
    public static final class TestComparison extends Comparison {

        private TestComparison(int hidden, int classes, List<Harness> forms) {
            super("Mlp", () -> new Mlp(hidden, classes), forms);
        }

        public static Comparison of(int hidden, int classes, Harness... forms) {
            return new TestComparison(hidden, classes, List.of(forms));
        }
    }
}
