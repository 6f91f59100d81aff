/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a recipe, keeps the folder of its run, and judges it. */
@Command(
        name = "train",
        sortOptions = false,
        description = "Trains a recipe and judges its last epoch.")
final class TrainCommand implements Callable<Integer> {

    @Mixin private Target target;
    @Mixin private Settings settings;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Recipe recipe = target.getRecipe(spec);
        Path folder = target.getFolder();
        Path file = RecipeRun.settingsFile(folder);
        if (Files.exists(file)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s has a run: go on with it by 'resume', or say another folder with --out"
                            .formatted(folder));
        }
        if (!(settings.validation >= 0 && settings.validation < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--validation must be from 0 to below 1, but was " + settings.validation);
        }
        RecipeRun run = new RecipeRun(recipe, settings, folder, Progress.automatic());
        Parts data = run.readData();
        settings.write(file, recipe.name());
        run.train(data, false);
        new Judge(recipe, run, data).judge(RecipeRun.LAST, spec.commandLine().getOut());
        return 0;
    }
}
