/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.samples.images.recipe.Recipes;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The recipe, and the folder of its run. */
final class Target {

    @Parameters(paramLabel = "RECIPE", description = "A name that 'recipes' lists.")
    private String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder of the run (default: runs/RECIPE).")
    private Path out;

    Recipe getRecipe(CommandSpec spec) {
        try {
            return Recipes.get(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    Path getFolder() {
        return out == null ? Path.of("runs", name) : out;
    }
}
