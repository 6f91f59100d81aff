/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.data.Scale;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {

    static Stream<Named<Recipe>> recipes() {
        return Stream.of(Recipes.all(), ExperimentRecipes.all())
                .flatMap(List::stream)
                .map(recipe -> Named.of(recipe.name(), recipe));
    }

    /**
     * Every recipe trains for a few steps on made-up images, and answers for all classes; so does
     * every row of the reduced experiment.
     */
    @ParameterizedTest
    @MethodSource("recipes")
    void trains(Recipe recipe) throws IOException {
        Parts data = recipe.data().read(null, Scale.SMOKE, 0);
        Harness harness = recipe.newHarness(Scale.SMOKE).optSeed(1).optProgress(Progress.none());
        try (TrainedEnsemble trained = harness.fit(data.train(), data.validation().orElseThrow())) {
            assertEquals(2, trained.getHistory().epochs().size());
            assertTrue(Double.isFinite(trained.getHistory().epochs().get(1).validationLoss()));
            assertEquals(recipe.data().getClasses(), trained.predict(data.test()).getClasses());
        }
    }

    @Test
    void theTablesOfMixMoAreThereInFull() {
        List<Recipe> mixMo =
                Recipes.all().stream()
                        .filter(recipe -> recipe.reported().source().startsWith("MixMo"))
                        .toList();
        assertEquals(25, mixMo.size());
        assertTrue(mixMo.stream().allMatch(recipe -> recipe.reported().isKnown()));
        Recipe best = Recipes.get("cifar100-wrn2810-2-cutmixmo-p5-msdacutmix-bar4");
        assertEquals("85.77-85.92", best.reported().toString());
        assertEquals(0.0125, best.optimization().learningRate());
        assertEquals(9, mixMo.stream().filter(r -> r.data() == DataSet.TINY_IMAGENET).count());
    }

    @Test
    void aReducedRunKeepsTheSharesOfTheSchedule() {
        Recipe recipe = Recipes.get("cifar10-wrn2810-1net-standard-bar1");
        Harness harness = recipe.newHarness(Scale.REDUCED);
        // 300 epochs become 15, and 100, 200 and 225 become 5, 10 and 11
        assertEquals(15, harness.getTraining().getEpochs());
        var rates = harness.getTraining().getLearningRates(10);
        assertEquals(0.05, rates.applyAsDouble(5), 1e-9);
        assertEquals(0.005, rates.applyAsDouble(6), 1e-9);
        assertEquals(0.00005, rates.applyAsDouble(12), 1e-9);
    }

    @Test
    void aNameThatIsNoneGetsThoseThatAreAlike() {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Recipes.get("wrn2810-mimo"))
                        .getMessage();
        assertTrue(message.contains("cifar10-wrn2810-mimo, cifar100-wrn2810-mimo"), message);
    }
}
