/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The terminal that a program runs in, if there is one. */
final class Terminal {

    private static final int COLUMNS = 80;
    private static final long PATIENCE = 500;
    private static final Path ERROR_STREAM = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether standard error is shown by a terminal that moves its cursor. */
    static boolean hasErrorStream() {
        String type = System.getenv("TERM");
        return type != null && !"dumb".equals(type) && isTerminal();
    }

    private static boolean isTerminal() {
        if (Files.exists(ERROR_STREAM)) {
            try {
                return isTerminal(ERROR_STREAM.toRealPath());
            } catch (IOException e) {
                return false; // a pipe, which has no path
            }
        }
        return hasConsole();
    }

    static boolean isTerminal(Path device) {
        return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
    }

    /** From Java 22 on, there is a console also where input and output are files. */
    private static boolean hasConsole() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** The width of the terminal; 80 if it does not tell. */
    static int getColumns() {
        try {
            Process process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String size =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(PATIENCE, TimeUnit.MILLISECONDS) && process.exitValue() == 0) {
                return columns(size);
            }
        } catch (IOException e) {
            // no such program, or no such device
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return COLUMNS;
    }

    /** Reads {@code 24 80}; a terminal that does not know its size says 0. */
    static int columns(String size) {
        String[] parts = size.strip().split(" ");
        if (parts.length != 2 || !parts[1].matches("\\d{1,5}")) {
            return COLUMNS;
        }
        int columns = Integer.parseInt(parts[1]);
        return columns > 0 ? columns : COLUMNS;
    }
}
