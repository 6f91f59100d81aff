/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.harness.ChildProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The program that trains one trial. It ends when the process that started it does, and holds the
 * lock of the trial's folder as long as it lives: of several attempts at a trial one works at a
 * time, and the next one goes on where it ended or finds its result.
 */
public final class TrialProcess {

    /** How the line begins that says what went wrong. */
    static final String ERROR = "Error: ";

    /** The exit code where not the trial is at fault, but what this machine has. */
    static final int UNFIT = 3;

    private TrialProcess() {}

    /**
     * Trains a trial and writes its result.
     *
     * @param args the folder of the search, and the key of the trial
     */
    public static void main(String[] args) {
        ChildProcess.endWithParent();
        int code = 0;
        try {
            run(new SearchFolder(Path.of(args[0])), args[1]);
        } catch (Exception | Error e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            System.err.println(ERROR + message.lines().findFirst().orElse(e.toString()));
            e.printStackTrace();
            code = e instanceof SearchException ? UNFIT : 1;
        }
        System.exit(code);
    }

    private static void run(SearchFolder search, String key) throws IOException {
        SearchFolder.TrialFolder folder = search.of(key);
        try (FileChannel channel =
                        FileChannel.open(
                                folder.getLock(),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && folder.findResult().isEmpty()) {
                Trial trial = Trial.parse(Files.readString(folder.getSpec()));
                SearchFolder.Identity identity = search.readIdentity();
                SearchProject project = newProject(identity, trial);
                SearchData data = project.readData();
                if (!data.getFingerprint().equals(identity.data())) {
                    throw new SearchException(
                            "The data on this machine are not those of the search: they are %s, and those are %s"
                                    .formatted(data.getFingerprint(), identity.data()));
                }
                new TrialTraining(trial, project, data, folder).run();
                System.out.println("done: " + trial);
            }
        }
    }

    /** The program that began the search has made the project and the harness of the trial. */
    private static SearchProject newProject(SearchFolder.Identity identity, Trial trial) {
        try {
            SearchProject project = Projects.of(identity.project());
            trial.newHarness(project);
            return project;
        } catch (IllegalArgumentException e) {
            throw new SearchException(e.getMessage(), e);
        }
    }
}
