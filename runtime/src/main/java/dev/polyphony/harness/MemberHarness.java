/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.MemberColumn;
import dev.polyphony.nn.LoneMember;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import java.util.Objects;

/**
 * The harness of one member of a deep ensemble, with the settings that the ensemble's harness has
 * when this is made, and one thread. It sees the examples in the order that the member sees them
 * among the others.
 */
final class MemberHarness extends Harness {

    MemberHarness(Harness ensemble, int member) {
        super(
                name(ensemble, member),
                () -> LoneMember.of(ensemble.getModels().get(), member),
                alone(ensemble, member),
                null,
                null);
        set(ensemble);
        optThreads(1);
    }

    private static String name(Harness ensemble, int member) {
        int members = ensemble.getRecipe().form().getMembers();
        Objects.checkIndex(member, members);
        return "%s, member %d of %d".formatted(ensemble.getName(), member, members);
    }

    private static Recipe alone(Harness ensemble, int member) {
        Recipe all = ensemble.getRecipe();
        return Recipe.of(DeepEnsembleForm.of(1))
                .withBatches(new MemberColumn(ensemble.getTraining().getBatches(all), member));
    }
}
