/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    @Test
    void readsNames() {
        assertEquals(List.of(), Devices.parse("auto"));
        assertEquals(List.of(Device.cpu()), Devices.parse("cpu"));
        assertEquals(List.of(Device.gpu(0)), Devices.parse("gpu"));
        assertEquals(List.of(Device.gpu(0)), Devices.parse(" GPU0 "));
        assertEquals(List.of(Device.gpu(12)), Devices.parse("gpu12"));
        assertEquals(List.of(Device.gpu(1), Device.gpu(0)), Devices.parse("gpu1, gpu0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cuda", "gpu-1", "gpux", "cpu0", "gpu0,", "auto,cpu", "0"})
    void refusesOtherNames(String name) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Devices.parse(name));
        assertEquals(
                "'%s' is no device: use auto, cpu, gpu, gpu0, gpu1, ..., or several GPUs as gpu0,gpu1"
                        .formatted(name),
                refused.getMessage());
    }

    @Test
    void refusesDevicesTwiceAndTheCpuBesides() {
        assertThrows(IllegalArgumentException.class, () -> Devices.parse("gpu0,gpu"));
        assertThrows(IllegalArgumentException.class, () -> Devices.parse("cpu,gpu0"));
        Training.Builder twice =
                Training.builder().optDevices(Device.gpu(1), Device.gpu(0), Device.gpu(1));
        assertThrows(IllegalArgumentException.class, twice::build);
        Training.Builder mixed = Training.builder().optDevices(Device.gpu(1), Device.cpu());
        assertThrows(IllegalArgumentException.class, mixed::build);
    }

    @Test
    void theFirstDeviceHasTheModel() {
        Training two = Training.builder().optDevice("gpu1,gpu0").build();
        assertEquals(Device.gpu(1), two.getDevice());
        assertEquals(2, two.getDevices().length);
        Training cpu = Training.builder().optDevice(Device.cpu()).build();
        assertEquals(Device.cpu(), cpu.getDevice());
        Training standard = Training.builder().optDevice("cpu").optDevice("auto").build();
        assertEquals(Engine.getInstance().defaultDevice(), standard.getDevice());
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, false, There is no gpu1: DJL finds no CUDA runtime (libcudart)",
        "0, true, true, There is no gpu1: CUDA is installed but reports no GPU",
        "2, false, true, There is no gpu1: the machine has 2 GPU(s) but the native library",
        "1, true, true, There is no gpu1: the engine sees one GPU gpu0. Use that",
    })
    void saysWhatIsMissing(int gpus, boolean usable, boolean cuda, String words) {
        List<Device> wanted = List.of(Device.gpu(1));
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Devices.require(wanted, gpus, usable, cuda));
        String message = refused.getMessage().replace(",", "");
        assertTrue(message.startsWith(words), message);
        assertTrue(gpus == 1 || message.endsWith("use the device cpu"), message);
    }

    @Test
    void takesWhatIsThere() {
        assertDoesNotThrow(() -> Devices.require(List.of(Device.cpu())));
        assertDoesNotThrow(() -> Devices.require(List.of()));
        assertDoesNotThrow(() -> Devices.require(List.of(Device.gpu(1)), 2, true, true));
    }

    @Test
    void aMachineWithoutAGpuSaysSoBeforeTraining() {
        Assumptions.assumeTrue(Engine.getInstance().getGpuCount() == 0, "there is a GPU");
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Devices.require(List.of(Device.gpu(0))));
        assertTrue(refused.getMessage().startsWith("There is no gpu0: "), refused::getMessage);
    }
}
