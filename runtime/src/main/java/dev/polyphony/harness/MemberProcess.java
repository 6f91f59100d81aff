/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program that trains one member. It ends when the process that started it does. */
final class MemberProcess {

    /** How the line begins that says what went wrong. */
    static final String ERROR = "Error: ";

    private MemberProcess() {}

    static Path job(Path folder) {
        return folder.resolve("job.bin");
    }

    static Path result(Path folder, int member) {
        return folder.resolve("member-" + member + ".bin");
    }

    static Path log(Path folder, int member) {
        return folder.resolve("member-" + member + ".log");
    }

    /**
     * Trains a member and writes it.
     *
     * @param args the folder of the job, the member, from 0, and the fingerprint of the job
     */
    public static void main(String[] args) {
        ChildProcess.endWithParent();
        int code = 0;
        try {
            run(Path.of(args[0]), Integer.parseInt(args[1]), args[2]);
        } catch (Exception | Error e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            System.err.println(ERROR + message.lines().findFirst().orElse(e.toString()));
            e.printStackTrace();
            code = 1;
        }
        System.exit(code);
    }

    private static void run(Path folder, int member, String fingerprint) throws IOException {
        byte[] bytes = Files.readAllBytes(job(folder));
        // objects are read only of the bytes that the parent has written, whoever may write there
        if (!MemberJob.fingerprint(bytes).equals(fingerprint)) {
            throw new IOException(
                    job(folder) + " is not the job that this process was started for");
        }
        MemberJob job = (MemberJob) ObjectFile.read(bytes);
        job.train(member, fingerprint, Progress.lines(System.out)).write(result(folder, member));
    }
}
