/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.samples.images.recipe.Recipes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the recipes, one a line. */
@Command(
        name = "recipes",
        description =
                "Lists the recipes: name, data set, network, epochs, and the test accuracy in percent"
                        + " that the source reports.")
final class RecipesCommand implements Callable<Integer> {

    private static final String LINE = "%-52s  %-13s  %-49s  %6s  %-11s  %s%n";

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            defaultValue = "",
            paramLabel = "PART",
            description = "Lists those alone whose name has this in it.")
    private String part;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(LINE, "recipe", "data", "network", "epochs", "reported", "source");
        for (Recipe recipe : Recipes.all()) {
            if (recipe.name().contains(part)) {
                out.printf(
                        LINE,
                        recipe.name(),
                        recipe.data().getTitle(),
                        recipe.network().title(),
                        recipe.optimization().epochs(),
                        recipe.reported(),
                        recipe.reported().source());
            }
        }
        out.println("The two moons of the notebooks are a sample of their own: samples/two-moons.");
        out.flush();
        return 0;
    }
}
