/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine and the process hold. */
final class Resources {

    private static final Pattern COUNT = Pattern.compile("resource count: (\\d+)");
    private static final Path STATUS = Path.of("/proc/self/status");

    private Resources() {}

    /** Everything that the engine holds, in all managers. */
    static int count() {
        NDManager root = NDManager.newBaseManager();
        NDManager system = root.getParentManager();
        root.close();
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            ((BaseNDManager) system).debugDump(0);
        } finally {
            System.setOut(terminal);
        }
        Matcher matcher = COUNT.matcher(bytes.toString(StandardCharsets.UTF_8));
        int count = 0;
        while (matcher.find()) {
            count += Integer.parseInt(matcher.group(1));
        }
        return count;
    }

    /** The memory of the process in megabytes after a collection; 0 where it is not known. */
    static long megabytes() throws IOException {
        System.gc();
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }
}
