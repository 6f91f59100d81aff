/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges a trained recipe. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description = "Judges a model of a run on the test data.")
final class EvaluateCommand implements Callable<Integer> {

    @Mixin private Target target;

    @Option(
            names = "--from",
            defaultValue = RecipeRun.LAST,
            paramLabel = "MODEL",
            description =
                    "last epoch, best epoch by the loss on the validation data, the folder of a saved"
                            + " model, or a checkpoint file (default: ${DEFAULT-VALUE}).")
    private String from;

    @Option(
            names = "--temperature",
            description = "Judges also with a temperature that is fitted on the validation data.")
    private boolean temperature;

    @Option(
            names = "--corruptions",
            description =
                    "Judges also on corrupted test images, of every kind and severity: some 95 passes"
                            + " over the test data.")
    private boolean corruptions;

    @Option(
            names = "--ood",
            paramLabel = "NAME=DIR",
            description =
                    "A folder of images that the model is not made for, such as those of SVHN or of the"
                            + " Describable Textures; may be given several times.")
    private Map<String, Path> foreign = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "DIR", description = "Where the same data are now.")
    private Path moved;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Recipe recipe = target.getRecipe(spec);
        Path folder = target.getFolder();
        Settings settings = Settings.read(RecipeRun.settingsFile(folder), recipe.name());
        settings.data = moved == null ? settings.data : moved;
        RecipeRun run = new RecipeRun(recipe, settings, folder, Progress.none());
        Judge judge = new Judge(recipe, run, run.readData());
        for (Map.Entry<String, Path> images : foreign.entrySet()) {
            judge.addForeign(images.getKey(), images.getValue());
        }
        if (temperature) {
            judge.scaleTemperature();
        }
        if (corruptions) {
            judge.corrupt();
        }
        judge.judge(from, spec.commandLine().getOut());
        return 0;
    }
}
