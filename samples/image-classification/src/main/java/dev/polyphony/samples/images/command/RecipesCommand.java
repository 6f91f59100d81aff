/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.samples.images.recipe.Recipes;
import dev.polyphony.samples.images.recipe.Reported;
import java.io.PrintWriter;
import java.util.List;
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

    private static final int MOON_EPOCHS = 10;
    private static final Reported MIMO_NOTEBOOK = Reported.none("MIMO notebook");
    private static final Reported BATCH_ENSEMBLE_NOTEBOOK = Reported.none("BatchEnsemble notebook");
    private static final Reported OURS = Reported.none("ours, beside the BatchEnsemble notebook");

    /** What the notebooks train on two moons. It is a sample of its own, which trains all rows. */
    private static final List<Moons> MOONS =
            List.of(
                    new Moons("plain", MIMO_NOTEBOOK),
                    new Moons("deep ensemble of 3", MIMO_NOTEBOOK),
                    new Moons("MIMO of 3 that see the same", MIMO_NOTEBOOK),
                    new Moons("MIMO of 3", MIMO_NOTEBOOK),
                    new Moons("BatchEnsemble of 3", OURS),
                    new Moons("additive BatchEnsemble of 3", BATCH_ENSEMBLE_NOTEBOOK));

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
        printMoons(out);
        out.flush();
        return 0;
    }

    private void printMoons(PrintWriter out) {
        List<Moons> moons = MOONS.stream().filter(row -> row.name().contains(part)).toList();
        for (Moons row : moons) {
            out.printf(
                    LINE,
                    row.name(),
                    "two moons",
                    "perceptron, " + row.form(),
                    MOON_EPOCHS,
                    row.reported(),
                    row.reported().source());
        }
        if (!moons.isEmpty()) {
            out.println(
                    "Rows of samples/two-moons are trained there, all in one run, from the root of the repository: mvn package -pl runtime,processor,samples/two-moons -DskipTests -Drun");
        }
    }

    /** A row of the other sample. */
    private record Moons(String form, Reported reported) {

        /** No name of a recipe, since no command here takes it. */
        String name() {
            return "samples/two-moons: " + form;
        }
    }
}
