/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeCallTest {

    private static final Path RUN = Path.of("my run");

    @Test
    void theCommandOfTheProcessIsShown() {
        ResumeCall call = new ResumeCall("nets.Net", List.of("-Xmx2g"), "lib/*:classes");
        assertEquals(
                "To go on after a stop: java -Xmx2g -cp 'lib/*:classes' nets.Net resume 'my run'",
                call.describe("nets.Net", RUN));
    }

    @Test
    void whereItCannotBeShownItIsSaidWhatToChange() {
        String expected =
                "To go on after a stop, start the program as now, with 'resume my run' in place of 'train' and its options";
        ResumeCall other = new ResumeCall("build.Tool", List.of(), "classes");
        assertEquals(expected, other.describe("nets.Net", RUN));
        ResumeCall pages = new ResumeCall("nets.Net", List.of(), "a.jar:".repeat(100));
        assertEquals(expected, pages.describe("nets.Net", RUN));
    }
}
