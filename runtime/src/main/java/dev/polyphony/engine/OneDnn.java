/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** PyTorch's switch of oneDNN, which DJL does not hand on. Linux only. */
final class OneDnn {

    private static final String LIBRARY = "/libtorch_cpu.so";
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String SWITCH = "_ZN2at7Context20setUserEnabledMkldnnEb";

    private OneDnn() {}

    /**
     * Turns oneDNN on or off for this process.
     *
     * @param enabled whether PyTorch may use oneDNN
     * @throws IllegalStateException if the switch cannot be reached
     */
    static void setEnabled(boolean enabled) {
        try {
            NativeLibrary torch = NativeLibrary.getInstance(loaded());
            Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
            torch.getFunction(SWITCH).invokeVoid(new Object[] {context, enabled ? 1 : 0});
        } catch (IOException | LinkageError e) {
            throw new IllegalStateException("oneDNN cannot be turned off from Java", e);
        }
    }

    /** The library that the engine has loaded, so that it is not loaded again. */
    private static String loaded() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.endsWith(LIBRARY))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst()
                    .orElseThrow(() -> new IOException(LIBRARY + " is not loaded"));
        }
    }
}
