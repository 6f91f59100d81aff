/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.inference.Arguments;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of a generated harness: trains on a CSV file, judges, saves. */
@Command(
        sortOptions = false,
        description = "Trains an ensemble on a CSV file and judges it on a part of it.",
        footer = {
            "",
            "With --out, the model is saved in DIR/model. Exit codes: 0 done, 1 failed, 2 wrong use."
        })
public final class HarnessCommand implements Callable<Integer> {

    private static final StackWalker CALLER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Function<Arguments, ? extends Harness> harness;
    private final PrintStream out;

    @Mixin private RunOptions options;

    @Spec private CommandSpec spec;

    private HarnessCommand(Function<Arguments, ? extends Harness> harness, PrintStream out) {
        this.harness = harness;
        this.out = out;
    }

    /**
     * Runs the command and ends the process. The help calls it by the class that calls this.
     *
     * @param args the command line
     * @param harness makes the harness from the values of {@code --set}
     */
    public static void run(String[] args, Function<Arguments, ? extends Harness> harness) {
        String name = CALLER.getCallerClass().getName();
        System.exit(execute(name, args, harness, System.out, System.err));
    }

    static int execute(
            String name,
            String[] args,
            Function<Arguments, ? extends Harness> harness,
            PrintStream out,
            PrintStream err) {
        return Commands.execute(new HarnessCommand(harness, out), harness, name, args, out, err);
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        options.prepareEngine();
        Harness configured = Commands.create(spec, options, harness, out);
        RunOptions.Parts parts = options.readData();
        try (TrainedEnsemble trained = configured.fit(parts.train(), parts.validation())) {
            Path folder = options.getOut();
            Commands.show(trained.evaluate(parts.test(), Map.of()), folder, out);
            if (folder != null) {
                Path model = folder.resolve("model");
                trained.save(model);
                out.println("Model: " + model.toAbsolutePath().normalize());
            }
        }
        return 0;
    }
}
