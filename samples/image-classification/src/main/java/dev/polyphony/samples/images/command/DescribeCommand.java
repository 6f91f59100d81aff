/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.Scale;
import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.samples.images.recipe.Recipes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a recipe would train. */
@Command(
        name = "describe",
        sortOptions = false,
        description =
                "Shows the settings of a recipe, and what its network needs: parameters, multiply-adds and"
                        + " memory.")
final class DescribeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "A name that 'recipes' lists.")
    private String name;

    @Option(
            names = "--scale",
            defaultValue = "FULL",
            paramLabel = "SCALE",
            description = "full, reduced or smoke (default: full).")
    private Scale scale;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Recipe recipe;
        try {
            recipe = Recipes.get(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Harness harness = recipe.newHarness(scale);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Data: " + recipe.data().getTitle());
        out.println("Network: " + recipe.network().title());
        out.println("Members: " + harness.getRecipe());
        out.println("Training: " + harness.getTraining());
        out.println("Learning rate: " + recipe.optimization().getScheduleText());
        out.println("Reported: %s (%s)".formatted(recipe.reported(), recipe.reported().source()));
        out.println();
        out.println(harness.describe(recipe.data().getShape(scale)));
        out.flush();
        return 0;
    }
}
