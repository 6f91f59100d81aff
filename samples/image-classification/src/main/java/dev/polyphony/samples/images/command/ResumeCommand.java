/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goes on with a run that was stopped. */
@Command(
        name = "resume",
        sortOptions = false,
        description =
                "Goes on with a run that was stopped or killed, and ends as if it had not been.")
final class ResumeCommand implements Callable<Integer> {

    @Mixin private Target target;

    @Option(names = "--device", paramLabel = "NAME", description = "Where it goes on.")
    private String device;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the same data are now.")
    private Path moved;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Recipe recipe = target.getRecipe(spec);
        Path folder = target.getFolder();
        Settings settings = Settings.read(RecipeRun.settingsFile(folder), recipe.name());
        settings.device = device == null ? settings.device : device;
        settings.data = moved == null ? settings.data : moved;
        RecipeRun run = new RecipeRun(recipe, settings, folder, Progress.automatic());
        Parts data = run.readData();
        // a run that was killed before its first checkpoint begins anew
        run.train(data, Checkpoints.in(folder.resolve("checkpoints")).exist());
        new Judge(recipe, run, data).judge(RecipeRun.LAST, spec.commandLine().getOut());
        return 0;
    }
}
