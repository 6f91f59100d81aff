/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import ai.djl.engine.Engine;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * PyTorch's switch of oneDNN, its library of convolutions and recurrent layers on the CPU, which
 * DJL does not hand on. Linux only.
 */
public final class OneDnn {

    private static final String LIBRARY = "/libtorch_cpu.so";
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String ONE_DNN = "_ZN2at7Context20setUserEnabledMkldnnEb";
    private static final String IS_ENABLED = "_ZNK2at7Context17userEnabledMkldnnEv";
    private static final String NNPACK = "_ZN2at7Context20setUserEnabledNNPACKEb";

    private OneDnn() {}

    /**
     * Returns whether PyTorch may use oneDNN in this process.
     *
     * @return false if it was turned off; true where the switch cannot be reached
     */
    public static boolean isEnabled() {
        Engine.getInstance();
        try {
            NativeLibrary torch = NativeLibrary.getInstance(loaded());
            Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
            return (torch.getFunction(IS_ENABLED).invokeInt(new Object[] {context}) & 1) == 1;
        } catch (IOException | LinkageError e) {
            return true;
        }
    }

    /**
     * Turns oneDNN on or off for this process. Without it PyTorch uses kernels of its own: NNPACK,
     * which it would try next, goes with it, as it complains at each call on most processors.
     *
     * @param enabled whether PyTorch may use oneDNN
     * @throws IllegalStateException if the switch cannot be reached
     */
    public static void setEnabled(boolean enabled) {
        Engine.getInstance();
        try {
            NativeLibrary torch = NativeLibrary.getInstance(loaded());
            Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
            for (String library : new String[] {ONE_DNN, NNPACK}) {
                torch.getFunction(library).invokeVoid(new Object[] {context, enabled ? 1 : 0});
            }
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
