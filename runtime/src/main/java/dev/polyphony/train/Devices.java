/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of devices, and whether the engine has them. */
public final class Devices {

    private static final Pattern GPU = Pattern.compile("gpu(\\d{0,3})");

    private Devices() {}

    /**
     * Reads the name of a device, or of several.
     *
     * @param name {@code auto} for the engine's default, which is a GPU where it sees one; {@code
     *     cpu}; {@code gpu} for the first GPU; {@code gpu0}, {@code gpu1} and so on; several GPUs
     *     with commas between, {@code gpu0,gpu1}
     * @return the devices; none for {@code auto}
     * @throws IllegalArgumentException if it is no such name
     */
    public static List<Device> parse(String name) {
        String text = name.trim().toLowerCase(Locale.ROOT);
        if (text.equals("auto")) {
            return List.of();
        }
        List<Device> devices = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            devices.add(parseOne(part.trim(), name));
        }
        if (devices.stream().distinct().count() < devices.size()) {
            throw new IllegalArgumentException("'%s' names a device twice".formatted(name));
        }
        if (devices.size() > 1 && devices.contains(Device.cpu())) {
            throw new IllegalArgumentException(
                    "'%s' names the CPU and another device: a batch is divided among GPUs alone"
                            .formatted(name));
        }
        return List.copyOf(devices);
    }

    private static Device parseOne(String part, String name) {
        if (part.equals("cpu")) {
            return Device.cpu();
        }
        Matcher gpu = GPU.matcher(part);
        if (!gpu.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no device: use auto, cpu, gpu, gpu0, gpu1, ..., or several GPUs as gpu0,gpu1"
                            .formatted(name));
        }
        return Device.gpu(gpu.group(1).isEmpty() ? 0 : Integer.parseInt(gpu.group(1)));
    }

    /**
     * Requires that the engine has the devices.
     *
     * @param devices the devices
     * @throws IllegalArgumentException if it lacks one; says what to install
     */
    static void require(List<Device> devices) {
        boolean needsGpu = devices.stream().anyMatch(Device::isGpu);
        if (!needsGpu) {
            return;
        }
        Engine engine = Engine.getInstance();
        // counts the GPUs of the driver, with which a library for the CPU can do nothing
        boolean usable = engine.hasCapability("CUDA");
        require(devices, engine.getGpuCount(), usable, CudaUtils.hasCuda());
    }

    static void require(List<Device> devices, int gpus, boolean usable, boolean cuda) {
        for (Device device : devices) {
            if (device.isGpu() && (!usable || device.getDeviceId() >= gpus)) {
                throw new IllegalArgumentException(
                        "There is no %s%d: %s"
                                .formatted(
                                        "gpu", device.getDeviceId(), advice(gpus, usable, cuda)));
            }
        }
    }

    private static String advice(int gpus, boolean usable, boolean cuda) {
        if (!cuda) {
            return "DJL finds no CUDA runtime (libcudart), so the engine sees no GPU. Install the driver and CUDA 12, have libcudart on the library path, and leave pytorch-native-cpu out of the class path: DJL then downloads the CUDA build of PyTorch. Or use the device cpu";
        }
        if (gpus == 0) {
            return "CUDA is installed, but reports no GPU. Look at nvidia-smi and CUDA_VISIBLE_DEVICES, or use the device cpu";
        }
        if (!usable) {
            return "the machine has %d GPU(s), but the native library of PyTorch cannot use them: it is the one for the CPU, or its CUDA is newer than the driver. For the first, leave pytorch-native-cpu out of the class path: DJL then downloads the CUDA build at the first start (which ai.djl.offline must not forbid); for the second, update the driver (nvidia-smi shows the newest CUDA that it knows). Or use the device cpu"
                    .formatted(gpus);
        }
        return "the engine sees %s. Use %s, or look at CUDA_VISIBLE_DEVICES"
                .formatted(
                        gpus == 1 ? "one GPU, gpu0" : gpus + " GPUs, gpu0 to gpu" + (gpus - 1),
                        gpus == 1 ? "that" : "one of them");
    }
}
